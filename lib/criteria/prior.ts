import { type Matrix, requireLogProbs } from "../numeric/mod.ts";
import { requireAlignment } from "./framewise.ts";

/**
 * The label prior of a full sum, and its power β, `priorScale`:
 *
 * - "static": given, such as {@link logFrequencies} of a reference.
 * - "sequence", "batch": the average posterior over the frames of each sequence, or of all
 *   sequences of the batch that have frames enough. With `stopGradient` (the default) it counts as
 *   a constant; without, its gradient flows into the posteriors.
 */
export type Prior =
  | { readonly kind: "static"; readonly priorScale: number; readonly logPrior: Float64Array }
  | {
    readonly kind: "sequence" | "batch";
    readonly priorScale: number;
    readonly stopGradient?: boolean;
  };

/**
 * The log of the average posterior of every label, log 1/N Σₜ p[t, k], over all frames of all
 * matrices, without underflow.
 *
 * @param logProbs [T, K] each, log-probabilities, nats.
 * @returns [K] nats
 * @throws {RangeError} If there is no frame, matrices differ in K, or a log-probability is NaN or
 * +Infinity.
 *
 * @example
 * ```ts
 * import { averageLogPosterior } from "lib/criteria/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logProbs = matrix(2, 2, [0.9, 0.1, 0.5, 0.5].map(Math.log));
 * assertAlmostEquals(Math.exp(averageLogPosterior([logProbs])[0]), 0.7);
 * ```
 *
 * Source: the alignment paper, sections 2 and 7.1.2.
 */
export function averageLogPosterior(logProbs: readonly Matrix[]): Float64Array<ArrayBuffer> {
  const N = logProbs.reduce((sum, { rows }) => sum + rows, 0);
  if (N === 0) {
    throw new RangeError("Cannot average posteriors as there must be at least one frame: T is 0");
  }
  const K = logProbs[0].cols;
  logProbs.forEach((part, n) => {
    if (part.cols !== K) {
      throw new RangeError(
        `Cannot average posteriors as all must be of K = ${K} labels, like matrix 0: ` +
          `matrix ${n} has ${part.cols}`,
      );
    }
    requireLogProbs("average posteriors", part);
  });
  const max = new Float64Array(K).fill(-Infinity), sum = new Float64Array(K);
  for (const { data } of logProbs) {
    for (let i = 0; i < data.length; i++) if (data[i] > max[i % K]) max[i % K] = data[i];
  }
  for (const { data } of logProbs) {
    for (let i = 0; i < data.length; i++) {
      if (data[i] > -Infinity) sum[i % K] += Math.exp(data[i] - max[i % K]);
    }
  }
  return sum.map((s, k) => s === 0 ? -Infinity : max[k] + Math.log(s / N));
}

/**
 * What flows back through the average posterior: the full sum divides by prior(k)^β once for every
 * frame that a path spends in k, V[k] in all, and ∂ log prior(k) / ∂ log p[t, k] = p[t, k] / Σₜ p.
 * Adds β V[k] p[t, k] / Σₜ p[t, k], a gradient of the loss, to `dLogProbs`.
 *
 * @param dLogProbs [T, K], added to
 * @param logProbs [T, K] nats; one of those that the average is over
 * @param logPrior [K] nats, their average
 * @param N the number of frames that the average is over
 * @param visits [K] V, the occupancy of every label, summed over the same frames
 * @param priorScale β
 */
export function addAverageGradient(
  dLogProbs: Matrix,
  logProbs: Matrix,
  logPrior: Float64Array,
  N: number,
  visits: Float64Array,
  priorScale: number,
): void {
  const { data, cols: K } = logProbs;
  for (let i = 0; i < data.length; i++) {
    const k = i % K;
    dLogProbs.data[i] += priorScale * visits[k] * Math.exp(data[i] - logPrior[k]) / N;
  }
}

/**
 * The log of the label frequencies in a frame-by-frame labelling: the static prior.
 *
 * @param alignment Labels from 0 to K - 1.
 * @param options.smoothing Added to the count of every label; defaults to 0, where a label that
 * does not occur has log prior -Infinity, which the full sum refuses.
 * @throws {RangeError} If there is no frame, a label is out of range, or the smoothing is not finite
 * and >= 0.
 *
 * Source: the alignment paper, section 3, "the classical count-based prior".
 */
export function logFrequencies(
  alignment: ArrayLike<number>,
  K: number,
  options: { smoothing?: number } = {},
): Float64Array<ArrayBuffer> {
  const { smoothing = 0 } = options;
  if (alignment.length === 0) {
    throw new RangeError("Cannot count labels as there must be at least one frame: T is 0");
  }
  if (!(smoothing >= 0 && smoothing < Infinity)) {
    throw new RangeError(
      `Cannot count labels as smoothing must be finite and >= 0: current value is ${smoothing}`,
    );
  }
  requireAlignment(alignment, alignment.length, K);
  const counts = new Float64Array(K).fill(smoothing);
  for (let t = 0; t < alignment.length; t++) counts[alignment[t]]++;
  const total = counts.reduce((a, b) => a + b, 0);
  return counts.map((count) => Math.log(count / total));
}
