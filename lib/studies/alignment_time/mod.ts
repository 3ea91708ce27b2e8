/**
 * Blank shift and prior at alignment time (notebook 18): what forced alignment with a CTC model gains
 * from them, without training anything anew.
 *
 * Source: the alignment paper, appendix A.6, Table 14.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./comparison.ts";
export * from "./figures.ts";
export * from "./published.ts";
export * from "./results.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "18_alignment_time",
  sweeps: {},
  results,
  claims,
  figures,
};
