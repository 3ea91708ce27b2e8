import { gluBackward, gluForward, swishBackward, swishForward } from "../numeric/kernels/mod.ts";
import { matrix, type Sequences, unset } from "../numeric/mod.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";

/** What the backward pass of a function without weights needs. */
export interface ActivationCache {
  /** The input. */
  readonly x: Sequences;
}

/** y and dx of N frames, written. */
interface Passes {
  forward(y: Float64Array, x: Float64Array, N: number): void;
  backward(dx: Float64Array, dy: Float64Array, x: Float64Array, N: number): void;
}

/**
 * y = max(0, x), every value alone. It has no weights.
 *
 * @param D Width of the input and the output.
 * @throws {RangeError} If D is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { relu } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { y } = relu(2).forward({}, sequences([matrix(1, 2, [-1, 3])]));
 * assertEquals([...y.frames.data], [0, 3]);
 * ```
 */
export function relu(D: number): Layer<ActivationCache> {
  return activation(`relu(${D})`, D, D, {
    forward(y, x) {
      for (let i = 0; i < x.length; i++) y[i] = x[i] > 0 ? x[i] : 0;
    },
    backward(dx, dy, x) {
      for (let i = 0; i < x.length; i++) dx[i] = x[i] > 0 ? dy[i] : 0;
    },
  });
}

/**
 * y = x σ(x), every value alone: Swish, also called SiLU. It has no weights.
 *
 * @param D Width of the input and the output.
 * @throws {RangeError} If D is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { swish } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { y } = swish(2).forward({}, sequences([matrix(1, 2, [0, 1000])]));
 * assertEquals([...y.frames.data], [0, 1000]);
 * ```
 *
 * Source: Ramachandran et al. 2017, "Searching for Activation Functions".
 */
export function swish(D: number): Layer<ActivationCache> {
  return activation(`swish(${D})`, D, D, {
    forward: (y, x) => swishForward(y, x),
    backward: (dx, dy, x) => swishBackward(dx, dy, x),
  });
}

/**
 * A gated linear unit: y = a ∘ σ(b) for x = [a | b]. It has no weights.
 *
 * @param D Width of the output; that of the input is 2D.
 * @throws {RangeError} If D is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { glu } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { y } = glu(1).forward({}, sequences([matrix(2, 2, [3, 0, 3, -1000])]));
 * assertEquals([...y.frames.data], [1.5, 0]);
 * ```
 *
 * Source: Dauphin et al. 2017, "Language Modeling with Gated Convolutional Networks".
 */
export function glu(D: number): Layer<ActivationCache> {
  return activation(`glu(${D})`, 2 * D, D, {
    forward: (y, x, N) => gluForward(y, x, N, D),
    backward: (dx, dy, x, N) => gluBackward(dx, dy, x, N, D),
  });
}

function activation(
  name: string,
  inputs: number,
  outputs: number,
  { forward, backward }: Passes,
): Layer<ActivationCache> {
  requireUnits(name, "D", outputs);
  return {
    inputs,
    outputs,
    frames: (T) => T,
    init: () => ({}),
    forward(_params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, inputs);
      const y = unset(alloc, x.frames.rows, outputs);
      forward(y.data, x.frames.data, y.rows);
      return { y: { frames: y, offsets: x.offsets }, cache: { x } };
    },
    backward(_params, { x }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, outputs, x.frames.rows);
      return {
        grads: {},
        dx() {
          const dx = unset(alloc, x.frames.rows, inputs);
          backward(dx.data, dy.frames.data, x.frames.data, dx.rows);
          return { frames: dx, offsets: x.offsets };
        },
      };
    },
  };
}
