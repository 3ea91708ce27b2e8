import { matrix, type Sequences } from "../numeric/mod.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";

/**
 * Shows every frame with its neighbours: y_t = [x_{t-r} … x_t … x_{t+r}], zero beyond the ends of
 * the sequence. It has no weights.
 *
 * @param D Width of the input; that of the output is (2r + 1) D.
 * @param radius Number r of frames to either side, a whole number >= 0.
 * @throws {RangeError} If a size is out of range.
 *
 * @example
 * ```ts
 * import { frameWindow } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { y } = frameWindow(1, 1).forward({}, sequences([matrix(3, 1, [1, 2, 3])]));
 * assertEquals([...y.frames.data], [0, 1, 2, 1, 2, 3, 2, 3, 0]);
 * ```
 *
 * Source: Graves & Schmidhuber 2005, section 5, the time-windowed MLP.
 */
export function frameWindow(D: number, radius: number): Layer<{ offsets: Sequences["offsets"] }> {
  const name = `frameWindow(${D}, ${radius})`;
  requireUnits(name, "D", D);
  if (!Number.isInteger(radius) || radius < 0) {
    throw new RangeError(
      `Cannot make ${name} as radius must be a whole number >= 0: current value is ${radius}`,
    );
  }
  const width = (2 * radius + 1) * D;
  return {
    inputs: D,
    outputs: width,
    frames: (T) => T,
    init: () => ({}),
    forward(_params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, D);
      const { frames: { data }, offsets } = x;
      const y = alloc(x.frames.rows, width);
      eachWindow(offsets, radius, (t, from, to, at) => {
        y.data.set(data.subarray(from * D, to * D), t * width + at * D);
      });
      return { y: { frames: y, offsets }, cache: { offsets } };
    },
    backward(_params, { offsets }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, width, offsets[offsets.length - 1]);
      return {
        grads: {},
        dx() {
          const frames = alloc(dy.frames.rows, D);
          eachWindow(offsets, radius, (t, from, to, at) => {
            const shift = t * width + at * D - from * D;
            for (let i = from * D; i < to * D; i++) frames.data[i] += dy.frames.data[shift + i];
          });
          return { frames, offsets };
        },
      };
    },
  };
}

/** For every frame t its window's frames from … to - 1, and at which place in the window they start. */
function eachWindow(
  offsets: Int32Array,
  radius: number,
  visit: (t: number, from: number, to: number, at: number) => void,
): void {
  for (let b = 0; b + 1 < offsets.length; b++) {
    for (let t = offsets[b]; t < offsets[b + 1]; t++) {
      const from = Math.max(offsets[b], t - radius);
      visit(t, from, Math.min(offsets[b + 1], t + radius + 1), from - (t - radius));
    }
  }
}
