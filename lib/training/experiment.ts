import { type Corpus, phonemeCorpus, type PhonemeCorpusOptions } from "../corpora/mod.ts";
import { blstm, type Layer, linear, lstm, stack } from "../models/mod.ts";

/** Everything that decides the outcome of a training, as a plain JSON value. */
export interface Experiment {
  /** What to call its run; no part of the outcome. */
  readonly name: string;
  /** Seed of the corpus; the streams of a training are told apart by offsets from it. */
  readonly seed: number;
  readonly corpus: CorpusOptions;
  readonly model: ModelOptions;
  readonly criterion: { readonly kind: "ctc" };
  readonly optimizer: {
    readonly lr: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    /** Largest global norm of the gradient. */
    readonly clip: number;
  };
  /** Sequences per step. */
  readonly batch: number;
  /** Number of steps. */
  readonly iters: number;
  /** When to evaluate, and on what. */
  readonly evaluations: readonly EvaluationGrid[];
}

/** Which corpus, and what it is made of. */
export type CorpusOptions = { readonly kind: "phonemes" } & PhonemeCorpusOptions;

/** A recurrent layer with a linear output layer on top. */
export interface ModelOptions {
  readonly kind: "blstm" | "lstm";
  /** Number of cells H, per direction. */
  readonly hidden: number;
}

/** Evaluations at iteration 1, at every multiple of `every`, and at the last. */
export interface EvaluationGrid {
  readonly every: number;
  /** Fresh held-out sequences per evaluation, drawn in batches of the training's size. */
  readonly sequences: number;
  /** Offset from the seed of the stream they are drawn from. */
  readonly stream: number;
}

/** Offsets from an experiment's seed of the streams it draws from. */
export const streams = { weights: 7, training: 17, evaluation: 1000003, fineEvaluation: 2000003 };

/** The largest seed of an experiment: the farthest of its streams still has a 32-bit seed. */
export const largestSeed = 2 ** 32 - 1 - Math.max(...Object.values(streams));

/**
 * The corpus of an experiment.
 *
 * @throws {RangeError} If the kind of corpus is unknown, or an option is out of range.
 */
export function buildCorpus(options: CorpusOptions, seed: number): Corpus {
  const { kind, ...rest } = options;
  if (kind !== "phonemes") {
    throw new RangeError(`Cannot build a corpus as kind must be "phonemes": it is "${kind}"`);
  }
  return phonemeCorpus(seed, rest);
}

/**
 * The model of an experiment: `inputs` bands in, `labels` scores out.
 *
 * @throws {RangeError} If the kind of model is unknown, or a size is not a whole number >= 1.
 */
export function buildModel(options: ModelOptions, inputs: number, labels: number): Layer {
  const { kind, hidden } = options;
  switch (kind) {
    case "blstm":
      return stack(blstm(inputs, hidden), linear(2 * hidden, labels));
    case "lstm":
      return stack(lstm(inputs, hidden), linear(hidden, labels));
    default:
      throw new RangeError(
        `Cannot build a model as kind must be "blstm" or "lstm": it is "${kind}"`,
      );
  }
}
