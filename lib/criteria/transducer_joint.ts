import {
  latticeGradient,
  matmul,
  matmulTransposeA,
  matmulTransposeB,
  sumRows,
  tanhOfSums,
  transducerSteps,
} from "../numeric/kernels/mod.ts";
import {
  type Allocate,
  fillRows,
  type Matrix,
  matrix,
  requireFinite,
  rowSlice,
  unset,
  withWorkspace,
} from "../numeric/mod.ts";
import {
  emptyLattice,
  type LatticeScores,
  latticeSum,
  requireTarget,
  type TransducerLattice,
} from "./transducer_lattice.ts";

/** The output of a joint network: logits(t, u) = tanh(encoded[t] + predicted[u]) W + b. */
export interface JointOutput {
  /** [J, K] */
  readonly W: Matrix;
  /** [1, K] */
  readonly b: Matrix;
}

/** What the two networks say of a sequence, and how they are joined. */
export interface JointInput {
  /** [T, J] */
  readonly encoded: Matrix;
  /** [U + 1, J], after none of the labels, the first, … all of them */
  readonly predicted: Matrix;
  /** The layer that both go through. */
  readonly output: JointOutput;
}

/** The gradient of a loss with respect to all that is joined, same shapes. */
export interface JointGradients {
  /** [T, J] */
  readonly encoded: Matrix;
  /** [U + 1, J] */
  readonly predicted: Matrix;
  /** [J, K] */
  readonly W: Matrix;
  /** [1, K] */
  readonly b: Matrix;
}

/** How a joint network is gone through. */
export interface JointOptions {
  /** The blank label; defaults to 0. */
  readonly blank?: number;
  /** Frames at a time; defaults to as many as make about 2^18 values, which a cache holds. */
  readonly stripe?: number;
}

/**
 * The transducer loss from the joint network's two sides, by stripes of frames: the loss and gradients
 * of {@link transducerLoss} over the logits tanh(encoded[t] + predicted[u]) W + b, of which no more
 * than a stripe is ever held. Memory is O(stripe · U · (J + K) + T · (U + J)); a target that takes
 * more than one stripe costs the joint network a second time forwards.
 *
 * @returns The loss, nats, and its gradients; they are zero where the loss is `Infinity`.
 * @throws {RangeError} If a size does not fit, there is no frame, a value is NaN or ±Infinity, or a
 * label is out of range or blank.
 *
 * @example
 * ```ts
 * import { transducerJointLoss } from "lib/criteria/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const output = { W: matrix(3, 2), b: matrix(1, 2) };
 * const input = { encoded: matrix(2, 3), predicted: matrix(2, 3), output };
 * assertAlmostEquals(transducerJointLoss(input, [1]).loss, -Math.log(2 / 8));
 * ```
 *
 * Source: Graves 2012; Graves, Mohamed & Hinton 2013, section 3.2, for the joint network.
 */
export function transducerJointLoss(
  input: JointInput,
  targets: readonly number[],
  options: JointOptions = {},
  alloc: Allocate = matrix,
): { loss: number; grads: JointGradients } {
  const { encoded, predicted, output: { W, b } } = input;
  const like = ({ rows, cols }: Matrix) => alloc(rows, cols);
  const grads = {
    encoded: like(encoded),
    predicted: like(predicted),
    W: like(W),
    b: like(b),
  };
  return { loss: addJointLoss(grads, input, targets, options), grads };
}

/**
 * {@link transducerJointLoss}, whose gradients are added to `into`.
 *
 * @returns The loss, nats.
 */
export function addJointLoss(
  into: JointGradients,
  input: JointInput,
  targets: readonly number[],
  options: JointOptions = {},
): number {
  requireJoint(input, targets, options);
  const lattice = emptyLattice(input.encoded.rows, targets, options.blank ?? 0);
  return withStripes(input, lattice, options.stripe, (stripes) => {
    for (let t = 0; t < input.encoded.rows; t += stripes.frames) stripes.forward(t);
    const sum = latticeSum(lattice);
    if (sum.logProb === -Infinity) return Infinity;
    addLatticeGradient(into, stripes, lattice, sum);
    return -sum.logProb;
  });
}

/** The joint network over one lattice, a stripe of frames at a time. */
export interface JointStripes {
  /** What is joined. */
  readonly input: JointInput;
  /** Frames of a stripe; the last may have fewer. */
  readonly frames: number;
  /**
   * The stripe from frame t on, whose log-probabilities go into the lattice. The next call takes the
   * room of this one.
   *
   * @returns hidden [n, J], and probs [n, K], the softmax, to be overwritten with a gradient.
   */
  forward(t: number): { hidden: Matrix; probs: Matrix };
}

