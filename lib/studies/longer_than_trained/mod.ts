/**
 * Longer than trained (notebook 26): attention, CTC and a transducer on sequences of up to eight times
 * the length they were trained on, and how long each of them waits.
 *
 * Source: the concept page on CTC.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./latency.ts";
export * from "./listening.ts";
export * from "./published.ts";
export * from "./results.ts";

/** The study, as tasks find it; its models are those of notebook 24. */
export const study: Study<Results> = {
  notebook: "26_longer_than_trained",
  sweeps: {},
  results,
  claims,
  figures,
};
