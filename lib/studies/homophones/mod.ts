/**
 * What CTC cannot know (notebook 23): texts whose spelling the sound does not show, read by CTC with
 * and without a language model, by a transducer and by attention.
 *
 * Source: the concept page on CTC; the text on Seq2Seq models.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";
import { sweep } from "./sweep.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./floors.ts";
export * from "./published.ts";
export * from "./results.ts";
export * from "./sweep.ts";
export * from "./titles.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "23_what_ctc_cannot_know",
  sweeps: { homophones: sweep },
  results,
  claims,
  figures,
};
