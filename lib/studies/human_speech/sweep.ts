import {
  speechNetwork,
  speechOptimizer,
  speechSteps,
  type Sweep,
  variedSpeech,
} from "../../experiments/mod.ts";
import { type Experiment, streams } from "../../training/mod.ts";
import { alignments, allVoices, voicesWithout } from "../speech_setup/mod.ts";

/** Steps of the aligner's training: 23 times each of 1,400 sentences, on average. */
export const ITERS = 2000;

/**
 * The small model that `align` and `recognise` come with: one BLSTM layer of 100 cells a direction
 * with CTC, frames of 40 ms, all four voices, under more noise than the other studies have. What it
 * will hear was recorded, which no voice of it ever was.
 */
export function alignerExperiment(): Experiment {
  return {
    name: "aligner",
    seed: 0,
    corpus: {
      ...voicesWithout("awb", 4),
      train: allVoices,
      test: allVoices,
      testWords: "unseen",
      noise: { snr: [5, 30], share: 0.5 },
    },
    model: speechNetwork("blstm", 100),
    criterion: { kind: "ctc" },
    optimizer: speechOptimizer,
    batch: 16,
    iters: ITERS,
    precision: "single",
    evaluations: [
      {
        every: ITERS / 4,
        sequences: 200,
        split: "dev",
        stream: streams.evaluation,
        blanks: true,
        timing: { at: alignments },
      },
      {
        every: ITERS,
        sequences: 200,
        split: "test",
        stream: streams.fineEvaluation,
        blanks: true,
        timing: { at: alignments },
      },
    ],
  };
}

/** The aligner's training alone. */
export const aligner: Sweep<{ model: string; seed: number }> = {
  about: "The small model that aligns and recognises recordings, trained on four voices.",
  seeds: 1,
  entries: () => [{
    key: { model: "aligner", seed: 0 },
    experiment: alignerExperiment(),
    keepsWeights: true,
  }],
};

/** Speakers of the Free Spoken Digit Dataset, each of whom is left out once. */
export const speakers = ["george", "jackson", "lucas", "nicolas", "theo", "yweweler"] as const;

/** One of {@linkcode speakers}. */
export type Speaker = typeof speakers[number];

/** Steps of a training on digits. */
export const DIGIT_ITERS = speechSteps.digits;

/** Connected digits, each a label, by five speakers; the test is the sixth. */
export function digitExperiment(unseen: Speaker, seed: number): Experiment {
  const grid = { every: DIGIT_ITERS, sequences: 200 };
  return {
    name: `digits-without-${unseen}-seed${seed}`,
    seed,
    corpus: { kind: "digits", testSpeaker: unseen, ...variedSpeech(4) },
    model: speechNetwork("blstm", 100),
    criterion: { kind: "ctc" },
    optimizer: speechOptimizer,
    batch: 16,
    iters: DIGIT_ITERS,
    precision: "single",
    evaluations: [
      { ...grid, split: "dev", stream: streams.evaluation, blanks: true, errors: {} },
      { ...grid, split: "test", stream: streams.fineEvaluation, blanks: true, errors: {} },
    ],
  };
}

/** Six folds. */
export const digits: Sweep<{ unseen: Speaker; seed: number }> = {
  about: "Connected digits by a speaker that training never heard; needs --fsdd FOLDER.",
  seeds: 1,
  file: "speech",
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      speakers.map((unseen) => ({
        key: { unseen, seed },
        experiment: digitExperiment(unseen, seed),
      }))
    ),
};
