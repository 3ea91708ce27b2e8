/**
 * Exposure bias (notebook 25): what teacher forcing leaves to be learned, and scheduled sampling.
 *
 * Source: the text on Seq2Seq models.
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
export * from "./forced.ts";
export * from "./published.ts";
export * from "./results.ts";
export * from "./sweep.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "25_exposure_bias",
  sweeps: { "exposure-bias": sweep },
  results,
  claims,
  figures,
};
