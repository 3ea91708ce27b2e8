/**
 * The gradients (notebook 03): through CTC and both directions of the LSTM, against differences.
 *
 * Source: the write-up timit-blstm-ctc, "Numerical gradient check"; Graves et al. 2006, eq. 16.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./published.ts";
export * from "./results.ts";
export * from "./second_opinion.ts";
export * from "./spoilt.ts";
export * from "./tiny_gradcheck.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "03_gradients",
  sweeps: {},
  results,
  claims,
  figures,
};
