/**
 * All systems on one table (notebook 34): CTC, a transducer, attention and a hybrid on the same data
 * and encoders: errors, costs, waits and alignments.
 *
 * Source: the alignment paper, section 7.4, Table 6, and appendix A.7, eq. 50 and Table 17.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";
import { sweep } from "./sweep.ts";

export * from "./alignments.ts";
export * from "./claims.ts";
export * from "./figures.ts";
export * from "./multiply_adds.ts";
export * from "./published.ts";
export * from "./results.ts";
export * from "./sweep.ts";
export * from "./titles.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "34_all_systems",
  sweeps: { systems: sweep },
  results,
  claims,
  figures,
};
