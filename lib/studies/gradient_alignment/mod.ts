/**
 * Alignments from gradients (notebook 19): where a label is, told by which frames its probability
 * depends on.
 *
 * Source: the alignment paper, section 5, eqs. 22 to 25 and 43 to 49, Tables 5 and 16.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./aligners.ts";
export * from "./claims.ts";
export * from "./figures.ts";
export * from "./models.ts";
export * from "./published.ts";
export * from "./results.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "19_gradient_alignment",
  sweeps: {},
  results,
  claims,
  figures,
};
