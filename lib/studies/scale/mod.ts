/**
 * Scale (notebook 10): whether the gap between BLSTM and LSTM widens as the task grows.
 *
 * Source: the write-up timit-blstm-ctc, "Open questions".
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
export * from "./results.ts";
export * from "./sweep.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "10_scale",
  sweeps: { scale: sweep },
  results,
  claims,
  figures,
};
