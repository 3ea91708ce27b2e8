export { type Corpus, type LabelledBatch, largestMemory } from "./corpus.ts";
export * from "./phonemes.ts";
export * from "./phones.ts";
export * from "./word_posterior.ts";
export * from "./words.ts";
export * from "./markov_chain.ts";
