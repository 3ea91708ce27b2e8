/**
 * Kernels (notebook 20): how long a training step takes, beside its peers and the processor's ceiling.
 *
 * Source: the bars of this project; `results/bench.json`, which `deno task bench` writes.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./bars.ts";
export * from "./claims.ts";
export * from "./figures.ts";
export * from "./results.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "20_kernels",
  sweeps: {},
  results,
  claims,
  figures,
};
