/**
 * The assertions this project uses, under the names of `jsr:@std/assert`, for machines without JSR.
 *
 * Same signatures, same verdicts, same error class; the wording of messages is our own. Delete
 * `links` in deno.json to run on the originals.
 *
 * @module
 */
export { AssertionError } from "./assertion_error.ts";
export { equal } from "./equal.ts";
export * from "./equals.ts";
export * from "./values.ts";
export * from "./throws.ts";
