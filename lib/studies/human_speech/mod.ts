/**
 * Human speech (notebook 33): digits by speakers that training never heard, and words of recordings
 * aligned by a model that only ever heard a synthesiser.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { aligner, digits } from "./sweep.ts";

export * from "./sweep.ts";

/** The study, as tasks find it. */
export const study: Study<void> = {
  notebook: "33_human_speech",
  sweeps: { "aligner": aligner, "digits": digits },
  results: () => Promise.resolve(),
  claims: () => [],
  figures: {},
};
