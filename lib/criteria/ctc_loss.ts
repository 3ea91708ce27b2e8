import { ctcTopology } from "../alignment/mod.ts";
import { logSoftmax, softmaxMinus } from "../numeric/kernels/mod.ts";
import {
  type Allocate,
  batchSize,
  type Matrix,
  matrix,
  requireFinite,
  rowSlice,
  sequenceAt,
  type Sequences,
} from "../numeric/mod.ts";
import { fullSum } from "./full_sum.ts";

/** The CTC loss of one sequence. */
export interface CtcLoss {
  /** -log p(target | x), nats; `Infinity` if the target does not fit into the frames. */
  loss: number;
  /** [T, K] gradient with respect to the logits, softmax - v; zero if the target does not fit. */
  dLogits: Matrix;
  /** [T, K] v[t, k], the posterior share of label k at frame t; zero if the target does not fit. */
  softAlignment: Matrix;
}

/**
 * Connectionist Temporal Classification: the negative log-probability of a target, summed over all
 * its alignments. It is {@link fullSum} over the CTC topology.
 *
 * loss = -log Σ_{paths of the target} Πₜ softmax(logits)[t, pathₜ];  ∂loss/∂logits = softmax - v
 *
 * A target that needs more than T frames is no error: its loss is `Infinity`, its gradient zero.
 *
 * @param logits [T, K] scores before the softmax.
 * @param target Labels from 0 to K - 1 other than blank; may be empty.
 * @param options.blank The blank label; defaults to 0.
 * @throws {RangeError} If T is 0, a logit is NaN or ±Infinity, or a label is out of range or blank.
 *
 * @example
 * ```ts
 * import { ctcLoss } from "lib/criteria/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * assertAlmostEquals(ctcLoss(matrix(2, 2), [1]).loss, -Math.log(3 / 4));
 * assertEquals(ctcLoss(matrix(2, 2), [1, 1]).loss, Infinity); // needs a blank in between
 * ```
 *
 * Source: Graves et al. 2006, eqs. 8 and 16.
 */
export function ctcLoss(
  logits: Matrix,
  target: readonly number[],
  options: { blank?: number } = {},
  alloc: Allocate = matrix,
): CtcLoss {
  requireFinite("The logits", logits);
  const topology = ctcTopology(target, options);
  const { rows: T, cols: K } = logits;
  const logProbs = alloc(T, K), dLogits = alloc(T, K);
  logSoftmax(logProbs.data, logits.data, T, K);
  const { logScore, occupancy } = fullSum(logProbs, topology, {}, alloc);
  if (logScore > -Infinity) {
    softmaxMinus(dLogits.data, logProbs.data, occupancy.data);
  }
  return { loss: -logScore, dLogits, softAlignment: occupancy };
}

/** The CTC loss of a batch. */
export interface CtcBatchLoss {
  /** Mean loss over the sequences whose target fits, nats; `Infinity` if none does. */
  loss: number;
  /** [N, K] gradient of that mean with respect to the logits */
  dLogits: Sequences;
  /** How many targets do not fit into their frames. */
  infeasible: number;
}

/**
 * The mean {@link ctcLoss} over the sequences of a batch. Sequences whose target does not fit are
 * counted, get a zero gradient and stay out of the mean.
 *
 * @param logits [N, K] scores before the softmax.
 * @param targets One target per sequence.
 * @throws {RangeError} As {@link ctcLoss}, and if there is not one target per sequence.
 */
export function ctcBatchLoss(
  logits: Sequences,
  targets: readonly (readonly number[])[],
  options: { blank?: number } = {},
  alloc: Allocate = matrix,
): CtcBatchLoss {
  const B = batchSize(logits);
  if (targets.length !== B) {
    throw new RangeError(
      `Cannot compute the CTC loss of a batch as there must be one target for each of its ` +
        `${B} sequences: there are ${targets.length}`,
    );
  }
  const frames = alloc(logits.frames.rows, logits.frames.cols);
  let sum = 0, fitting = 0;
  targets.forEach((target, b) => {
    const { loss, dLogits } = inSequence(
      b,
      () => ctcLoss(sequenceAt(logits, b), target, options, alloc),
    );
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
function inSequence<T>(b: number, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) error.message = `Sequence ${b}: ${error.message}`;
    throw error;
  }
}
