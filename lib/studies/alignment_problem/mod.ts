/**
 * The alignment problem (notebook 02): the paths that mean a text, and the sum over them.
 *
 * Source: Graves et al. 2006, sections 3.1 and 4.1; the concept page on CTC.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./enumeration.ts";
export * from "./figures.ts";
export * from "./published.ts";
export * from "./results.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "02_alignment_problem",
  sweeps: {},
  results,
  claims,
  figures,
};
