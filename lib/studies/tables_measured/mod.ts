/**
 * What Tables 1, 11 and 12 measured (notebook 22): noise of a frame or of a sequence, as many steps as
 * the label errors need, and cross entropy, time stamp error and silence by all that could be meant.
 *
 * Source: the alignment paper, sections 6.1 and 7.1.1, appendix A.4.2 and A.5.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";
import { sweep } from "./sweep.ts";

export * from "./claims.ts";
export * from "./comparison.ts";
export * from "./figures.ts";
export * from "./least_errors.ts";
export * from "./results.ts";
export * from "./sweep.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "22_what_the_tables_measured",
  sweeps: { "tables-measured": sweep },
  results,
  claims,
  figures,
};
