export * from "./alignment.ts";
export * from "./alignments.ts";
export * from "./frames.ts";
export * from "./blanks.ts";
export * from "./timing.ts";
export * from "./errors.ts";
export * from "./measures.ts";
export type * from "./value_kinds.ts";
export type * from "./measure.ts";
