import { type Matrix, matrix } from "../numeric/mod.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";

/**
 * y = tanh(x), every value alone. It has no weights.
 *
 * @param D Width of the input and the output.
 * @throws {RangeError} If D is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { tanh } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { y } = tanh(2).forward({}, sequences([matrix(1, 2, [0, 1])]));
 * assertEquals([...y.frames.data], [0, Math.tanh(1)]);
 * ```
 */
export function tanh(D: number): Layer<{ y: Matrix }> {
  const name = `tanh(${D})`;
  requireUnits(name, "D", D);
  return {
    inputs: D,
    outputs: D,
    frames: (T) => T,
    init: () => ({}),
    forward(_params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, D);
      const y = alloc(x.frames.rows, D);
      for (let i = 0; i < y.data.length; i++) y.data[i] = Math.tanh(x.frames.data[i]);
      return { y: { frames: y, offsets: x.offsets }, cache: { y } };
    },
    step: () => (x) => ({ y: x.map(Math.tanh), state: undefined }),
    backward(_params, { y }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, D, y.rows);
      return {
        grads: {},
        dx() {
          const frames = alloc(y.rows, D);
          for (let i = 0; i < y.data.length; i++) {
            frames.data[i] = dy.frames.data[i] * (1 - y.data[i] * y.data[i]);
          }
          return { frames, offsets: dy.offsets };
        },
      };
    },
  };
}
