import { matrix } from "../numeric/mod.ts";
import { requireRng } from "./context.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";

/** What the backward pass needs: the number of frames N. */
export interface InputNoiseCache {
  /** N */
  readonly rows: number;
}

/**
 * Adds Gaussian noise to every value while training, y = x + σ ε with ε ~ N(0, 1), so that a network
 * does not learn its training set by heart. Otherwise y = x, and no chance is drawn. It has no
 * weights; mostly it is the first layer, over features of deviation 1.
 *
 * @param D Width of the input and the output.
 * @param deviation σ, at least 0.
 * @throws {RangeError} If the width or the deviation is out of range.
 * @throws {TypeError} Forwards while training, if `ctx.rng` is missing.
 *
 * @example
 * ```ts
 * import { inputNoise } from "lib/models/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = inputNoise(2, 0.6), x = sequences([matrix(1, 2, [1, 2])]);
 * const { y } = layer.forward({}, x, { training: true, rng: new RandomState(1) });
 * const rng = new RandomState(1);
 * assertEquals([...y.frames.data], [1 + 0.6 * rng.randn(), 2 + 0.6 * rng.randn()]);
 * assertEquals([...layer.forward({}, x).y.frames.data], [1, 2]);
 * ```
 *
 * Source: Graves et al. 2006, section 5.2: deviation 0.6.
 */
export function inputNoise(D: number, deviation: number): Layer<InputNoiseCache> {
  const name = `inputNoise(${D}, ${deviation})`;
  requireUnits(name, "D", D);
  if (!(deviation >= 0 && deviation < Infinity)) {
    throw new RangeError(
      `Cannot make ${name} as the deviation must be finite and >= 0: current value is ${deviation}`,
    );
  }
  return {
    inputs: D,
    outputs: D,
    frames: (T) => T,
    init: () => ({}),
    forward(_params, x, ctx = {}) {
      requireWidth(name, x, D);
      const { data, rows } = x.frames;
      if (!ctx.training || deviation === 0) return { y: x, cache: { rows } };
      const { alloc = matrix } = ctx, rng = requireRng(name, ctx);
      const frames = alloc(rows, D);
      for (let i = 0; i < data.length; i++) frames.data[i] = data[i] + deviation * rng.randn();
      return { y: { frames, offsets: x.offsets }, cache: { rows } };
    },
    step: () => (y) => ({ y, state: undefined }),
    backward(_params, { rows }, dy) {
      requireWidth(`${name} backwards`, dy, D, rows);
      return { grads: {}, dx: () => dy };
    },
  };
}
