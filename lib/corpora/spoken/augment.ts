import { addNoise, type SpeechFeatures } from "../../audio/mod.ts";
import { type Fields, number, optional } from "../../form/mod.ts";
import type { Matrix, RandomState } from "../../numeric/mod.ts";

/** How utterances of a training are changed, each time anew, so that a model knows more voices. */
export interface AugmentOptions {
  /** Warps of the mel axis, one of which is drawn. Defaults to none. */
  warps?: readonly number[];
  /** White noise at a ratio between these, decibels. Defaults to none. */
  snr?: readonly [number, number];
}

/** The form of {@link AugmentOptions}. */
export const augmentFields: Fields<AugmentOptions> = {
  warps: optional({ is: "list", of: number({ min: 0.5, max: 2 }), least: 1 }),
  snr: optional({ is: "range", min: -20, max: 200 }),
};

/** The features of a sound after a warp and noise, drawn in this order. */
export function augmented(
  features: SpeechFeatures,
  samples: Float64Array,
  { warps, snr }: AugmentOptions,
  rng: RandomState,
): Matrix {
  const warp = warps === undefined ? 1 : warps[rng.randint(0, warps.length)];
  const ratio = snr === undefined ? undefined : rng.uniform(...snr);
  const heard = ratio === undefined ? samples : addNoise(samples, { snr: ratio, rng });
  return features.compute(heard, warp);
}
