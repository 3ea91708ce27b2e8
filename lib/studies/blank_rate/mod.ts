/**
 * The blank rate (notebook 09): how much of what a CTC model answers is blank, and what that says.
 *
 * Source: the write-up timit-blstm-ctc, "Open questions"; the concept page on CTC, "Common
 * confusions".
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
  notebook: "09_blank_rate",
  sweeps: { "blank-rate": sweep },
  results,
  claims,
  figures,
};
