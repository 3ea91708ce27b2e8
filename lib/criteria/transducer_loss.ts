import { latticeGradient, transducerSteps } from "../numeric/kernels/mod.ts";
import {
  allFinite,
  type Allocate,
  type Matrix,
  matrix,
  requireFinite,
  rowSlice,
  unset,
} from "../numeric/mod.ts";
import { emptyLattice, latticeSum, requireTarget } from "./transducer_lattice.ts";

/** Values of a part of the logits. */
const PART = 2 ** 13;

/** The transducer loss of one sequence. */
export interface TransducerLoss {
  /** -log p(targets | x), nats; `Infinity` if every path has a probability of 0. */
  loss: number;
  /** [T · (U + 1), K] gradient with respect to the logits; zero where the loss is `Infinity` */
  dLogits: Matrix;
}

/**
 * The loss of a transducer: the negative log-probability of a target, summed over all ways to spread
 * its labels over the frames, several at one frame or none, with a blank after every frame.
 *
 * loss = -log Σ_paths Π softmax(logits[t, u])[step];
 * ∂loss/∂logits[t, u] = (blank share + label share) softmax(logits[t, u]) - the shares themselves
 *
 * where a share is the part of the sum that takes a step at (t, u). From one frame on every target
 * fits, the empty one too; its loss is that of blanks alone. Memory is O(T · U · K), for the gradient
 * and the softmax in one; {@link transducerJointLoss} never holds as much.
 *
 * @param logits [T · (U + 1), K] scores before the softmax; (t, u) is row t · (U + 1) + u.
 * @param T Frames, a whole number >= 1.
 * @param U Labels of the target.
 * @param targets U labels from 0 to K - 1 other than blank; may be empty.
 * @param options.blank The blank label; defaults to 0.
 * @throws {RangeError} If T or U is out of range, there are not U targets or T · (U + 1) rows, a
 * logit is NaN or ±Infinity, or a label is out of range or blank.
 *
 * @example
 * ```ts
 * import { transducerLoss } from "lib/criteria/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Two frames, one label, all steps equally likely: aεε and εaε, of three steps each.
 * const { loss } = transducerLoss(matrix(4, 2), 2, 1, [1]);
 * assertAlmostEquals(loss, -Math.log(2 / 8));
 * ```
 *
 * Source: Graves 2012, "Sequence Transduction with Recurrent Neural Networks", eqs. 11 to 20.
 */
export function transducerLoss(
  logits: Matrix,
  T: number,
  U: number,
  targets: readonly number[],
  options: { blank?: number } = {},
  alloc: Allocate = matrix,
): TransducerLoss {
  const { blank = 0 } = options;
  requireShape(logits, T, U, targets);
  requireTarget(targets, blank, logits.cols);
  const lattice = emptyLattice(T, targets, blank);
  const probs = unset(alloc, logits.rows, logits.cols);
  const { data } = probs, K = logits.cols;
  const { blanks, labels, targets: next, end } = lattice;
  // Part by part, so that copies of logits that are not where kernels work stay in the cache.
  const rows = Math.ceil(PART / K);
  for (let from = 0; from < logits.rows; from += rows) {
    const to = Math.min(logits.rows, from + rows), part = rowSlice(logits, from, to);
    const [onBlank, onLabel] = [blanks, labels].map((all) => all.subarray(from, to));
    transducerSteps(
      data.subarray(from * K, to * K),
      onBlank,
      onLabel,
      part.data,
      next,
      from,
      K,
      blank,
    );
  }
  if (!allFinite(blanks)) requireFinite("The logits", logits);
  const { logProb, alpha, beta } = latticeSum(lattice);
  if (logProb === -Infinity) {
    data.fill(0);
    return { loss: Infinity, dLogits: probs };
  }
  latticeGradient(data, alpha, beta, blanks, labels, next, 0, K, blank, end);
  return { loss: -logProb, dLogits: probs };
}

function requireShape(
  { data, rows, cols: K }: Matrix,
  T: number,
  U: number,
  targets: readonly number[],
): void {
  const refuse = (reason: string): never => {
    throw new RangeError(`Cannot compute the transducer loss as ${reason}`);
  };
  if (!Number.isSafeInteger(T) || T < 1) {
    refuse(`T must be a whole number >= 1: current value is ${T}`);
  }
  if (!Number.isSafeInteger(U) || U < 0) {
    refuse(`U must be a whole number >= 0: current value is ${U}`);
  }
  if (targets.length !== U) refuse(`there must be U = ${U} targets: there are ${targets.length}`);
  if (rows !== T * (U + 1) || data.length !== rows * K) {
    refuse(
      `logits must have T (U + 1) = ${T * (U + 1)} rows of ${K} values: ` +
        `there are ${rows} rows and ${data.length} values`,
    );
  }
}
