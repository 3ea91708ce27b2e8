import type { Topology } from "../alignment/mod.ts";
import {
  type Allocate,
  batchSize,
  type Matrix,
  matrix,
  requireFinite,
  requireSequences,
  rowSlice,
  sequenceAt,
  type Sequences,
} from "../numeric/mod.ts";
import { fullSum } from "./full_sum.ts";
import { requireSmoothing, smoothed } from "./label_smoothing.ts";
import { columnSums, gradientFactors, type NormalizedGradient } from "./normalized_gradient.ts";
import { type Output, softmaxOutput } from "./output.ts";
import { addAverageGradient, averageLogPosterior, type Prior } from "./prior.ts";

/** Options of the full sum as a training criterion; with the defaults it is CTC's. */
export interface FullSumLossOptions {
  /** α, the power of the label posteriors; defaults to 1. */
  posteriorScale?: number;
  /** γ, the power of the topology's own arc weights; defaults to 0. */
  transitionScale?: number;
  /** The prior that posteriors are divided by, with its power β; defaults to none. */
  prior?: Prior;
  /** Balances the gradient across labels, and leaves the loss as it is; defaults to not at all. */
  normalizedGradient?: NormalizedGradient;
  /**
   * ε, from 0 to below 1: the loss of a sequence that fits becomes (1 - ε) L + ε Σₜ H(u, pₜ), with
   * H(u, p) = -1/K Σₖ log p[k] = KL(u ‖ p) + log K. Scales, prior and balance belong to L alone.
   * Defaults to 0.
   */
  labelSmoothing?: number;
  /** How logits become log-probabilities; defaults to {@link softmaxOutput}. */
  output?: Output;
}

/** The full-sum loss of one sequence. */
export interface FullSumLoss {
  /** -log of the full sum, or what smoothing makes of it, nats; `Infinity` if no path fits. */
  loss: number;
  /** [T, K] gradient with respect to the logits; zero if no path fits. */
  dLogits: Matrix;
  /** [T, K] v[t, k], the posterior share of label k at frame t; zero if no path fits. */
  softAlignment: Matrix;
}

/** The full-sum loss of a batch. */
export interface FullSumBatchLoss {
  /** Mean loss over the sequences that have a path, nats; `Infinity` if none has. */
  loss: number;
  /** [N, K] gradient of that mean with respect to the logits */
  dLogits: Sequences;
  /** How many sequences have no path. */
  infeasible: number;
}

/**
 * The full sum over a topology as a loss of one sequence's logits; "batch" in the options means
 * this sequence.
 *
 * L = -log Σ_paths Πₜ p(yₜ)^α / prior(yₜ)^β · p(sₜ | sₜ₋₁)^γ;  ∂L/∂logits = α (p - v) for the
 * softmax, plus what flows through the prior. Label smoothing blends it with a uniform target.
 *
 * @param logits [T, K] scores before the output.
 * @throws {RangeError} If T is 0, a logit is NaN or ±Infinity, the topology emits a label >= K, or
 * an option is out of range.
 *
 * @example
 * ```ts
 * import { hmmTopology } from "lib/alignment/mod.ts";
 * import { fullSumLoss } from "lib/criteria/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { loss } = fullSumLoss(matrix(2, 2), hmmTopology([[1]], { silence: 0 }));
 * assertAlmostEquals(loss, -Math.log(3 / 4)); // aa, εa and aε
 * ```
 *
 * Source: the alignment paper, eqs. 6, 8, 9 and 11.
 */
export function fullSumLoss(
  logits: Matrix,
  topology: Topology,
  options: FullSumLossOptions = {},
  alloc: Allocate = matrix,
): FullSumLoss {
  return lossesOf([logits], [topology], options, alloc, (_, compute) => compute())[0];
}

/**
 * The mean {@link fullSumLoss} over the sequences of a batch. Sequences without a path are counted,
 * get a zero gradient and stay out of the mean.
 *
 * @param logits [N, K] scores before the output.
 * @param topologies One per sequence.
 * @throws {RangeError} As {@link fullSumLoss}, and if there is not one topology per sequence.
 *
 * @example
 * ```ts
 * import { ctcTopology, hmmTopology } from "lib/alignment/mod.ts";
 * import { fullSumBatchLoss } from "lib/criteria/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logits = sequences([matrix(2, 2), matrix(2, 2)]);
 * const topologies = [ctcTopology([1]), hmmTopology([[1]], { silence: 0 })];
 * assertAlmostEquals(fullSumBatchLoss(logits, topologies).loss, -Math.log(3 / 4));
 * ```
 */
export function fullSumBatchLoss(
  logits: Sequences,
  topologies: readonly Topology[],
  options: FullSumLossOptions = {},
  alloc: Allocate = matrix,
): FullSumBatchLoss {
  requireSequences("compute the full-sum loss of a batch", logits);
  const B = batchSize(logits);
  if (topologies.length !== B) {
    throw new RangeError(
      `Cannot compute the full-sum loss of a batch as there must be one topology for each of its ` +
        `${B} sequences: there are ${topologies.length}`,
    );
  }
  const parts = topologies.map((_, b) => sequenceAt(logits, b));
  const losses = lossesOf(parts, topologies, options, alloc, inSequence);
  const frames = alloc(logits.frames.rows, logits.frames.cols);
  let sum = 0, fitting = 0;
  losses.forEach(({ loss, dLogits }, b) => {
    if (loss === Infinity) return;
    rowSlice(frames, logits.offsets[b], logits.offsets[b + 1]).data.set(dLogits.data);
    sum += loss;
    fitting++;
  });
  for (let i = 0; i < frames.data.length; i++) frames.data[i] /= Math.max(1, fitting);
  return {
    loss: fitting === 0 ? Infinity : sum / fitting,
    dLogits: { frames, offsets: logits.offsets },
    infeasible: B - fitting,
  };
}

