import type { Matrix } from "../numeric/mod.ts";
import { type Extractor, extractor } from "./extractor.ts";
import { completeFrameOptions, type Dithered, type MfccOptions } from "./frame_options.ts";
import { melEnergies } from "./log_mel.ts";

/**
 * Mel-frequency cepstral coefficients in Kaldi's conventions, in double precision.
 *
 * c_ti = l_i √(2 / B) Σ_b y_tb cos(πi (b + 1/2) / B), with √(1 / B) for i = 0, y log-mel energies of
 * B filters and l_i = 1 + L / 2 · sin(πi / L); with `useEnergy`, c_t0 is the log energy.
 *
 * @param samples Full scale is -1 … 1; inside they are multiplied by 32768, as Kaldi has them.
 * @returns [T, cepstra]
 * @throws {TypeError} If an option is of another type.
 * @throws {RangeError} If an option is out of range, there are more cepstra than filters, or a sample
 * is not finite.
 *
 * @example
 * ```ts
 * import { mfcc } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const second = Float64Array.from({ length: 16000 }, (_, n) => 0.1 * Math.sin(0.3 * n));
 * const { rows, cols } = mfcc(second, { sampleRate: 16000 });
 * assertEquals([rows, cols], [98, 13]);
 * ```
 *
 * Source: Kaldi, feat/feature-mfcc.cc.
 */
export function mfcc(samples: Float64Array, options: MfccOptions & Dithered): Matrix {
  return mfccExtractor(options).compute(samples);
}

/** What {@link mfcc} computes, prepared for many sounds. */
export function mfccExtractor(options: MfccOptions & Dithered): Extractor {
  const frames = completeFrameOptions("Cannot compute MFCC", options);
  const { bins = 23, cepstra = 13, lifter = 22, useEnergy = true } = options;
  if (cepstra > bins) {
    throw new RangeError(
      `Cannot compute MFCC as there must be at most as many cepstra as filters: there are ` +
        `${cepstra} and ${bins}`,
    );
  }
  const { size, compute } = melEnergies(options, frames.length, bins);
  const table = liftedCosines(bins, cepstra, lifter);
  const mel = new Float64Array(bins);
  return extractor(frames, size, cepstra, (out, at, power, logEnergy) => {
    compute(mel, 0, power);
    for (let i = useEnergy ? 1 : 0; i < cepstra; i++) {
      let sum = 0;
      for (let b = 0, k = i * bins; b < bins; b++, k++) sum += table[k] * mel[b];
      out[at + i] = sum;
    }
    if (useEnergy) out[at] = logEnergy;
  });
}

/** [cepstra, bins] the cosine transform, each row times its lifter */
function liftedCosines(bins: number, cepstra: number, lifter: number): Float64Array {
  return Float64Array.from({ length: cepstra * bins }, (_, k) => {
    const i = Math.floor(k / bins), b = k % bins;
    const lift = lifter === 0 ? 1 : 1 + lifter / 2 * Math.sin(Math.PI * i / lifter);
    return lift * Math.sqrt((i === 0 ? 1 : 2) / bins) * Math.cos(Math.PI * i * (b + 0.5) / bins);
  });
}
