import { type Matrix, matrix, type RandomState, type Sequences } from "../numeric/mod.ts";
import { requireRng } from "./context.ts";
import { type Layer, requireUnits, requireWidth } from "./layer.ts";

/** Options of {@link specAugment}. */
export interface SpecAugmentOptions {
  /** Masks over time, per sequence; defaults to 2. */
  readonly timeMasks?: number;
  /** Frames that a mask over time hides at most; defaults to 10. */
  readonly timeWidth?: number;
  /** Share of a sequence that a mask over time hides at most; defaults to 0.2. */
  readonly timeShare?: number;
  /** Masks over frequency, per sequence; defaults to 2. */
  readonly bandMasks?: number;
  /** Bands that a mask over frequency hides at most; defaults to 2. */
  readonly bandWidth?: number;
}

/** What the backward pass needs. */
export interface SpecAugmentCache {
  /** Number of frames N. */
  readonly rows: number;
  /** [N, D] 0 where a value was hidden, 1 elsewhere; none where all passed as they are */
  readonly mask?: Matrix;
}

/**
 * Hides stretches of time and bands of frequency of the input while training, so that a model learns
 * not to rely on any of them: masked values are 0, the mean of normalised features. Otherwise y = x,
 * and no chance is drawn. It has no weights.
 *
 * Of every mask the width is drawn from 0 … most, then the place. The source also warps time, which
 * it finds to matter least; that is left out.
 *
 * @param D Width of the input and the output, frequency bands.
 * @throws {RangeError} If a size is out of range.
 * @throws {TypeError} Forwards while training, if `ctx.rng` is missing.
 *
 * @example
 * ```ts
 * import { specAugment } from "lib/models/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = specAugment(4, { timeMasks: 0, bandMasks: 1, bandWidth: 3 });
 * const x = sequences([matrix(1, 4, [1, 2, 3, 4])]);
 * const { y } = layer.forward({}, x, { training: true, rng: new RandomState(1) });
 * assertEquals([...y.frames.data], [1, 2, 3, 0]);
 * assertEquals([...layer.forward({}, x).y.frames.data], [1, 2, 3, 4]);
 * ```
 *
 * Source: Park et al. 2019, "SpecAugment", section 2.
 */
export function specAugment(D: number, options: SpecAugmentOptions = {}): Layer<SpecAugmentCache> {
  const { timeMasks = 2, timeWidth = 10, timeShare = 0.2, bandMasks = 2, bandWidth = 2 } = options;
  const name = `specAugment(${D})`;
  requireUnits(name, "D", D);
  for (const [size, value] of Object.entries({ timeMasks, timeWidth, bandMasks, bandWidth })) {
    if (Number.isInteger(value) && value >= 0) continue;
    throw new RangeError(
      `Cannot make ${name} as ${size} must be a whole number >= 0: current value is ${value}`,
    );
  }
  if (!(Number.isFinite(timeShare) && timeShare >= 0 && timeShare <= 1)) {
    throw new RangeError(
      `Cannot make ${name} as timeShare must be from 0 to 1: current value is ${timeShare}`,
    );
  }
  /** Zeros in the mask of one sequence, frames start … end - 1. */
  const hide = (mask: Matrix, start: number, end: number, rng: RandomState) => {
    const T = end - start, most = Math.min(timeWidth, Math.floor(timeShare * T));
    for (let n = 0; n < timeMasks; n++) {
      const [from, to] = stretch(rng, T, most);
      mask.data.fill(0, (start + from) * D, (start + to) * D);
    }
    for (let n = 0; n < bandMasks; n++) {
      const [from, to] = stretch(rng, D, Math.min(bandWidth, D));
      for (let t = start; t < end; t++) mask.data.fill(0, t * D + from, t * D + to);
    }
  };
  return {
    inputs: D,
    outputs: D,
    frames: (T) => T,
    init: () => ({}),
    forward(_params, x, ctx = {}) {
      requireWidth(name, x, D);
      if (!ctx.training) return { y: x, cache: { rows: x.frames.rows } };
      const { alloc = matrix } = ctx, rng = requireRng(name, ctx);
      const mask = alloc(x.frames.rows, D);
      mask.data.fill(1);
      for (let b = 0; b + 1 < x.offsets.length; b++) {
        hide(mask, x.offsets[b], x.offsets[b + 1], rng);
      }
      return { y: masked(x, mask, alloc), cache: { rows: mask.rows, mask } };
    },
    backward(_params, { rows, mask }, dy, { alloc = matrix } = {}) {
      requireWidth(`${name} backwards`, dy, D, rows);
      return { grads: {}, dx: () => mask === undefined ? dy : masked(dy, mask, alloc) };
    },
  };
}

/** Places from … to - 1 of n, at most `most` of them: first how many, then where. */
function stretch(rng: RandomState, n: number, most: number): [number, number] {
  const width = rng.randint(0, most + 1);
  const from = rng.randint(0, n - width + 1);
  return [from, from + width];
}

function masked({ frames, offsets }: Sequences, mask: Matrix, alloc = matrix): Sequences {
  const out = alloc(frames.rows, frames.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = mask.data[i] * frames.data[i];
  return { frames: out, offsets };
}
