/**
 * The part of `jsr:@std/cli` this project uses, for machines without JSR: {@linkcode parseArgs}.
 * Delete `links` in deno.json and run `deno install --frozen=false` to run on the original.
 *
 * @module
 */
export * from "./parse_args.ts";
