export * from "./adam.ts";
export * from "./clip.ts";
export * from "./experiment.ts";
export * from "./training.ts";
