import { matmul, matmulTransposeA, matmulTransposeB, sumRows } from "../numeric/kernels/mod.ts";
import {
  type Allocate,
  type Matrix,
  matrix,
  paramAt,
  type RandomState,
  type Sequences,
  unset,
} from "../numeric/mod.ts";
import { addProduct } from "./frame_step.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";

/**
 * A linear layer, y = x W + b, on every frame alone.
 *
 * Weights: W [D, K], drawn from a Gaussian of deviation 1/√D; b [1, K], zero.
 *
 * @param D Width of the input.
 * @param K Width of the output.
 * @throws {RangeError} If a size is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { linear } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const params = { W: matrix(2, 1, [1, 10]), b: matrix(1, 1, [0.5]) };
 * const { y } = linear(2, 1).forward(params, sequences([matrix(1, 2, [3, 4])]));
 * assertEquals(y.frames.data[0], 43.5);
 * ```
 */
export function linear(D: number, K: number): Layer<{ x: Sequences }> {
  const name = `linear(${D}, ${K})`;
  requireUnits(name, "D", D);
  requireUnits(name, "K", K);
  return {
    inputs: D,
    outputs: K,
    frames: (T) => T,
    init: (rng) => ({ W: gaussian(rng, D, K, 1 / Math.sqrt(D)), b: matrix(1, K) }),
    forward(params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, D);
      const W = paramAt(params, "W", D, K), b = paramAt(params, "b", 1, K);
      const frames = unset(alloc, x.frames.rows, K);
      matmul(frames.data, x.frames.data, W.data, frames.rows, D, K, b.data);
      return { y: { frames, offsets: x.offsets }, cache: { x } };
    },
    step(params) {
      const W = paramAt(params, "W", D, K), b = paramAt(params, "b", 1, K);
      return (x) => ({ y: addProduct(b.data.slice(), x, W.data), state: undefined });
    },
    backward(params, { x }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, K, x.frames.rows);
      const W = paramAt(params, "W", D, K);
      return affineBackward(x, W, dy.frames, "W", alloc);
    },
  };
}

/** A [rows, cols] matrix of Gaussians with the given deviation, drawn row by row. */
export function gaussian(
  rng: RandomState,
  rows: number,
  cols: number,
  deviation: number,
): Matrix {
  const m = matrix(rows, cols);
  for (let i = 0; i < m.data.length; i++) m.data[i] = rng.randn() * deviation;
  return m;
}

/** dW = xᵀ dy, db = Σ dy over the frames, dx = dy Wᵀ; `name` is the name of W. */
export function affineBackward(
  x: Sequences,
  W: Matrix,
  dy: Matrix,
  name: string,
  alloc: Allocate = matrix,
): { grads: Record<string, Matrix>; dx: () => Sequences } {
  const { rows: D, cols: K } = W;
  const N = x.frames.rows;
  const dW = alloc(D, K), db = alloc(1, K);
  matmulTransposeA(dW.data, x.frames.data, dy.data, D, N, K);
  sumRows(db.data, dy.data, N, K);
  return {
    grads: { [name]: dW, b: db },
    dx() {
      const frames = unset(alloc, N, D), start = new Float64Array(D);
      matmulTransposeB(frames.data, dy.data, W.data, N, K, D, start);
      return { frames, offsets: x.offsets };
    },
  };
}
