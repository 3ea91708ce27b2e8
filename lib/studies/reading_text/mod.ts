/**
 * Reading text (notebook 27): a small Deep-Speech-style network reads letters from unsegmented frames,
 * and a lexicon with a model of words repairs what it misspells.
 *
 * Source: the teaching notebook on CTC; the concept page on CTC.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";
import { sweep } from "./sweep.ts";

export * from "./by_letter.ts";
export * from "./claims.ts";
export * from "./figures.ts";
export * from "./published.ts";
export * from "./results.ts";
export * from "./sweep.ts";
export * from "./titles.ts";
export * from "./words.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "27_reading_text",
  sweeps: { "reading-text": sweep },
  results,
  claims,
  figures,
};
