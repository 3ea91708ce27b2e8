/**
 * Priors (notebook 13): what a full-sum training divides posteriors by, and when it must.
 *
 * Source: the alignment paper, section 7.1.1 and appendix A.5, Tables 10 and 13.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";
import { sweeps } from "./sweep.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./results.ts";
export * from "./start.ts";
export * from "./sweep.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "13_priors",
  sweeps,
  results,
  claims,
  figures,
};
