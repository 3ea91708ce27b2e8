import { phonemeCorpus } from "../../corpora/mod.ts";
import { type Matrix, RandomState, sequenceAt, sequences } from "../../numeric/mod.ts";
import { framewiseOf, streams, type TrainedModel } from "../../training/mod.ts";

/** One sequence that training never saw. */
export interface HeldOut {
  /** [T, F] features */
  readonly x: Matrix;
  /** The labels of the sequence, one per phone. */
  readonly target: readonly number[];
  /** [T] the true label of every frame, 0 for silence */
  readonly alignment: Int32Array;
}

/**
 * A sequence of the first evaluation of the write-up's experiments.
 *
 * @param seed The experiment's seed.
 * @param n Its place in the first batch, from 0 to 15; the default has labels that repeat.
 *
 * @example
 * ```ts
 * import { heldOut } from "lib/studies/alignment_found/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(heldOut(0).target, [6, 6, 5, 5, 3]);
 * ```
 */
export function heldOut(seed: number, n = 4): HeldOut {
  const rng = new RandomState(seed + streams.evaluation);
  const { x, targets, alignment } = phonemeCorpus(seed).batch(rng, 16);
  return {
    x: sequenceAt(x, n),
    target: targets[n],
    alignment: alignment.slice(x.offsets[n], x.offsets[n + 1]),
  };
}

/** What a model makes of one sequence [T, F]: log-probabilities [T, K], nats. */
export function posterior(trained: Pick<TrainedModel, "system" | "params">, x: Matrix): Matrix {
  return framewiseOf(trained).posterior(trained.params, sequences([x])).frames;
}
