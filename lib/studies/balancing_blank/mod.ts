/**
 * Balancing blank (notebook 17): normalised gradients and a separated blank, against the weight of
 * blank in training.
 *
 * Source: the alignment paper, sections 3 and 4, Tables 3, 4 and 15, Fig. 2.
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

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "17_balancing_blank",
  sweeps: { "blank-balance": sweep },
  results,
  claims,
  figures,
};
