import { scaledLog, type Topology } from "../../alignment/mod.ts";
import { type Matrix, matrix, requireFinite } from "../../numeric/mod.ts";

/** Where a variant gets its tables from: n zeros, under a name that says what they hold. */
export type Room = (name: string, n: number) => Float64Array;

/**
 * One way to compute the CTC loss of a sequence and its gradient. All give the same numbers but for
 * rounding; they differ in what they keep, and so in what they read again.
 *
 * @param dLogits [T, K] written: softmax - v, or zero if no path fits
 * @param logits [T, K] finite
 * @param topology Its arcs weigh nothing here, as in CTC: what may be taken may be taken.
 * @returns -log of the full sum, nats; `Infinity` if no path fits
 */
export type CtcVariant = (
  dLogits: Float64Array,
  logits: Float64Array,
  topology: Topology,
  T: number,
  K: number,
  room: Room,
) => number;

/** Tables on the heap. */
export const heapRoom: Room = (_, n) => new Float64Array(n);

/**
 * The loss of one sequence by a variant, and its gradient.
 *
 * @param logits [T, K] scores before the softmax
 * @throws {RangeError} If T is 0, a logit is NaN or ±Infinity, or the topology emits a label >= K.
 *
 * @example
 * ```ts
 * import { ctcTopology } from "lib/alignment/mod.ts";
 * import { ctcVariants, variantLoss } from "lib/criteria/variants/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { loss } = variantLoss(ctcVariants.lean, matrix(2, 2), ctcTopology([1]));
 * assertAlmostEquals(loss, -Math.log(3 / 4));
 * ```
 */
export function variantLoss(
  variant: CtcVariant,
  logits: Matrix,
  topology: Topology,
): { loss: number; dLogits: Matrix } {
  const { rows: T, cols: K, data } = logits;
  if (T === 0) {
    throw new RangeError(
      "Cannot sum over alignments as there must be at least one frame: T is 0",
    );
  }
  requireFinite("The logits", logits);
  const outside = topology.labels.findIndex((label) => label >= K);
  if (outside >= 0) {
    throw new RangeError(
      `Cannot sum over alignments as labels must be below K = ${K}: ` +
        `state ${outside} emits ${topology.labels[outside]}`,
    );
  }
  const dLogits = matrix(T, K);
  const loss = variant(dLogits.data, data, topology, T, K, heapRoom);
  return { loss, dLogits };
}

/** 0 where a path may pass, -Infinity where it may not. */
export function openness(logWeights: Float64Array): Float64Array {
  return logWeights.map((w) => scaledLog(0, w));
}

/** log Σᵢ exp(scores[at + i] + weights[i]) over all states */
export function logSumStates(scores: Float64Array, at: number, weights: Float64Array): number {
  let max = -Infinity;
  for (let s = 0; s < weights.length; s++) max = Math.max(max, scores[at + s] + weights[s]);
  if (max === -Infinity) return max;
  let sum = 0;
  for (let s = 0; s < weights.length; s++) sum += Math.exp(scores[at + s] + weights[s] - max);
  return max + Math.log(sum);
}
