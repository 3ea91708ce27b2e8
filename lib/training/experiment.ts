import type { CorpusOptions } from "../corpora/mod.ts";
import type { AnyModelOptions } from "./build_model.ts";
import type { CriterionOptions } from "./criterion.ts";
import type { Precision } from "../numeric/kernels/mod.ts";
import type { MeasureOptions } from "./measures/measures.ts";
import type { OptimizerOptions } from "./optimizer.ts";

export type { CorpusOptions };
export { largestSeed, streams } from "./streams.ts";

/** Everything that decides the outcome of a training, as a plain JSON value. */
export interface Experiment {
  /** What to call its run; no part of the outcome. */
  readonly name: string;
  /** Seed of the corpus; the streams of a training are told apart by offsets from it. */
  readonly seed: number;
  /** What is heard. */
  readonly corpus: CorpusOptions;
  /** What is trained. */
  readonly model: AnyModelOptions;
  /** What is minimised. */
  readonly criterion: CriterionOptions;
  /** How weights are moved, and the clipping before it. */
  readonly optimizer: OptimizerOptions;
  /** Sequences per step. */
  readonly batch: number;
  /** Number of steps. */
  readonly iters: number;
  /**
   * Ends the training early, once the PER is at most this at two evaluations in a row of the first
   * grid; defaults to never.
   */
  readonly stopAtPer?: number;
  /** When to evaluate, and on what. */
  readonly evaluations: readonly EvaluationGrid[];
  /** Of products and of the LSTM's activations; all else is in double. Defaults to "double". */
  readonly precision?: Precision;
  /**
   * In how many pieces of consecutive sequences a batch is cut, each a unit of work for any worker;
   * their gradients are added in order. Defaults to 1.
   */
  readonly pieces?: number;
}

/** Evaluations at iteration 1, at every multiple of `every`, and at the last. */
export interface EvaluationGrid extends MeasureOptions {
  /** Steps between two evaluations. */
  readonly every: number;
  /** Held-out sequences per evaluation, in batches of the training's size. */
  readonly sequences: number;
  /**
   * Which part of the data set is heard. Where that has an end, each of its sequences is heard once,
   * in order; where it has more than `sequences`, as many at equal distances. Left out, fresh
   * sequences of "dev" are drawn.
   */
  readonly split?: "dev" | "test";
  /** Offset from the seed of the stream they are drawn from. */
  readonly stream: number;
}
