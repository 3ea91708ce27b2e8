import type { Voice } from "../../corpora/flite/voice.ts";
import { variedVoices } from "../../experiments/mod.ts";
import {
  type AlignmentOptions,
  type EvaluationGrid,
  type Experiment,
  type MeasureOptions,
  streams,
} from "../../training/mod.ts";

/** The voices of the corpus, in the order in which figures and tables have them. */
export const allVoices = ["awb", "rms", "kal16", "slt"] as const satisfies readonly Voice[];

/** One of {@linkcode allVoices}. */
export type VoiceName = typeof allVoices[number];

/** What a reader is told of a voice. */
export const describedVoices = {
  awb: "Scottish, male",
  rms: "US, male",
  kal16: "US, male, diphones",
  slt: "US, female",
} as const satisfies Record<VoiceName, string>;

/**
 * Voices with the mel axis warped and noise added, as they are trained on: three of them, and one
 * that training never hears.
 *
 * @param unseen The voice of "test".
 * @param stack Frames of 10 ms in a frame of the model.
 */
export function voicesWithout(
  unseen: VoiceName,
  stack: number,
): Extract<Experiment["corpus"], { kind: "voices" }> {
  return {
    ...variedVoices(stack),
    train: allVoices.filter((voice) => voice !== unseen),
    test: [unseen],
  };
}

/**
 * The alignments that every model of speech is asked for: Table 14's grid, each blank shift with and
 * without the prior, and the prior at each of its scales. Our models are less sure of blank than the
 * paper's, so that shifts are smaller. The first is CTC's own.
 */
export const alignments = [
  {},
  ...[-1, -2, -3, -4, -6].map((blankShift) => ({ blankShift })),
  ...[0.5, 1, 1.5, 2].map((priorScale) => ({ priorScale })),
  ...[-1, -2, -3, -4].map((blankShift) => ({ blankShift, priorScale: 0.5 })),
  ...[-1, -2, -3, -4].map((blankShift) => ({ blankShift, priorScale: 1 })),
] as const satisfies readonly AlignmentOptions[];

/** Who is listened to: the voices of the training, or the one that it never heard. */
export const audiences = ["known", "unseen"] as const;

/** One of {@linkcode audiences}. */
export type Audience = typeof audiences[number];

/** Evaluations of known voices, and of the unseen one, each whole, every so many steps. */
export function evaluationsEvery(
  every: number,
  measures: MeasureOptions,
): readonly [known: EvaluationGrid, unseen: EvaluationGrid] {
  return [
    { every, sequences: 150, split: "dev", stream: streams.evaluation, ...measures },
    { every, sequences: 100, split: "test", stream: streams.fineEvaluation, ...measures },
  ];
}
