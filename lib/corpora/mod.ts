export type * from "./corpus.ts";
export * from "./phonemes.ts";
