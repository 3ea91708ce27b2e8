/**
 * What the weights of a trained BLSTM look like (notebook 06).
 *
 * Source: the write-up timit-blstm-ctc, "viz/weight_matrices.png".
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./results.ts";

/** The study, as tasks find it. Its trainings are those of `deno task reproduce`. */
export const study: Study<Results> = {
  notebook: "06_weights",
  sweeps: {},
  results,
  claims,
  figures,
};
