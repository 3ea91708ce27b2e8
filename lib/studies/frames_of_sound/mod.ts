/**
 * From sound to frames (notebook 28): what a model of speech hears, and how much of it fits in a frame.
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

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "28_from_sound_to_frames",
  sweeps: {},
  results,
  claims,
  figures,
};
