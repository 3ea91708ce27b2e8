import { type CorpusOptions, type RecordingOptions, timitFold } from "../corpora/mod.ts";
import {
  type EvaluationGrid,
  type Experiment,
  type ModelOptions,
  streams,
} from "../training/mod.ts";

/** The corpora of speech. */
export const speechCorpora = ["voices", "timit", "digits", "recordings"] as const;
/** One of {@linkcode speechCorpora}. */
export type SpeechCorpus = typeof speechCorpora[number];

/** What a person may change about a training on speech. */
export interface SpeechOverrides {
  /** BLSTM, or an LSTM that hears only what was before; defaults to "blstm". */
  model?: ModelOptions["kind"];
  /** Number of steps; defaults to 1000. */
  iters?: number;
  /** Cells per direction; defaults to 100. */
  hidden?: number;
  /** Sequences per step; defaults to 16. */
  batch?: number;
  /** The peak of the learning rate; defaults to 3e-3. */
  lr?: number;
  /** Steps between evaluations on dev; defaults to 100. */
  evalEvery?: number;
  /** Pieces of a batch, which workers share; defaults to 4, or one a sequence. */
  pieces?: number;
  /** Of recordings: what their labels are, and which; defaults to phones, all that there are. */
  recordings?: Pick<RecordingOptions, "unit" | "labels">;
  /** Of recordings: whether all labels have times; defaults to false. */
  timed?: boolean;
}

/** Factors of the mel axis that make one voice several. */
const warps = [0.88, 0.94, 1, 1.06, 1.12];
/** Decibels of the noise over which an utterance is heard. */
const snr = [5, 30] as const;
const augment = { warps, snr };

/** Four frames of 10 ms as one; two where labels are as short as the closures of TIMIT's stops. */
const corpora = {
  voices: { kind: "voices", stack: 4, warps, noise: { snr } },
  timit: { kind: "timit", features: { stack: 2 }, augment },
  digits: { kind: "digits", features: { stack: 4 }, augment },
  recordings: { kind: "recordings", features: { stack: 4 }, augment },
} as const satisfies Readonly<Record<SpeechCorpus, CorpusOptions>>;

/**
 * A training on speech: a BLSTM with CTC on stacked MFCC, warped and noisy, in single precision. It
 * is evaluated on dev, and at the first step and the last on test.
 *
 * The second grid is that of test: its `every` is beyond the last step, so that its rows are told
 * from those of dev. Words, or labels where there are none, are timed where the corpus knows where
 * they are; TIMIT's errors are folded to 39 phones.
 *
 * @param seed Seed of all streams.
 *
 * @example
 * ```ts
 * import { speechExperiment } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { model, evaluations } = speechExperiment("voices", 0, { hidden: 50 });
 * assertEquals(model, { kind: "blstm", hidden: 50 });
 * assertEquals(evaluations.map(({ split }) => split), ["dev", "test"]);
 * ```
 */
export function speechExperiment(
  corpus: SpeechCorpus,
  seed: number,
  overrides: SpeechOverrides = {},
): Experiment & { readonly model: ModelOptions } {
  const { model = "blstm", iters = 1000, hidden = 100, batch = 16, lr = 3e-3 } = overrides;
  const { evalEvery = 100, pieces = Math.min(4, batch) } = overrides;
  const { recordings = {}, timed = corpus !== "recordings" } = overrides;
  const measures = {
    ...(timed && { blanks: true, timing: {} }),
    ...(corpus === "timit" && { errors: { fold: timitFold({}) } }),
  };
  const beyond = Math.max(iters, evalEvery) + 1;
  const grid = (split: "dev" | "test", every: number, stream: number): EvaluationGrid => {
    return { every, sequences: 200, split, stream, ...measures };
  };
  return {
    name: `speech-${corpus}-${model}-seed${seed}`,
    seed,
    corpus: corpus === "recordings" ? { ...corpora.recordings, ...recordings } : corpora[corpus],
    model: { kind: model, hidden },
    criterion: { kind: "ctc" },
    optimizer: { lr, schedule: { kind: "one-cycle" }, clip: 1 },
    batch,
    iters,
    evaluations: [
      grid("dev", evalEvery, streams.evaluation),
      grid("test", beyond, streams.fineEvaluation),
    ],
    precision: "single",
    ...(pieces > 1 && { pieces }),
  };
}
