/**
 * The power spectrum of real signals of one length: tables and workspace of a fast Fourier transform.
 *
 * A signal of N values is transformed as N / 2 complex ones, its even values as real and its odd as
 * imaginary parts, by Stockham's steps of four (and one of two where N / 2 is no power of four).
 */
export interface PowerSpectrum {
  /** N, a power of two. */
  readonly size: number;
  /** [N] the signal to transform; even values in the first half, odd in the second. */
  readonly input: Float64Array<ArrayBuffer>;
  /**
   * P_k = |Σₙ xₙ exp(-2πi kn / N)|² for k = 0 … N / 2 of the input, which is overwritten.
   *
   * @param power [N / 2 + 1] where they are written
   */
  compute(power: Float64Array): void;
}

/**
 * Prepares the power spectra of signals of N values.
 *
 * @param size N, a power of two >= 4.
 * @throws {RangeError} If it is not.
 *
 * @example
 * ```ts
 * import { powerSpectrum } from "lib/audio/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const spectrum = powerSpectrum(8), power = new Float64Array(5);
 * for (let n = 0; n < 8; n++) {
 *   spectrum.input[(n >> 1) + (n & 1 ? 4 : 0)] = Math.cos(2 * Math.PI * 2 * n / 8);
 * }
 * spectrum.compute(power);
 * assertAlmostEquals(power[2], 16);
 * assertAlmostEquals(power[1], 0, 1e-12);
 * ```
 *
 * Source: Stockham 1966; Sorensen et al. 1987 for the real transform.
 */
export function powerSpectrum(size: number): PowerSpectrum {
  if (!(Number.isInteger(size) && size >= 4 && size <= 2 ** 26 && (size & (size - 1)) === 0)) {
    throw new RangeError(
      `Cannot prepare a spectrum as its size must be a power of two from 4 to 2^26: ` +
        `current value is ${size}`,
    );
  }
  const M = size / 2;
  const input = new Float64Array(size);
  const other = new Float64Array(size);
  // cos and sin of 2πk / N, k < N / 2
  const cos = Float64Array.from({ length: M }, (_, k) => Math.cos(2 * Math.PI * k / size));
  const sin = Float64Array.from({ length: M }, (_, k) => Math.sin(2 * Math.PI * k / size));
  return {
    size,
    input,
    compute(power) {
      let from = input, to = other;
      for (let n = M, s = 1; n > 1;) {
        const radix = n % 4 === 0 ? 4 : 2;
        if (radix === 4) stepOfFour(from, to, M, n, s, cos, sin);
        else stepOfTwo(from, to, M, s);
        n /= radix;
        s *= radix;
        [from, to] = [to, from];
      }
      untangle(from, power, M, cos, sin);
    },
  };
}

/** One step over `s` interleaved transforms of n values each; 2π / n is 2M / n steps of the tables. */
function stepOfFour(
  from: Float64Array,
  to: Float64Array,
  M: number,
  n: number,
  s: number,
  cos: Float64Array,
  sin: Float64Array,
): void {
  const m = n / 4, step = 2 * M / n, far = s * m;
  for (let p = 0; p < m; p++) {
    const c1 = cos[p * step], s1 = sin[p * step];
    const c2 = c1 * c1 - s1 * s1, s2 = 2 * c1 * s1;
    const c3 = c1 * c2 - s1 * s2, s3 = c1 * s2 + s1 * c2;
    for (let q = 0; q < s; q++) {
      const i = q + s * p, o = q + 4 * s * p;
      const ar = from[i], ai = from[M + i];
      const br = from[i + far], bi = from[M + i + far];
      const cr = from[i + 2 * far], ci = from[M + i + 2 * far];
      const dr = from[i + 3 * far], di = from[M + i + 3 * far];
      const er = ar + cr, ei = ai + ci, fr = ar - cr, fi = ai - ci;
      const gr = br + dr, gi = bi + di, hr = br - dr, hi = bi - di;
      to[o] = er + gr;
      to[M + o] = ei + gi;
      const ur = fr + hi, ui = fi - hr; // (a - c) - i (b - d)
      to[o + s] = ur * c1 + ui * s1;
      to[M + o + s] = ui * c1 - ur * s1;
      const vr = er - gr, vi = ei - gi;
      to[o + 2 * s] = vr * c2 + vi * s2;
      to[M + o + 2 * s] = vi * c2 - vr * s2;
      const wr = fr - hi, wi = fi + hr; // (a - c) + i (b - d)
      to[o + 3 * s] = wr * c3 + wi * s3;
      to[M + o + 3 * s] = wi * c3 - wr * s3;
    }
  }
}

/** The last step, over s transforms of two values each. */
function stepOfTwo(from: Float64Array, to: Float64Array, M: number, s: number): void {
  for (let q = 0; q < s; q++) {
    const ar = from[q], ai = from[M + q], br = from[q + s], bi = from[M + q + s];
    to[q] = ar + br;
    to[M + q] = ai + bi;
    to[q + s] = ar - br;
    to[M + q + s] = ai - bi;
  }
}

/** X_k = (Z_k + Z*_{M-k}) / 2 - i exp(-2πi k / N) (Z_k - Z*_{M-k}) / 2 */
function untangle(
  z: Float64Array,
  power: Float64Array,
  M: number,
  cos: Float64Array,
  sin: Float64Array,
): void {
  power[0] = (z[0] + z[M]) ** 2;
  power[M] = (z[0] - z[M]) ** 2;
  for (let k = 1, j = M - 1; k <= j; k++, j--) {
    const er = z[k] + z[j], ei = z[M + k] - z[M + j];
    const or = z[M + k] + z[M + j], oi = z[j] - z[k];
    const tr = or * cos[k] + oi * sin[k], ti = oi * cos[k] - or * sin[k];
    power[k] = 0.25 * ((er + tr) * (er + tr) + (ei + ti) * (ei + ti));
    power[j] = 0.25 * ((er - tr) * (er - tr) + (ei - ti) * (ei - ti));
  }
}
