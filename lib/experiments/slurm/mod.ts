export * from "./script.ts";
export * from "./states.ts";
