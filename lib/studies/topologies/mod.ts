/**
 * CTC and HMM are one full sum (notebook 15): their automata, and who gets the sum.
 *
 * Source: the alignment paper, section 2, eqs. 5, 6 and 9, Figs. 3 and 4; section 5.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./results.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "15_topologies",
  sweeps: {},
  results,
  claims,
  figures,
};
