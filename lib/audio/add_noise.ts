import type { RandomState } from "../numeric/mod.ts";

/**
 * A sound under noise, at a signal-to-noise ratio: the noise that is drawn is scaled so that
 *
 * 10 log₁₀(Σ xₙ² / Σ noiseₙ²) = snr
 *
 * @param samples Full scale is -1 … 1; silence stays as it is, having no ratio to anything.
 * @param options.snr Decibels.
 * @param options.rng Where the noise comes from, one Gaussian a sample; where a recording of noise is
 * given, the sample that it begins with, after which it is repeated.
 * @param options.noise A recording of noise; defaults to white noise.
 * @throws {RangeError} If the ratio is not finite, or the recording is empty or silent.
 *
 * @example
 * ```ts
 * import { addNoise } from "lib/audio/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const power = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);
 * const x = Float64Array.from({ length: 100 }, (_, n) => Math.sin(n));
 * const y = addNoise(x, { snr: 20, rng: new RandomState(1) });
 * assertAlmostEquals(power(x) / power(y.map((value, n) => value - x[n])), 100, 1e-9);
 * ```
 */
export function addNoise(
  samples: Float64Array,
  options: { snr: number; rng: RandomState; noise?: Float64Array },
): Float64Array<ArrayBuffer> {
  const { snr, rng, noise } = options;
  if (!Number.isFinite(snr)) {
    throw new RangeError(`Cannot add noise as snr must be finite: current value is ${snr}`);
  }
  if (noise !== undefined && !(power(noise) > 0)) {
    throw new RangeError(
      `Cannot add noise as its recording must not be silent: it has ${noise.length} samples of 0`,
    );
  }
  const from = noise === undefined ? 0 : rng.randint(0, noise.length);
  const noisy = new Float64Array(samples.length);
  for (let n = 0; n < noisy.length; n++) {
    noisy[n] = noise === undefined ? rng.randn() : noise[(from + n) % noise.length];
  }
  const [signal, loud] = [power(samples), power(noisy)];
  const scale = loud === 0 ? 0 : Math.sqrt(signal / loud * 10 ** (-snr / 10));
  for (let n = 0; n < noisy.length; n++) noisy[n] = samples[n] + scale * noisy[n];
  return noisy;
}

/** Σ xₙ² */
function power(samples: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < samples.length; n++) sum += samples[n] * samples[n];
  return sum;
}
