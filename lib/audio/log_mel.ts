import type { Matrix } from "../numeric/mod.ts";
import { type Extractor, extractor, leastEnergy } from "./extractor.ts";
import { completeFrameOptions, type Dithered, type MelOptions } from "./frame_options.ts";
import { melFilters } from "./mel_filters.ts";

/**
 * Log-mel features in Kaldi's conventions (its "fbank"), in double precision.
 *
 * y_tb = log max(Σ_k w_bk |X_tk|², 2^-23), X_t the transform of frame t at the next power of two
 *
 * @param samples Full scale is -1 … 1; inside they are multiplied by 32768, as Kaldi has them.
 * @returns [T, bins] nats, or [T, 1 + bins] with `useEnergy`.
 * @throws {TypeError} If an option is of another type.
 * @throws {RangeError} If an option is out of range, or a sample not finite.
 *
 * @example
 * ```ts
 * import { logMel } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const second = Float64Array.from({ length: 16000 }, (_, n) => 0.1 * Math.sin(0.3 * n));
 * const { rows, cols } = logMel(second, { sampleRate: 16000, snipEdges: false });
 * assertEquals([rows, cols], [100, 40]);
 * ```
 *
 * Source: Kaldi, feat/feature-fbank.cc.
 */
export function logMel(samples: Float64Array, options: MelOptions & Dithered): Matrix {
  return logMelExtractor(options).compute(samples);
}

/** What {@link logMel} computes, prepared for many sounds. */
export function logMelExtractor(options: MelOptions & Dithered): Extractor {
  const frames = completeFrameOptions("Cannot compute log-mel features", options);
  const { bins = 40, useEnergy = false } = options;
  const { size, compute } = melEnergies(options, frames.length, bins);
  const skip = useEnergy ? 1 : 0;
  return extractor(frames, size, bins + skip, (out, at, power, logEnergy) => {
    if (useEnergy) out[at] = logEnergy;
    compute(out, at + skip, power);
  });
}

/** The logarithms of the energies of mel filters, for frames of `length` samples. */
export function melEnergies(
  options: MelOptions,
  length: number,
  bins: number,
): { size: number; compute: (out: Float64Array, at: number, power: Float64Array) => void } {
  const { sampleRate, lowHz = 20, highHz = 0, warp = 1 } = options;
  const { vtlnLowHz = 100, vtlnHighHz = -500 } = options;
  const size = Math.max(4, 2 ** Math.ceil(Math.log2(length)));
  const axis = { lowHz, highHz, warp, vtlnLowHz, vtlnHighHz };
  const { first, offsets, weights } = melFilters({ sampleRate, bins, size, ...axis });
  const compute = (out: Float64Array, at: number, power: Float64Array) => {
    for (let b = 0; b < bins; b++) {
      const end = offsets[b + 1];
      let sum = 0;
      for (let i = offsets[b], k = first[b]; i < end; i++, k++) sum += weights[i] * power[k];
      out[at + b] = Math.log(Math.max(sum, leastEnergy));
    }
  };
  return { size, compute };
}
