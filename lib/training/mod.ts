export * from "./adam.ts";
export * from "./clip.ts";
export * from "./experiment.ts";
export * from "./build_model.ts";
export * from "./criterion.ts";
export * from "./alignment_metrics.ts";
export * from "./frame_metrics.ts";
export * from "./training.ts";
