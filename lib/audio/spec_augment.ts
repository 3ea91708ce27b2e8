import { type Fields, optional, requireForm, whole } from "../form/mod.ts";
import type { Matrix, RandomState } from "../numeric/mod.ts";

/** Which stretches of features are hidden. */
export interface SpecAugmentOptions {
  /** Stretches of time. Defaults to 2. */
  timeMasks?: number;
  /** The most frames of one; a fifth of the utterance is the most in any case. Defaults to 25. */
  timeWidth?: number;
  /** Stretches of bands. Defaults to 2. */
  bandMasks?: number;
  /** The most bands of one. Defaults to 8. */
  bandWidth?: number;
}

const fields: Fields<SpecAugmentOptions> = {
  timeMasks: optional(whole({ min: 0 })),
  timeWidth: optional(whole({ min: 0 })),
  bandMasks: optional(whole({ min: 0 })),
  bandWidth: optional(whole({ min: 0 })),
};

/** The form of {@link SpecAugmentOptions}. */
export const specAugmentFields: Fields<SpecAugmentOptions> = fields;

/**
 * Hides stretches of time and of bands, by setting them to the mean of their column, so that a model
 * does not rely on any of them. Times are not warped.
 *
 * A mask is drawn so: its width, uniform from 0 to the most; its first frame or band, uniform over
 * those where it fits. Masks of time come first.
 *
 * @param x [T, D] log-mel features; columns of anything else are no bands.
 * @returns [T, D], a copy.
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If it is not a whole number >= 0.
 *
 * @example
 * ```ts
 * import { specAugment } from "lib/audio/mod.ts";
 * import { matrix, RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const x = matrix(10, 4, Array.from({ length: 40 }, (_, i) => i));
 * const { data } = specAugment(x, new RandomState(1), { timeMasks: 0, bandMasks: 1, bandWidth: 1 });
 * assertEquals([...data].filter((value, i) => value !== i).length, 10);
 * ```
 *
 * Source: Park et al. 2019, "SpecAugment", section 2, without its time warp.
 */
export function specAugment(
  x: Matrix,
  rng: RandomState,
  options: SpecAugmentOptions = {},
): Matrix {
  requireForm<SpecAugmentOptions>("Cannot hide features", { is: "record", fields }, options);
  const { timeMasks = 2, timeWidth = 25, bandMasks = 2, bandWidth = 8 } = options;
  const { rows: T, cols: D } = x;
  const data = x.data.slice();
  const means = new Float64Array(D);
  for (let i = 0; i < data.length; i++) means[i % D] += data[i] / T;
  const hide = (t0: number, t1: number, d0: number, d1: number) => {
    for (let t = t0; t < t1; t++) data.set(means.subarray(d0, d1), t * D + d0);
  };
  const mask = (most: number, of: number): [number, number] => {
    const width = rng.randint(0, Math.min(most, of) + 1);
    const first = rng.randint(0, of - width + 1);
    return [first, first + width];
  };
  for (let n = 0; n < timeMasks; n++) {
    const [t0, t1] = mask(Math.min(timeWidth, Math.floor(T / 5)), T);
    hide(t0, t1, 0, D);
  }
  for (let n = 0; n < bandMasks; n++) {
    const [d0, d1] = mask(bandWidth, D);
    hide(0, T, d0, d1);
  }
  return { data, rows: T, cols: D };
}
