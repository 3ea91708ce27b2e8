/**
 * Where words begin (notebook 30): CTC against HMMs on speech, in milliseconds.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { sweep } from "./sweep.ts";

export * from "./sweep.ts";

/** The study, as tasks find it. */
export const study: Study<void> = {
  notebook: "30_where_words_begin",
  sweeps: { "where-words-begin": sweep },
  results: () => Promise.resolve(),
  claims: () => [],
  figures: {},
};
