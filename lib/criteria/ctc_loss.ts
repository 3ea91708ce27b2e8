import { ctcTopology } from "../alignment/mod.ts";
import { type Allocate, batchSize, type Matrix, matrix, type Sequences } from "../numeric/mod.ts";
import { fullSumBatchLoss, fullSumLoss, inSequence } from "./full_sum_loss.ts";

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
  return fullSumLoss(logits, ctcTopology(target, options), {}, alloc);
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
 * With label smoothing ε the loss of a sequence is (1 - ε) ctcLoss + ε Σₜ H(u, pₜ), where u is
 * uniform over the K labels, blank among them, and H(u, p) = KL(u ‖ p) + log K.
 *
 * @param logits [N, K] scores before the softmax.
 * @param targets One target per sequence.
 * @param options.blank The blank label; defaults to 0.
 * @param options.labelSmoothing ε, from 0 to below 1; defaults to 0.
 * @throws {RangeError} As {@link ctcLoss}, and if there is not one target per sequence, or ε is out
 * of range.
 *
 * @example
 * ```ts
 * import { ctcBatchLoss } from "lib/criteria/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const logits = sequences([matrix(2, 2), matrix(1, 2)]);
 * const { loss, infeasible } = ctcBatchLoss(logits, [[1], [1, 1]]);
 * assertAlmostEquals(loss, -Math.log(3 / 4)); // the second target does not fit into one frame
 * assertEquals(infeasible, 1);
 * ```
 */
export function ctcBatchLoss(
  logits: Sequences,
  targets: readonly (readonly number[])[],
  options: { blank?: number; labelSmoothing?: number } = {},
  alloc: Allocate = matrix,
): CtcBatchLoss {
  const { blank, labelSmoothing } = options;
  const B = batchSize(logits);
  if (targets.length !== B) {
    throw new RangeError(
      `Cannot compute the CTC loss of a batch as there must be one target for each of its ` +
        `${B} sequences: there are ${targets.length}`,
    );
  }
  const topologies = targets.map((target, b) =>
    inSequence(b, () => ctcTopology(target, { blank }))
  );
  return fullSumBatchLoss(logits, topologies, { labelSmoothing }, alloc);
}
