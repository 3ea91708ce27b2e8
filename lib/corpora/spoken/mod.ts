export * from "./utterance.ts";
export * from "./transcribe.ts";
export * from "./augment.ts";
export * from "./utterance_source.ts";
export * from "./report.ts";
export type { ReadFile } from "./folder.ts";
