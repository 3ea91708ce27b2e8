import defer * as util from "node:util";
import { raise } from "./assertion_error.ts";

// deno-lint-ignore no-explicit-any -- any constructor will do
type ErrorConstructor<E extends Error> = abstract new (...args: any[]) => E;

/**
 * Throws unless `fn` throws, and returns what it threw.
 *
 * @param msgIncludes Looked for in the error's message; needs the error class before it.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * assertThrows(() => new Array(-1), RangeError, "length");
 * ```
 */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** The same, for an error of one class whose message includes `msgIncludes`. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorConstructor<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  classOrMsg?: ErrorConstructor<Error> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const wanted = expectation(classOrMsg, msgIncludes, msg);
  let value: unknown;
  try {
    value = fn();
  } catch (error) {
    return check(error, wanted);
  }
  raise(`the function should have thrown, but returned ${util.inspect(value)}`, wanted.msg);
}

/**
 * Fails unless the promise that `fn` returns rejects, and resolves to what it rejected with.
 *
 * A function that throws before it returns a promise, or returns none, fails as well.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * await assertRejects(() => Promise.reject(new TypeError("no corpus")), TypeError, "corpus");
 * ```
 */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** The same, for an error of one class whose message includes `msgIncludes`. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorConstructor<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  classOrMsg?: ErrorConstructor<Error> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  const wanted = expectation(classOrMsg, msgIncludes, msg);
  let promise: PromiseLike<unknown>;
  try {
    promise = fn();
  } catch (error) {
    raise(`the function threw ${util.inspect(error)} before it returned a promise`, wanted.msg);
  }
  if (typeof promise?.then !== "function") {
    raise(`the function returned ${util.inspect(promise)}, not a promise`, wanted.msg);
  }
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return check(error, wanted);
  }
  raise(`the promise should have rejected, but resolved to ${util.inspect(value)}`, wanted.msg);
}

interface Expectation {
  ErrorClass?: ErrorConstructor<Error>;
  includes?: string;
  msg?: string;
}

function expectation(
  classOrMsg: ErrorConstructor<Error> | string | undefined,
  includes: string | undefined,
  msg: string | undefined,
): Expectation {
  return typeof classOrMsg === "string"
    ? { msg: classOrMsg }
    : { ErrorClass: classOrMsg, includes, msg };
}

/** Returns `error` when it is the one expected. Without a class, anything thrown will do. */
function check(error: unknown, { ErrorClass, includes, msg }: Expectation): unknown {
  if (!ErrorClass) return error;
  if (!(error instanceof ErrorClass)) {
    raise(`expected ${ErrorClass.name}, got ${util.inspect(error)}`, msg);
  }
  if (includes && !plain(error.message).includes(plain(includes))) {
    raise(
      `${util.inspect(includes)} is not in the error's message ${util.inspect(error.message)}`,
      msg,
    );
  }
  return error;
}

const plain = (text: string) => util.stripVTControlCharacters(text);
