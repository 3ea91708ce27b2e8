import type { SpeechFeatureOptions } from "../audio/mod.ts";
import type { AugmentOptions, CorpusOptions } from "../corpora/mod.ts";
import type { Experiment, LayersOptions } from "../training/mod.ts";

/** Factors of the mel axis that make one voice several. */
const melWarps = [0.88, 0.94, 1, 1.06, 1.12] as const;

/**
 * Voices with the mel axis warped and a quarter of the sentences in noise, as the studies on speech
 * train on them.
 *
 * @param stack Frames of 10 ms in a frame of the model: with two it recognises phones best, with four
 * it places words best.
 */
export function variedVoices(stack: number): Extract<CorpusOptions, { kind: "voices" }> {
  return { kind: "voices", stack, warps: melWarps, noise: { snr: [10, 40], share: 0.25 } };
}

/** What else is spoken, with the mel axis warped and in noise throughout; stacked likewise. */
export function variedSpeech(
  stack: number,
): { readonly features: SpeechFeatureOptions; readonly augment: AugmentOptions } {
  return { features: { stack }, augment: { warps: melWarps, snr: [5, 30] } };
}

/** What moves the weights in every training on speech: Adam, up to the peak and down again. */
export const speechOptimizer = {
  lr: 0.007,
  clip: 1,
  schedule: { kind: "one-cycle" },
} as const satisfies Experiment["optimizer"];

/**
 * A layer of LSTM cells between dropout, and the output: dropout is what carries over to voices that
 * training never heard.
 *
 * @param reader Whether it runs both ways, or forwards only.
 * @param hidden Cells H per direction.
 */
export function speechNetwork(reader: "blstm" | "lstm", hidden: number): LayersOptions {
  const lstm = { kind: "lstm", hidden } as const;
  return {
    kind: "layers",
    layers: [
      { kind: "dropout", rate: 0.2 },
      reader === "blstm" ? { kind: "bidirectional", of: lstm } : lstm,
      { kind: "dropout", rate: 0.4 },
      { kind: "linear" },
    ],
  };
}
