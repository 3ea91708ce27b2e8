import { type CorpusOptions, type RecordingOptions, timitFold } from "../corpora/mod.ts";
import { type EvaluationGrid, type Experiment, streams } from "../training/mod.ts";
import { speechNetwork, speechOptimizer, variedSpeech, variedVoices } from "./speech_recipe.ts";

/** The corpora of speech. */
export const speechCorpora = ["voices", "timit", "digits", "recordings"] as const;
/** One of {@linkcode speechCorpora}. */
export type SpeechCorpus = typeof speechCorpora[number];

/** What a person may change about a training on speech. */
export interface SpeechOverrides {
  /** BLSTM, or an LSTM that hears only what was before; defaults to "blstm". */
  model?: "blstm" | "lstm";
  /** Number of steps; defaults to {@linkcode speechSteps}. */
  iters?: number;
  /** Cells per direction; defaults to 100. */
  hidden?: number;
  /** Sequences per step; defaults to 16. */
  batch?: number;
  /** The peak of the learning rate; defaults to 7e-3. */
  lr?: number;
  /** Frames of 10 ms in a frame of the model; defaults to {@linkcode speechStacks}. */
  stack?: number;
  /** Steps between evaluations on dev; defaults to 100. */
  evalEvery?: number;
  /** Pieces of a batch, which workers share; defaults to 4, or one a sequence. */
  pieces?: number;
  /** Of recordings: what their labels are, and which; defaults to phones, all that there are. */
  recordings?: Pick<RecordingOptions, "unit" | "labels">;
  /** Of recordings: whether all labels have times; defaults to false. */
  timed?: boolean;
}

/** Steps of a training by corpus: of voices and digits as the studies have them. */
export const speechSteps = { voices: 1800, timit: 1200, digits: 500, recordings: 1200 } as const;

/** Frames of 10 ms that make one: where phones are recognised two, else four, which place words best. */
export const speechStacks = { voices: 2, timit: 2, digits: 4, recordings: 4 } as const;

/** What is heard, stacked so. */
function heard(
  corpus: SpeechCorpus,
  stack: number,
  recordings: SpeechOverrides["recordings"],
): CorpusOptions {
  if (corpus === "voices") return variedVoices(stack);
  if (corpus !== "recordings") return { kind: corpus, ...variedSpeech(stack) };
  return { kind: corpus, ...variedSpeech(stack), ...recordings };
}

/**
 * A training on speech by the recipe of the studies: a BLSTM between dropout with CTC on stacked MFCC,
 * warped and noisy, in single precision. It is evaluated on dev, and at the first step and the last
 * on test.
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
 * const { optimizer, evaluations } = speechExperiment("voices", 0, { iters: 50 });
 * assertEquals(optimizer.lr, 0.007);
 * assertEquals(evaluations.map(({ split }) => split), ["dev", "test"]);
 * ```
 */
export function speechExperiment(
  corpus: SpeechCorpus,
  seed: number,
  overrides: SpeechOverrides = {},
): Experiment {
  const { model = "blstm", iters = speechSteps[corpus], hidden = 100, batch = 16 } = overrides;
  const { stack = speechStacks[corpus], lr = speechOptimizer.lr } = overrides;
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
    corpus: heard(corpus, stack, recordings),
    model: speechNetwork(model, hidden),
    criterion: { kind: "ctc" },
    optimizer: { ...speechOptimizer, lr },
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
