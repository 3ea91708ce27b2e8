/**
 * Frame by frame (notebook 07): ten networks of one size name the phone of every frame.
 *
 * Source: Graves & Schmidhuber 2005, section 5.
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

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "07_framewise",
  sweeps: { framewise: sweep },
  results,
  claims,
  figures,
};
