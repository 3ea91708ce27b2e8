export * from "./adam.ts";
export * from "./clip.ts";
export * from "./experiment.ts";
export * from "./criterion.ts";
export * from "./alignment_metrics.ts";
export * from "./training.ts";
