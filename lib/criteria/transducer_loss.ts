import { logSoftmax, softmaxMinus } from "../numeric/kernels/mod.ts";
import {
  type Allocate,
  type Matrix,
  matrix,
  requireFinite,
  requireLabel,
  rowSlice,
} from "../numeric/mod.ts";
import { type LatticeSum, latticeSum, type TransducerLattice } from "./transducer_lattice.ts";

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
 * and the log-probabilities in one; {@link transducerJointLoss} never holds as much.
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
  requireFinite("The logits", logits);
  const logProbs = alloc(logits.rows, logits.cols);
  logSoftmax(logProbs.data, logits.data, logits.rows, logits.cols);
  const lattice = emptyLattice(T, U + 1);
  readSteps(lattice, logProbs, targets, blank, 0);
  const sum = latticeSum(lattice);
  intoGradient(logProbs, sum, targets, blank, 0);
  return { loss: sum.logProb === -Infinity ? Infinity : -sum.logProb, dLogits: logProbs };
}

/** A lattice without any path. */
export function emptyLattice(T: number, columns: number): TransducerLattice {
  const none = () => new Float64Array(T * columns).fill(-Infinity);
  return { T, columns, blank: none(), label: none() };
}

/**
 * Fills a lattice from log-probabilities.
 *
 * @param logProbs [n, K] nats, rows `from` … from + n - 1 of all
 * @param targets The label of every column but the last, or of all.
 */
export function readSteps(
  { columns: C, blank: blanks, label: labels }: TransducerLattice,
  { data, rows, cols: K }: Matrix,
  targets: readonly number[],
  blank: number,
  from: number,
): void {
  for (let n = 0; n < rows; n++) {
    const u = (from + n) % C;
    blanks[from + n] = data[n * K + blank];
    if (u < targets.length) labels[from + n] = data[n * K + targets[u]];
  }
}

/** Rows of shares that are laid out at a time. */
const STRETCH = 64;

/**
 * Turns log-probabilities into the gradient of a sum's negative log with respect to the logits, in
 * place: (b + a) p[k] - b [k is blank] - a [k is the label], of the shares b and a.
 *
 * @param logProbs [n, K] nats, rows `from` … from + n - 1 of all
 */
export function intoGradient(
  logProbs: Matrix,
  { blankShare, labelShare }: LatticeSum,
  targets: readonly number[],
  blank: number,
  from: number,
  columns: number = targets.length + 1,
): void {
  const { rows, cols: K } = logProbs;
  const shares = new Float64Array(Math.min(rows, STRETCH) * K);
  for (let start = 0; start < rows; start += STRETCH) {
    const part = rowSlice(logProbs, start, Math.min(rows, start + STRETCH));
    shares.fill(0);
    for (let n = 0; n < part.rows; n++) {
      const at = from + start + n, u = at % columns;
      const [b, a] = [blankShare[at], labelShare[at]];
      shares[n * K + blank] = b;
      if (u < targets.length) shares[n * K + targets[u]] += a;
      const log = Math.log(b + a);
      for (let i = n * K; i < (n + 1) * K; i++) part.data[i] += log;
    }
    softmaxMinus(part.data, part.data, shares.subarray(0, part.data.length));
  }
}

/**
 * Checks the labels of a target.
 *
 * @throws {RangeError} Naming the first that is blank or none of K, or a blank that is none.
 */
export function requireTarget(targets: readonly number[], blank: number, K: number): void {
  const what = "compute the transducer loss";
  requireLabel(what, "blank", blank, K);
  targets.forEach((label, u) => {
    requireLabel(what, `label ${u}`, label, K);
    if (label !== blank) return;
    throw new RangeError(
      `Cannot ${what} as labels must differ from blank (${blank}): label ${u} is ${label}`,
    );
  });
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
