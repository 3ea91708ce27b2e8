export * from "./phonemes.ts";
