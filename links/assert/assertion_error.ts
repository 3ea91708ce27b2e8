/**
 * The error every failed assertion throws.
 *
 * Not `node:assert`'s class: its constructor takes an options object, the one of `@std/assert` a message.
 *
 * @example
 * ```ts
 * import { AssertionError } from "@std/assert";
 * const error = new AssertionError("PER is 0.4, expected at most 0.05");
 * console.log(error.name); // "AssertionError"
 * ```
 */
export class AssertionError extends Error {
  /** An error with `message`; `options.cause` as for any `Error`. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** Throws an `AssertionError`: `reason`, and the caller's own message in front of it where there is one. */
export function raise(reason: string, msg?: string): never {
  throw new AssertionError(msg ? `${msg}: ${reason}` : reason);
}