/** Lends the room for one stripe of a lattice. */
export function withStripes<R>(
  input: JointInput,
  { blanks, labels, targets, blank }: TransducerLattice,
  stripe: number | undefined,
  work: (stripes: JointStripes) => R,
): R {
  const { encoded, output: { W, b } } = input;
  const T = encoded.rows, C = targets.length, { rows: J, cols: K } = W;
  const predicted = rowSlice(input.predicted, 0, C);
  const frames = Math.min(T, stripe ?? Math.ceil(2 ** 18 / (C * (J + K))));
  return withWorkspace((alloc) => {
    const room = { hidden: unset(alloc, frames * C, J), probs: unset(alloc, frames * C, K) };
    let held = -1;
    return work({
      input,
      frames,
      forward(t) {
        const rows = Math.min(frames, T - t) * C, from = t * C;
        const hidden = rowSlice(room.hidden, 0, rows), probs = rowSlice(room.probs, 0, rows);
        if (held !== t) {
          const part = rowSlice(encoded, t, t + rows / C);
          tanhOfSums(hidden.data, part.data, predicted.data, J);
          fillRows(probs, b.data);
          matmul(probs.data, hidden.data, W.data, rows, J, K);
          const [onBlank, onLabel] = [blanks, labels].map((to) => to.subarray(from, from + rows));
          transducerSteps(probs.data, onBlank, onLabel, probs.data, targets, 0, K, blank);
        }
        held = t;
        return { hidden, probs };
      },
    });
  });
}

/**
 * Adds the gradient of a lattice's -log sum with respect to all that is joined, from the last stripe,
 * which may still be held, to the first.
 *
 * @param options.maskBlank Sets the gradient of blank's logit to 0 on its way back; defaults to false.
 */
export function addLatticeGradient(
  into: JointGradients,
  { input, frames, forward }: JointStripes,
  { blank, targets, end, blanks, labels }: TransducerLattice,
  { alpha, beta }: LatticeScores,
  options: { maskBlank?: boolean } = {},
): void {
  const T = input.encoded.rows, C = targets.length, { W } = input.output;
  const { rows: J, cols: K } = W;
  for (let t = Math.floor((T - 1) / frames) * frames; t >= 0; t -= frames) {
    const { hidden, probs } = forward(t), { rows } = probs;
    const d = probs.data;
    latticeGradient(d, alpha, beta, blanks, labels, targets, t * C, K, blank, end);
    if (options.maskBlank) { for (let i = blank; i < d.length; i += K) d[i] = 0; }
    matmulTransposeA(into.W.data, hidden.data, d, J, rows, K);
    sumRows(into.b.data, d, rows, K);
    withWorkspace((alloc) => {
      const dHidden = alloc(rows, J).data;
      matmulTransposeB(dHidden, d, W.data, rows, K, J);
      addSums(into, hidden.data, dHidden, t, C, J);
    });
  }
}

/** Through tanh and the sum of both sides, of all rows from frame t on. */
function addSums(
  { encoded, predicted }: JointGradients,
  hidden: Float64Array,
  dHidden: Float64Array,
  t: number,
  C: number,
  J: number,
): void {
  for (let row = 0, u = 0; row < hidden.length; row += J) {
    const frame = t * J, column = u * J;
    for (let j = 0; j < J; j++) {
      const h = hidden[row + j], dz = dHidden[row + j] * (1 - h * h);
      encoded.data[frame + j] += dz;
      predicted.data[column + j] += dz;
    }
    if (++u === C) [u, t] = [0, t + 1];
  }
}

function requireJoint(
  { encoded, predicted, output: { W, b } }: JointInput,
  targets: readonly number[],
  { blank = 0, stripe = 1 }: JointOptions,
): void {
  const refuse = (reason: string): never => {
    throw new RangeError(`Cannot compute the transducer loss as ${reason}`);
  };
  const { rows: J, cols: K } = W, U = targets.length;
  if (encoded.rows < 1) refuse("there must be at least one frame: there are 0");
  if (!Number.isSafeInteger(stripe) || stripe < 1) {
    refuse(`stripe must be a whole number >= 1: current value is ${stripe}`);
  }
  const shapes: [string, Matrix, number, number][] = [
    ["encoded", encoded, encoded.rows, J],
    ["predicted", predicted, U + 1, J],
    ["b", b, 1, K],
  ];
  for (const [name, { rows, cols }, dueRows, dueCols] of shapes) {
    if (rows === dueRows && cols === dueCols) continue;
    refuse(`${name} must have shape [${dueRows}, ${dueCols}]: it has [${rows}, ${cols}]`);
  }
  requireTarget(targets, blank, K);
  requireFinite("The encoder's output", encoded);
  requireFinite("The prediction network's output", predicted);
  requireFinite("The output layer's W", W);
  requireFinite("The output layer's b", b);
}
