/**
 * The phoneme corpus (notebook 01): what the start and the end of a phone tell about it.
 *
 * Source: the write-up timit-blstm-ctc, "Synthetic phoneme corpus".
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./listeners.ts";
export * from "./published.ts";
export * from "./results.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "01_corpus",
  sweeps: {},
  results,
  claims,
  figures,
};
