/**
 * Decoding (notebook 08): whether a beam of prefixes errs less than the best path, what a language
 * model adds, and what width costs.
 *
 * Source: the write-up timit-blstm-ctc, "Open questions"; the concept page on CTC, "Decoding".
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";
import { sweep } from "./sweep.ts";

export * from "./claims.ts";
export * from "./decoding_set.ts";
export * from "./figures.ts";
export * from "./fusion.ts";
export * from "./results.ts";
export * from "./sweep.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "08_decoding",
  sweeps: { decoding: sweep },
  results,
  claims,
  figures,
};
