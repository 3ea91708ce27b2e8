/**
 * Gradients on speech (notebook 32): words placed by how their labels' probabilities depend on the
 * frames, against forced alignment, where labels are letters, phones or words.
 *
 * Source: the alignment paper, sections 5 and 7.4, Tables 4 and 5; appendix A.7, Table 16.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./published.ts";
export * from "./results.ts";
export * from "./tables.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "32_gradients_on_speech",
  sweeps: {},
  results,
  claims,
  figures,
};
