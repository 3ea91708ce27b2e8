/**
 * Scales and topology (notebook 14): what the scales α, β and γ of posterior, prior and transitions
 * do in noise, and HMM against CTC.
 *
 * Source: the alignment paper, section 7.1.1 and appendix A.5, Tables 1, 11 and 12.
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
export * from "./floor.ts";
export * from "./results.ts";
export * from "./sweep.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "14_scales_and_topology",
  sweeps,
  results,
  claims,
  figures,
};
