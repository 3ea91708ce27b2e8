/**
 * One fixed vector is a bottleneck (notebook 24): decoders with and without attention, by length.
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
export * from "./published.ts";
export * from "./results.ts";
export * from "./sweep.ts";
export * from "./titles.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "24_fixed_vector",
  sweeps: { lengths: sweep },
  results,
  claims,
  figures,
};
