export {
  type Corpus,
  type LabelledBatch,
  largestMemory,
  type ReferenceBatch,
  type Source,
} from "./corpus.ts";
export * from "./data_set.ts";
export * from "./open_data_set.ts";
export * from "./phonemes.ts";
export * from "./phones.ts";
export * from "./word_posterior.ts";
export * from "./words.ts";
export * from "./homophones.ts";
export * from "./letters.ts";
export * from "./markov_chain.ts";
export * from "./byte_pairs.ts";
export {
  type CompleteVoicesOptions,
  completeVoicesOptions,
  type LabelUnit,
  type VoiceFeatures,
  type VoiceNoise,
  voicesFields,
  type VoicesOptions,
} from "./voices/options.ts";
export type { Voice } from "./flite/voice.ts";
export * from "./spoken/mod.ts";
export * from "./timit.ts";
export * from "./digits.ts";
export * from "./recordings.ts";
