export type { AttentionOptions } from "./attend.ts";
export * from "./system.ts";
