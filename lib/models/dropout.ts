import { type Matrix, matrix } from "../numeric/mod.ts";
import { requireRng } from "./context.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";

/** What the backward pass of dropout needs. */
export interface DropoutCache {
  /** [N, D] 0 where a value was dropped, 1/(1 - p) elsewhere; none where all passed as they are */
  readonly mask?: Matrix;
}

/**
 * Drops every value with probability p while training, and scales the others so that the mean
 * stays: y = m ∘ x with m = 0 or 1/(1 - p). Otherwise, and at p = 0, y = x and no chance is drawn.
 * Every frame has a mask of its own; it has no weights.
 *
 * @param D Width of the input and the output.
 * @param p Probability of being dropped, from 0 to below 1.
 * @throws {RangeError} If the width or the probability is out of range.
 * @throws {TypeError} Forwards while training, if `ctx.rng` is missing.
 *
 * @example
 * ```ts
 * import { dropout } from "lib/models/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = dropout(4, 0.5), x = sequences([matrix(1, 4, [1, 2, 3, 4])]);
 * const { y } = layer.forward({}, x, { training: true, rng: new RandomState(1) });
 * assertEquals([...y.frames.data], [0, 4, 0, 0]);
 * assertEquals([...layer.forward({}, x).y.frames.data], [1, 2, 3, 4]);
 * ```
 *
 * Source: Srivastava et al. 2014, section 4, with the factor of section 10 in training instead.
 */
export function dropout(D: number, p: number): Layer<DropoutCache> {
  const name = `dropout(${D}, ${p})`;
  requireUnits(name, "D", D);
  if (!(Number.isFinite(p) && p >= 0 && p < 1)) {
    throw new RangeError(
      `Cannot make ${name} as p must be from 0 to below 1: current value is ${p}`,
    );
  }
  return {
    inputs: D,
    outputs: D,
    frames: (T) => T,
    init: () => ({}),
    forward(_params, x, ctx = {}) {
      requireWidth(name, x, D);
      if (!ctx.training || p === 0) return { y: x, cache: {} };
      const { alloc = matrix } = ctx, rng = requireRng(name, ctx);
      const { data, rows } = x.frames;
      const mask = alloc(rows, D), y = alloc(rows, D);
      for (let i = 0; i < data.length; i++) {
        mask.data[i] = rng.random() < p ? 0 : 1 / (1 - p);
        y.data[i] = mask.data[i] * data[i];
      }
      return { y: { frames: y, offsets: x.offsets }, cache: { mask } };
    },
    step: () => (y) => ({ y, state: undefined }),
    backward(_params, { mask }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, D, mask?.rows);
      return {
        grads: {},
        dx() {
          if (mask === undefined) return dy;
          const frames = alloc(mask.rows, D);
          for (let i = 0; i < mask.data.length; i++) {
            frames.data[i] = mask.data[i] * dy.frames.data[i];
          }
          return { frames, offsets: dy.offsets };
        },
      };
    },
  };
}
