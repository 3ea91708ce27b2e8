/**
 * Gated units (notebook 21): whether GRU learns as soon as LSTM, and both sooner than tanh units.
 *
 * Source: Chung et al. 2014, "Empirical evaluation of gated recurrent neural networks on sequence
 * modeling".
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
  notebook: "21_gated_units",
  sweeps: { "gated-units": sweep },
  results,
  claims,
  figures,
};
