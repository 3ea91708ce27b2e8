export type { AttentionOptions } from "./attend.ts";
export type { AttentionSystemOptions } from "./options.ts";
export * from "./system.ts";
