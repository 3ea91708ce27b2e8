import defer * as util from "node:util";
import { AssertionError, raise } from "./assertion_error.ts";

/** What {@linkcode assertFalse} lets through. */
export type Falsy = false | 0 | 0n | "" | null | undefined;

/** Throws unless `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Throws when `expr` is truthy. */
export function assertFalse(expr: unknown, msg = ""): asserts expr is Falsy {
  if (expr) throw new AssertionError(msg);
}

/** Throws when `actual` is null or undefined. */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  if (actual === null || actual === undefined) raise(`a value was expected, got ${actual}`, msg);
}

/** Throws unless `actual instanceof expectedType`. */
// deno-lint-ignore no-explicit-any -- any constructor will do
export function assertInstanceOf<T extends abstract new (...args: any[]) => any>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceType<T> {
  if (actual instanceof expectedType) return;
  raise(`${util.inspect(actual)} is not an instance of ${expectedType.name}`, msg);
}

/** Throws unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (!actual.includes(expected)) {
    raise(`${util.inspect(expected)} is not in ${util.inspect(actual)}`, msg);
  }
}

/** Throws unless `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (!expected.test(actual)) raise(`${util.inspect(actual)} does not match ${expected}`, msg);
}

/** Throws unless `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual > expected)) {
    raise(`${util.inspect(actual)} is not > ${util.inspect(expected)}`, msg);
  }
}

/** Throws unless `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual >= expected)) {
    raise(`${util.inspect(actual)} is not >= ${util.inspect(expected)}`, msg);
  }
}

/** Throws unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual < expected)) {
    raise(`${util.inspect(actual)} is not < ${util.inspect(expected)}`, msg);
  }
}

/** Throws unless `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual <= expected)) {
    raise(`${util.inspect(actual)} is not <= ${util.inspect(expected)}`, msg);
  }
}

/** Throws, always. */
export function fail(msg?: string): never {
  raise("the test says that it failed", msg);
}

/** Throws, always: marks a place the program cannot come to. */
export function unreachable(msg?: string): never {
  raise("a place that cannot be reached was reached", msg);
}
