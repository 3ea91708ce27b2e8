/**
 * A Conformer against a BLSTM (notebook 35): of as many weights, in as many steps and in as much time.
 *
 * Source: Gulati et al. 2020.
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
export * from "./titles.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "35_conformer",
  sweeps: { "conformer-blstm": sweep },
  results,
  claims,
  figures,
};
