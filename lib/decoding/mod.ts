export * from "./collapse.ts";
export * from "./greedy.ts";
