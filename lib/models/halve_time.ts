import { matrix, type Sequences } from "../numeric/mod.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";

/**
 * Halves the number of frames by putting two side by side: y_t = [x_{2t} | x_{2t+1}], with zeros
 * beside the last of an odd number. T frames become ⌈T/2⌉, so that a CTC target must fit into half
 * as many. It has no weights.
 *
 * @param D Width of the input; that of the output is 2D.
 * @throws {RangeError} If D is not a whole number >= 1.
 *
 * @example
 * ```ts
 * import { halveTime } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { y } = halveTime(1).forward({}, sequences([matrix(3, 1, [1, 2, 3])]));
 * assertEquals([...y.frames.data], [1, 2, 3, 0]);
 * assertEquals([...y.offsets], [0, 2]);
 * ```
 *
 * Source: Chan et al. 2016, "Listen, Attend and Spell", eq. 5.
 */
export function halveTime(D: number): Layer<{ offsets: Sequences["offsets"] }> {
  const name = `halveTime(${D})`;
  requireUnits(name, "D", D);
  return {
    inputs: D,
    outputs: 2 * D,
    frames: (T) => Math.ceil(T / 2),
    init: () => ({}),
    // Two frames side by side are two frames end to end: sequences are copied whole.
    forward(_params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, D);
      const offsets = halved(x.offsets);
      const frames = alloc(offsets[offsets.length - 1], 2 * D);
      for (let b = 0; b + 1 < offsets.length; b++) {
        const sequence = x.frames.data.subarray(x.offsets[b] * D, x.offsets[b + 1] * D);
        frames.data.set(sequence, offsets[b] * 2 * D);
      }
      return { y: { frames, offsets }, cache: { offsets: x.offsets } };
    },
    backward(_params, { offsets }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, 2 * D, halved(offsets)[offsets.length - 1]);
      return {
        grads: {},
        dx() {
          const frames = alloc(offsets[offsets.length - 1], D);
          for (let b = 0; b + 1 < offsets.length; b++) {
            const start = dy.offsets[b] * 2 * D, size = (offsets[b + 1] - offsets[b]) * D;
            frames.data.set(dy.frames.data.subarray(start, start + size), offsets[b] * D);
          }
          return { frames, offsets };
        },
      };
    },
  };
}

/** The offsets of sequences half as long, rounded up. */
function halved(offsets: Int32Array): Int32Array<ArrayBuffer> {
  const out = new Int32Array(offsets.length);
  for (let b = 0; b + 1 < offsets.length; b++) {
    out[b + 1] = out[b] + Math.ceil((offsets[b + 1] - offsets[b]) / 2);
  }
  return out;
}
