import type { PrefixReading, Topology } from "../alignment/mod.ts";
import type { Layer } from "../models/mod.ts";
import { type Matrix, matrix, type Params, requireLabel, sequences } from "../numeric/mod.ts";
import { type Output, softmaxOutput } from "./output.ts";
import { labelScores } from "./prefix_scores.ts";
import { averageLogPosterior } from "./prior.ts";

/** Options of {@link gradientNorms}. */
export interface GradientNormOptions {
  /** p of the norm, above 0; Infinity is the largest entry. Defaults to 0.1. */
  p?: number;
  /**
   * Whether the gradient of the blank's logit is set to 0 on its way back; defaults to true, as in
   * the paper.
   */
  maskBlank?: boolean;
  /** How the paths of a prefix are counted; defaults to `"partial"`, as eq. 23 is printed. */
  prefix?: PrefixReading;
  /**
   * β, the power of the average posterior of x that prefix scores divide by, which the gradient
   * does not flow through; defaults to 0.
   */
  priorScale?: number;
  /** The blank label; defaults to 0. */
  blank?: number;
  /** How logits become log-probabilities; defaults to {@link softmaxOutput}. */
  output?: Output;
}

/** log ‖0‖ is taken for that of the least number there is, so that sums over time stay finite. */
const LOG_LEAST = Math.log(Number.MIN_VALUE);

/**
 * How much every input frame matters for every label of a target:
 *
 * G[s, t] = log ‖ ∂ log p(a_s | a_1 … a_{s-1}, x) / ∂ x_t ‖_p
 *
 * with one backward pass through the model per label. A norm of 0 counts as the least positive
 * number, log -744.4.
 *
 * @param layer A model that gives logits for every frame.
 * @param x [T, D] one sequence
 * @param topology That of the target, such as the CTC topology.
 * @returns [L, T]; undefined if the target has no path in T frames.
 * @throws {RangeError} If p is not above 0, x is no sequence for the layer, the topology emits a
 * label that the layer does not give, or blank is not one that it gives.
 *
 * @example
 * ```ts
 * import { ctcTopology } from "lib/alignment/mod.ts";
 * import { gradientNorms } from "lib/criteria/mod.ts";
 * import { ffnn } from "lib/models/mod.ts";
 * import { matrix, RandomState } from "lib/numeric/mod.ts";
 * import { assert } from "@std/assert";
 *
 * const model = ffnn(2, 2, { init: { kind: "identity", scale: 3 } });
 * const x = matrix(3, 2, [1, 0, 0, 1, 1, 0]); // silence, the label, silence
 * const G = gradientNorms(model, model.init(new RandomState(0)), x, ctcTopology([1]))!;
 * assert(G.data[1] > G.data[0] && G.data[1] > G.data[2]);
 * ```
 *
 * Source: the alignment paper, eqs. 22, 23 and 49.
 */
export function gradientNorms(
  layer: Layer,
  params: Params,
  x: Matrix,
  topology: Topology,
  options: GradientNormOptions = {},
): Matrix | undefined {
  const { p = 0.1, maskBlank = true, prefix, priorScale = 0, blank = 0 } = options;
  const { output = softmaxOutput } = options;
  if (!(p > 0)) {
    throw new RangeError(`Cannot take norms as p must be above 0: current value is ${p}`);
  }
  const { y, cache } = layer.forward(params, sequences([x]));
  const logProbs = output.logProbs(y.frames);
  const { cols: K } = logProbs;
  requireLabel("take norms", "blank", blank, K);
  const logPrior = priorScale === 0 ? undefined : averageLogPosterior([logProbs]);
  const scores = labelScores(logProbs, topology, { prefix, logPrior, priorScale });
  if (topology.minimumFrames > x.rows || scores.some(({ logProb }) => logProb === -Infinity)) {
    return undefined;
  }
  const G = matrix(scores.length, x.rows);
  scores.forEach(({ dLogProbs }, s) => {
    const dLogits = output.backward(logProbs, dLogProbs);
    if (maskBlank) { for (let i = blank; i < dLogits.data.length; i += K) dLogits.data[i] = 0; }
    const dy = { frames: dLogits, offsets: y.offsets };
    const { frames: dx } = layer.backward(params, cache, dy).dx();
    if (dx.rows !== x.rows) {
      throw new RangeError("Cannot take norms as the model must give one output per input frame");
    }
    for (let t = 0; t < x.rows; t++) {
      const row = dx.data.subarray(t * x.cols, (t + 1) * x.cols);
      G.data[s * x.rows + t] = Math.max(logNorm(row, p), LOG_LEAST);
    }
  });
  return G;
}

/**
 * log ‖v‖_p = 1/p log Σ |v|^p, by way of logarithms, so that small p does not underflow.
 *
 * @returns -Infinity for a vector of zeros.
 */
export function logNorm(v: ArrayLike<number>, p: number): number {
  let max = -Infinity;
  for (let d = 0; d < v.length; d++) max = Math.max(max, Math.log(Math.abs(v[d])));
  if (max === -Infinity || p === Infinity) return max;
  let sum = 0;
  for (let d = 0; d < v.length; d++) {
    if (v[d] !== 0) sum += Math.exp(p * (Math.log(Math.abs(v[d])) - max));
  }
  return max + Math.log(sum) / p;
}
