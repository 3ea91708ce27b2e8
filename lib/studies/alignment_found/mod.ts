/**
 * The alignment that training finds (notebook 05): where a CTC model puts its labels.
 *
 * Source: the write-up timit-blstm-ctc, "Visualizations" and "Open questions".
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./gif.ts";
export * from "./held_out.ts";
export * from "./results.ts";

/** The study, as tasks find it. Its trainings are those of `deno task reproduce`. */
export const study: Study<Results> = {
  notebook: "05_alignment_found",
  sweeps: {},
  results,
  claims,
  figures,
};