/** Says in the message of an error which sequence of the batch it comes from. */
export function inSequence<T>(b: number, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) error.message = `Sequence ${b}: ${error.message}`;
    throw error;
  }
}

/** The losses of sequences that share a batch, each on its own: their mean is not taken here. */
function lossesOf(
  logits: readonly Matrix[],
  topologies: readonly Topology[],
  options: FullSumLossOptions,
  alloc: Allocate,
  inPart: <T>(b: number, compute: () => T) => T,
): FullSumLoss[] {
  const { posteriorScale = 1, transitionScale, prior, output = softmaxOutput } = options;
  const { labelSmoothing = 0 } = options;
  requireSmoothing("sum over alignments", labelSmoothing);
  const logProbs = logits.map((part, b) =>
    inPart(b, () => {
      requireFinite("The logits", part);
      return output.logProbs(part, alloc);
    })
  );
  const logPriors = priorsOf(prior, logProbs, topologies);
  const sums = logProbs.map((part, b) =>
    inPart(b, () =>
      fullSum(part, topologies[b], {
        posteriorScale,
        transitionScale,
        logPrior: logPriors[b],
        priorScale: logPriors[b] && prior?.priorScale, // none where no sequence has frames enough
      }, alloc))
  );
  const losses = sums.map(({ logScore, occupancy }, b): FullSumLoss => {
    if (logScore === -Infinity) {
      const { rows, cols } = occupancy;
      return { loss: Infinity, dLogits: alloc(rows, cols), softAlignment: occupancy };
    }
    const dLogits = output.toward(logProbs[b], occupancy, alloc);
    if (posteriorScale !== 1) {
      for (let i = 0; i < dLogits.data.length; i++) dLogits.data[i] *= posteriorScale;
    }
    return { loss: -logScore, dLogits, softAlignment: occupancy };
  });
  if (prior !== undefined && prior.kind !== "static" && prior.stopGradient === false) {
    flowThroughPrior(losses, logProbs, topologies, logPriors, prior, output, alloc);
  }
  if (options.normalizedGradient !== undefined) normalize(losses, options.normalizedGradient);
  if (labelSmoothing === 0) return losses;
  return losses.map((part, b) =>
    part.loss === Infinity
      ? part
      : { ...part, loss: smoothed(part, logProbs[b], output, labelSmoothing, alloc) }
  );
}

/** The log prior of every sequence. */
function priorsOf(
  prior: Prior | undefined,
  logProbs: readonly Matrix[],
  topologies: readonly Topology[],
): (Float64Array | undefined)[] {
  switch (prior?.kind) {
    case undefined:
      return [];
    case "static":
      return logProbs.map(() => prior.logPrior);
    case "sequence":
      return logProbs.map((part) => part.rows === 0 ? undefined : averageLogPosterior([part]));
    case "batch": {
      const counted = logProbs.filter((part, b) => hasFramesEnough(part, topologies[b]));
      const average = counted.length === 0 ? undefined : averageLogPosterior(counted);
      return logProbs.map(() => average);
    }
    default:
      throw new RangeError(
        `Cannot sum over alignments as the kind of prior must be "static", "sequence" or ` +
          `"batch": it is ${JSON.stringify((prior as { kind: unknown }).kind)}`,
      );
  }
}

/** Whether a sequence counts in the average posterior of its batch. */
function hasFramesEnough(logProbs: Matrix, topology: Topology): boolean {
  return logProbs.rows >= Math.max(1, topology.minimumFrames);
}

/** Adds to every gradient what flows through the average posterior. */
function flowThroughPrior(
  losses: readonly FullSumLoss[],
  logProbs: readonly Matrix[],
  topologies: readonly Topology[],
  logPriors: readonly (Float64Array | undefined)[],
  prior: Prior,
  output: Output,
  alloc: Allocate,
): void {
  const K = logProbs[0].cols;
  const counted = [...losses.keys()].filter((b) => hasFramesEnough(logProbs[b], topologies[b]));
  for (const group of groupsOf(counted, prior.kind === "batch")) {
    const visits = columnSums(group.map((b) => losses[b].softAlignment), K);
    const N = group.reduce((sum, b) => sum + logProbs[b].rows, 0);
    for (const b of group) {
      const dLogProbs = alloc(logProbs[b].rows, K);
      addAverageGradient(dLogProbs, logProbs[b], logPriors[b]!, N, visits, prior.priorScale);
      const through = output.backward(logProbs[b], dLogProbs, alloc);
      const { data } = losses[b].dLogits;
      for (let i = 0; i < data.length; i++) data[i] += through.data[i];
    }
  }
}

/** Scales every gradient label by label. */
function normalize(losses: readonly FullSumLoss[], options: NormalizedGradient): void {
  const fitting = [...losses.keys()].filter((b) => losses[b].loss < Infinity);
  for (const group of groupsOf(fitting, options.over !== "sequence")) {
    const K = losses[0].dLogits.cols;
    const N = group.reduce((sum, b) => sum + losses[b].softAlignment.rows, 0);
    const sums = columnSums(group.map((b) => losses[b].softAlignment), K);
    const factors = gradientFactors(sums.map((sum) => sum / N), options);
    for (const b of group) {
      const { data } = losses[b].dLogits;
      for (let i = 0; i < data.length; i++) data[i] *= factors[i % K];
    }
  }
}

/** All sequences together, or each alone. */
function groupsOf(sequences: readonly number[], together: boolean): (readonly number[])[] {
  if (sequences.length === 0) return [];
  return together ? [sequences] : sequences.map((b) => [b]);
}
