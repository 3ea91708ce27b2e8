/**
 * Data movement (notebook 12): which parts of a training step move most, and whether CTC can move less.
 *
 * Source: the write-up timit-blstm-ctc, "Open questions"; Ding & Smith 2022 for the measure.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./ctc_costs.ts";
export * from "./figures.ts";
export * from "./results.ts";
export * from "./small_programs.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "12_data_movement",
  sweeps: {},
  results,
  claims,
  figures,
};
