import {
  layerNormBackward,
  layerNormForward,
  sumProducts,
  sumRows,
} from "../numeric/kernels/mod.ts";
import { type Matrix, matrix, paramAt, unset } from "../numeric/mod.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";

/** What the backward pass of a layer normalisation needs. */
export interface LayerNormCache {
  /** [N, D] frames of mean 0 and variance 1 */
  readonly normal: Matrix;
  /** [N, 1] what each frame was multiplied with */
  readonly inverse: Matrix;
}

/**
 * Brings every frame to mean 0 and variance 1, then scales and shifts every value:
 *
 * y = (x - mean) / √(variance + ε) ∘ scale + shift
 *
 * Weights: scale [1, D], ones; shift [1, D], zero.
 *
 * @param D Width of the input and the output.
 * @param options.epsilon ε; defaults to 1e-5.
 * @throws {RangeError} If D is not a whole number >= 1, or ε not above 0.
 *
 * @example
 * ```ts
 * import { layerNorm } from "lib/models/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const layer = layerNorm(2), params = layer.init(new RandomState(0));
 * const { y } = layer.forward(params, sequences([matrix(1, 2, [300, 700])]));
 * assertAlmostEquals(y.frames.data[0], -1);
 * assertAlmostEquals(y.frames.data[1], 1);
 * ```
 *
 * Source: Ba et al. 2016, "Layer Normalization", eq. 4.
 */
export function layerNorm(D: number, options: { epsilon?: number } = {}): Layer<LayerNormCache> {
  const { epsilon = 1e-5 } = options;
  const name = `layerNorm(${D})`;
  requireUnits(name, "D", D);
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new RangeError(
      `Cannot make ${name} as epsilon must be a finite number above 0: current value is ${epsilon}`,
    );
  }
  return {
    inputs: D,
    outputs: D,
    frames: (T) => T,
    init: () => ({ scale: matrix(1, D, Array(D).fill(1)), shift: matrix(1, D) }),
    forward(params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, D);
      const { data: scale } = paramAt(params, "scale", 1, D);
      const { data: shift } = paramAt(params, "shift", 1, D);
      const N = x.frames.rows, { data } = x.frames;
      const y = unset(alloc, N, D), normal = unset(alloc, N, D), inverse = unset(alloc, N, 1);
      layerNormForward(y.data, normal.data, inverse.data, data, scale, shift, N, D, epsilon);
      return { y: { frames: y, offsets: x.offsets }, cache: { normal, inverse } };
    },
    backward(params, { normal, inverse }, dy, { alloc = matrix } = {}) {
      const N = normal.rows;
      requireWidth(`${name} backwards`, dy, D, N);
      const { data: scale } = paramAt(params, "scale", 1, D), { data } = dy.frames;
      const dScale = alloc(1, D), dShift = alloc(1, D);
      sumProducts(dScale.data, data, normal.data, N, D);
      sumRows(dShift.data, data, N, D);
      return {
        grads: { scale: dScale, shift: dShift },
        dx() {
          const dx = unset(alloc, N, D);
          layerNormBackward(dx.data, data, normal.data, inverse.data, scale, N, D);
          return { frames: dx, offsets: dy.offsets };
        },
      };
    },
  };
}
