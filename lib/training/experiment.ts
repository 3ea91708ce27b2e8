import {
  type Corpus,
  phonemeCorpus,
  type PhonemeCorpusOptions,
  wordCorpus,
  type WordCorpusOptions,
} from "../corpora/mod.ts";
import { blstm, ffnn, type FfnnInit, type Layer, linear, lstm, stack } from "../models/mod.ts";
import type { AlignmentOptions } from "./alignment_metrics.ts";
import type { CriterionOptions } from "./criterion.ts";

/** Everything that decides the outcome of a training, as a plain JSON value. */
export interface Experiment {
  /** What to call its run; no part of the outcome. */
  readonly name: string;
  /** Seed of the corpus; the streams of a training are told apart by offsets from it. */
  readonly seed: number;
  readonly corpus: CorpusOptions;
  readonly model: ModelOptions | FfnnModelOptions;
  readonly criterion: CriterionOptions;
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
export type CorpusOptions =
  | { readonly kind: "phonemes" } & PhonemeCorpusOptions
  | { readonly kind: "words" } & WordCorpusOptions;

/** Recurrent layers with a linear output layer on top. */
export interface ModelOptions {
  readonly kind: "blstm" | "lstm";
  /** Number of cells H, per direction and layer. */
  readonly hidden: number;
  /** Number of recurrent layers; defaults to 1. */
  readonly layers?: number;
}

/** The linear output layer alone. */
export interface FfnnModelOptions {
  readonly kind: "ffnn";
  /** Defaults to `{ kind: "random" }`. */
  readonly init?: FfnnInit;
}

/** Evaluations at iteration 1, at every multiple of `every`, and at the last. */
export interface EvaluationGrid {
  readonly every: number;
  /** Fresh held-out sequences per evaluation, drawn in batches of the training's size. */
  readonly sequences: number;
  /** Offset from the seed of the stream they are drawn from. */
  readonly stream: number;
  /** Aligns these sequences, too, and adds {@link AlignmentMetrics}; defaults to not at all. */
  readonly alignment?: AlignmentOptions;
}

/** Offsets from an experiment's seed of the streams it draws from. */
export const streams = {
  weights: 7,
  training: 17,
  prior: 900001,
  evaluation: 1000003,
  fineEvaluation: 2000003,
};

/** The largest seed of an experiment: the farthest of its streams still has a 32-bit seed. */
export const largestSeed = 2 ** 32 - 1 - Math.max(...Object.values(streams));

/**
 * The corpus of an experiment.
 *
 * @throws {RangeError} If the kind of corpus is unknown, or an option is out of range.
 */
export function buildCorpus(options: CorpusOptions, seed: number): Corpus {
  switch (options.kind) {
    case "phonemes": {
      const { kind: _, ...rest } = options;
      return phonemeCorpus(seed, rest);
    }
    case "words": {
      const { kind: _, ...rest } = options;
      return wordCorpus(rest);
    }
    default:
      throw new RangeError(
        `Cannot build a corpus as kind must be "phonemes" or "words": ` +
          `it is "${(options as { kind: unknown }).kind}"`,
      );
  }
}

/**
 * The model of an experiment: `inputs` bands in, `labels` scores out.
 *
 * @throws {RangeError} If the kind of model is unknown, or a size is not a whole number >= 1.
 */
export function buildModel(
  options: Experiment["model"],
  inputs: number,
  labels: number,
): Layer {
  switch (options.kind) {
    case "blstm":
    case "lstm": {
      const { kind, hidden, layers = 1 } = options;
      if (!Number.isInteger(layers) || layers < 1) {
        throw new RangeError(
          `Cannot build a model as layers must be a whole number >= 1: current value is ${layers}`,
        );
      }
      const [recurrent, width] = kind === "blstm" ? [blstm, 2 * hidden] : [lstm, hidden];
      const hiddens = Array.from(
        { length: layers },
        (_, n) => recurrent(n === 0 ? inputs : width, hidden) as Layer,
      );
      return stack(...hiddens, linear(width, labels));
    }
    case "ffnn":
      return ffnn(inputs, labels, { init: options.init });
    default:
      throw new RangeError(
        `Cannot build a model as kind must be "blstm", "lstm" or "ffnn": ` +
          `it is "${(options as { kind: unknown }).kind}"`,
      );
  }
}
