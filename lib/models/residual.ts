import { addScaled } from "../numeric/kernels/mod.ts";
import { type Allocate, type Matrix, matrix, unset } from "../numeric/mod.ts";
import { keepsFrames, type Layer, requireWidth } from "./layer.ts";

/**
 * A layer with a way around it: y = x + scale · layer(x).
 *
 * Weights: those of the layer.
 *
 * @param layer A layer as wide at both ends, that gives one frame for each it takes.
 * @param options.scale Factor of the layer, such as 1/2 in a Conformer; defaults to 1.
 * @throws {RangeError} If the layer is of another shape, or the scale not finite.
 *
 * @example
 * ```ts
 * import { residual, tanh } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { y } = residual(tanh(1), { scale: 0.5 }).forward({}, sequences([matrix(1, 1, [2])]));
 * assertEquals([...y.frames.data], [2 + Math.tanh(2) / 2]);
 * ```
 *
 * Source: He et al. 2016, "Deep Residual Learning for Image Recognition", eq. 1.
 */
export function residual<Cache>(
  layer: Layer<Cache>,
  options: { scale?: number } = {},
): Layer<Cache> {
  const { scale = 1 } = options;
  const { inputs: D, outputs } = layer;
  const name = `residual(${scale})`;
  if (outputs !== D || !keepsFrames(layer)) {
    throw new RangeError(
      `Cannot make ${name} as its layer must give as many values and frames as it takes: ` +
        `it gives ${outputs} values for ${D}, and ${layer.frames(1000)} frames for 1000`,
    );
  }
  if (!Number.isFinite(scale)) {
    throw new RangeError(
      `Cannot make ${name} as scale must be a finite number: current value is ${scale}`,
    );
  }
  return {
    inputs: D,
    outputs: D,
    frames: (T) => T,
    init: (rng) => layer.init(rng),
    forward(params, x, ctx = {}) {
      requireWidth(name, x, D);
      const { y, cache } = layer.forward(params, x, ctx);
      const frames = sum(x.frames, y.frames, scale, ctx.alloc);
      return { y: { frames, offsets: x.offsets }, cache };
    },
    backward(params, cache, dy, ctx = {}) {
      requireWidth(`${name} backwards`, dy, D);
      const { alloc = matrix } = ctx;
      const above = scale === 1 ? dy.frames : unset(alloc, dy.frames.rows, D);
      if (scale !== 1) {
        for (let i = 0; i < above.data.length; i++) above.data[i] = scale * dy.frames.data[i];
      }
      const back = layer.backward(params, cache, { ...dy, frames: above }, ctx);
      return {
        grads: back.grads,
        dx: () => ({ ...dy, frames: sum(dy.frames, back.dx().frames, 1, alloc) }),
      };
    },
  };
}

/** a + scale · b */
function sum(a: Matrix, b: Matrix, scale: number, alloc: Allocate = matrix): Matrix {
  const out = unset(alloc, a.rows, a.cols);
  addScaled(out.data, a.data, b.data, scale);
  return out;
}
