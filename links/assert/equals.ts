import defer * as node from "node:assert";
import defer * as util from "node:util";
import { raise } from "./assertion_error.ts";
import { equal, firstDifference } from "./equal.ts";

/** Lines of `inspect` beyond which the full difference is left out: long diffs cost quadratic time. */
const LONGEST_DIFF = 200;

/**
 * Throws unless the two values are deeply equal, as {@linkcode equal} sees it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(new Float64Array([1, NaN]), new Float64Array([1, NaN]));
 * ```
 */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  const path = firstDifference(actual, expected);
  if (!path) return;
  const where = path.map((key) => `[${typeof key === "string" ? `"${key}"` : String(key)}]`);
  const place = path.length
    ? `first difference at ${where.join("")}: ${util.inspect(at(actual, path))}, expected ${
      util.inspect(at(expected, path))
    }\n`
    : "";
  raise(`${place}${difference(actual, expected, "deepStrictEqual")}`, msg);
}

/** Throws when the two values are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) raise(`both values are ${util.inspect(actual)}`, msg);
}

/** Throws unless `Object.is(actual, expected)`: NaN is NaN, 0 is not -0, objects by reference. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (!Object.is(actual, expected)) raise(difference(actual, expected, "strictEqual"), msg);
}

/**
 * Throws unless `|expected − actual| ≤ tolerance`, or both are the same NaN or infinity.
 *
 * @param tolerance Absolute; defaults to 1e-7 · |expected|, so with `expected` 0 say it.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * assertAlmostEquals(0.1 + 0.2, 0.3);
 * assertAlmostEquals(1e-12, 0, 1e-9);
 * ```
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance: number = Number.isFinite(expected) ? Math.abs(expected) * 1e-7 : 1e-7,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const delta = Math.abs(expected - actual);
  if (delta <= tolerance) return;
  raise(`${actual} is ${delta} away from ${expected}, more than ${tolerance}`, msg);
}

/** Throws unless every item of `expected` is, deeply equal, among those of `actual`. */
export function assertArrayIncludes<T>(
  actual: ArrayLike<T> & object,
  expected: ArrayLike<T> & object,
  msg?: string,
): void {
  const items = Array.from(actual);
  const missing = Array.from(expected).filter((item) => !items.some((other) => equal(item, other)));
  if (missing.length) raise(`${util.inspect(actual)} lacks ${util.inspect(missing)}`, msg);
}

function difference(actual: unknown, expected: unknown, operator: string): string {
  const [a, b] = [util.inspect(actual), util.inspect(expected)];
  const long = Math.max(a.split("\n").length, b.split("\n").length) > LONGEST_DIFF;
  const cut = /more items?\b/.test(a + b);
  if (long || cut) return `actual: ${a}\nexpected: ${b}`;
  return new node.AssertionError({ actual, expected, operator }).message;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((v, key) => {
    return v instanceof Map ? v.get(key) : (v as Record<PropertyKey, unknown> | undefined)?.[key];
  }, value);
}
