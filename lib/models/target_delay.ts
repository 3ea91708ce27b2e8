import { matrix, type Sequences } from "../numeric/mod.ts";
import { keepsFrames, type Layer, requireWidth } from "./layer.ts";

/**
 * Lets a layer hear `delay` more frames before it speaks: y_t = layer(x)_{t + delay}, where every
 * sequence is followed by that many frames of zeros. Input and output have the same number of
 * frames, so that targets stay where they are.
 *
 * Weights: those of the layer.
 *
 * @param layer A layer that gives one frame for each it takes.
 * @param delay Number of frames, a whole number >= 0; 0 is the layer itself.
 * @throws {RangeError} If the delay is anything else, or the layer gives fewer frames.
 *
 * @example
 * ```ts
 * import { frameWindow, targetDelay } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { y } = targetDelay(frameWindow(1, 0), 2).forward({}, sequences([matrix(3, 1, [1, 2, 3])]));
 * assertEquals([...y.frames.data], [3, 0, 0]);
 * ```
 *
 * Source: Graves & Schmidhuber 2005, section 2.3, "task specific target delay".
 */
export function targetDelay<Cache>(layer: Layer<Cache>, delay: number): Layer<Cache> {
  const name = `targetDelay(${delay})`;
  if (!Number.isInteger(delay) || delay < 0) {
    throw new RangeError(
      `Cannot make ${name} as delay must be a whole number >= 0: current value is ${delay}`,
    );
  }
  if (!keepsFrames(layer)) {
    throw new RangeError(
      `Cannot make ${name} as its layer must give one frame for each it takes: ` +
        `it gives ${layer.frames(1000)} for 1000`,
    );
  }
  return {
    inputs: layer.inputs,
    outputs: layer.outputs,
    frames: (T) => T,
    init: (rng) => layer.init(rng),
    forward(params, x, ctx = {}) {
      const { alloc = matrix } = ctx;
      requireWidth(name, x, layer.inputs);
      const longer = shifted(x, delay, 0, 0, alloc);
      const { y, cache } = layer.forward(params, longer, ctx);
      return { y: shifted(y, -delay, delay, 0, alloc), cache };
    },
    backward(params, cache, dy, ctx = {}) {
      const { alloc = matrix } = ctx;
      requireWidth(`${name} backwards`, dy, layer.outputs);
      const back = layer.backward(params, cache, shifted(dy, delay, 0, delay, alloc), ctx);
      return { grads: back.grads, dx: () => shifted(back.dx(), -delay, 0, 0, alloc) };
    },
  };
}

/**
 * Every sequence `longer` frames longer (or shorter), read from its frame `from` on and written from
 * frame `to` on; what nothing is written to is zero.
 */
function shifted(
  { frames, offsets }: Sequences,
  longer: number,
  from: number,
  to: number,
  alloc = matrix,
): Sequences {
  const { data, cols } = frames;
  const B = offsets.length - 1;
  const out = alloc(frames.rows + B * longer, cols);
  const moved = offsets.map((offset, b) => offset + b * longer);
  for (let b = 0; b < B; b++) {
    const room = moved[b + 1] - moved[b] - to;
    const start = offsets[b] + from, end = Math.min(offsets[b + 1], start + room);
    out.data.set(data.subarray(start * cols, end * cols), (moved[b] + to) * cols);
  }
  return { frames: out, offsets: moved };
}
