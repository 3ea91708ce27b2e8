/**
 * Where words begin (notebook 30): CTC against HMMs on speech, in milliseconds.
 *
 * Source: the alignment paper, section 7.1.2, Tables 2 and 7 to 9, and appendix A.6, Table 14.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";
import { sweep } from "./sweep.ts";

export { setting } from "../alignment_settings/mod.ts";
export * from "./claims.ts";
export * from "./figures.ts";
export * from "./published.ts";
export * from "./results.ts";
export * from "./rounding.ts";
export * from "./sweep.ts";
export * from "./tables.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "30_where_words_begin",
  sweeps: { "where-words-begin": sweep },
  results,
  claims,
  figures,
};
