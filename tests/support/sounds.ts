import { RandomState } from "lib/numeric/mod.ts";

/** Noise and tones, as unlike silence as speech is. */
export function noisySound(length: number, seed = 1): Float64Array<ArrayBuffer> {
  const rng = new RandomState(seed);
  return Float64Array.from(
    { length },
    (_, n) => 0.05 * rng.randn() + 0.2 * Math.sin(0.02 * n + 1e-6 * n * n) + 0.01,
  );
}

/** A sine of `hertz`. */
export function sine(hertz: number, sampleRate: number, length: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(
    { length },
    (_, n) => 0.5 * Math.sin(2 * Math.PI * hertz * n / sampleRate),
  );
}
