/**
 * The write-up's headline (notebook 04): how soon BLSTM and LSTM learn with CTC.
 *
 * Source: the write-up timit-blstm-ctc, "Results".
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
export * from "./tables.ts";
export { writeUpExperiment } from "../../experiments/write_up.ts";

/** The study, as tasks find it. Its trainings are those of `deno task reproduce`. */
export const study: Study<Results> = {
  notebook: "04_blstm_against_lstm",
  sweeps: { "write-up": sweep },
  results,
  claims,
  figures,
};
