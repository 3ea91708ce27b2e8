/**
 * Perfect initialisation (notebook 16): whether training stays at a model that aligns perfectly, with
 * plain and with normalised gradients.
 *
 * Source: the alignment paper, sections 3 and 6.1, eqs. 10, 11, 27 and 28, appendix A.5.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./experiment.ts";
export * from "./figures.ts";
export * from "./gradient.ts";
export * from "./results.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "16_perfect_initialisation",
  sweeps: {},
  results,
  claims,
  figures,
};
