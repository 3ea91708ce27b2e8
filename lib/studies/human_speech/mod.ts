/**
 * Human speech (notebook 33): digits by speakers that training never heard, and words of recordings
 * aligned by a model that only ever heard a synthesiser.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";
import { aligner, digits } from "./sweep.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./published.ts";
export * from "./results.ts";
export * from "./spoken.ts";
export * from "./sweep.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "33_human_speech",
  sweeps: { "aligner": aligner, "digits": digits },
  results,
  claims,
  figures,
};
