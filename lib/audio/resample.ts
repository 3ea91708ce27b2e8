import { SampleBuffer } from "./sample_buffer.ts";

/** Zero crossings of the sinc on either side of an output sample. */
const crossings = 64;
/** Where the filter is at half its height, in halves of the lower rate. */
const corner = 0.95;
/** β of Kaiser's window: 100 dB of attenuation. */
const beta = 0.1102 * (100 - 8.7);
/** The most weights of a table: 128 MiB. */
const mostWeights = 2 ** 24;

/** A sound that is resampled piece by piece; the pieces are those of {@link resample}, exactly. */
export interface Resampler {
  /** The next samples; returns those that they complete. */
  push(samples: Float64Array): Float64Array<ArrayBuffer>;
  /** The sound ends; returns what is left. */
  finish(): Float64Array<ArrayBuffer>;
}

/**
 * A sound at another sample rate, by a windowed sinc: bands up to 0.9 of half the lower rate are kept
 * to 1e-4, those above half of it weakened by 100 dB. Sample 0 stays at time 0.
 *
 * y_m = Σₙ xₙ h(m · from / to - n), h(t) = c sinc(c t) · Kaiser(c t / 64), c = 0.95 min(1, to / from),
 *
 * the weights of every m scaled to sum to 1; outside the sound x is 0.
 *
 * @param from Samples per second, a whole number.
 * @param to Samples per second of the result, a whole number.
 * @returns ⌈N · to / from⌉ samples.
 * @throws {RangeError} If a rate is not a whole number from 1 to 1,000,000, or the rates have so
 * little in common that the table of weights is larger than 128 MiB.
 *
 * @example
 * ```ts
 * import { resample } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(resample(new Float64Array(44100), 44100, 16000).length, 16000);
 * ```
 *
 * Source: Smith, "Digital Audio Resampling", 1984; Kaiser 1974 for β and the width of the window.
 */
export function resample(
  samples: Float64Array,
  from: number,
  to: number,
): Float64Array<ArrayBuffer> {
  if (from === to) return Float64Array.from(samples);
  const filter = resampler(from, to), y = new Float64Array(Math.ceil(samples.length * to / from));
  let at = 0;
  for (let n = 0; n < samples.length; n += 65536) {
    const piece = filter.push(samples.subarray(n, n + 65536));
    y.set(piece, at);
    at += piece.length;
  }
  y.set(filter.finish(), at);
  return y;
}

/** Prepares to {@link resample} a sound that comes piece by piece. */
export function resampler(from: number, to: number): Resampler {
  for (const [name, rate] of [["from", from], ["to", to]] as const) {
    if (!Number.isInteger(rate) || rate < 1 || rate > 1e6) {
      throw new RangeError(
        `Cannot resample as ${name} must be a whole number of samples per second up to 1000000: ` +
          `current value is ${rate}`,
      );
    }
  }
  const common = divisor(from, to), L = to / common, M = from / common;
  const c = corner * Math.min(1, to / from), reach = Math.ceil(crossings / c), taps = 2 * reach;
  if (L * taps > mostWeights) {
    throw new RangeError(
      `Cannot resample from ${from} to ${to} Hz as their greatest common divisor must be larger ` +
        `than ${common}: the table would need ${L * taps} weights`,
    );
  }
  const weights = phases(L, reach, c);
  const sound = new SampleBuffer();
  let done = 0;
  const upTo = (count: number): Float64Array<ArrayBuffer> => {
    const y = new Float64Array(count - done), { samples, start, end } = sound;
    for (let m = done; m < count; m++) {
      // The weights of phase p are those of samples n - reach + 1 … n + reach, n = ⌊m M / L⌋
      const n = Math.floor(m * M / L), first = n - reach + 1, table = (m * M - n * L) * taps;
      const last = Math.min(taps, end - first);
      // Four sums, as each addition waits for the one before
      let a = 0, b = 0, c = 0, d = 0, k = Math.max(0, -first);
      for (const four = last - 3; k < four; k += 4) {
        const at = first + k - start, w = table + k;
        a += weights[w] * samples[at];
        b += weights[w + 1] * samples[at + 1];
        c += weights[w + 2] * samples[at + 2];
        d += weights[w + 3] * samples[at + 3];
      }
      for (; k < last; k++) a += weights[table + k] * samples[first + k - start];
      y[m - done] = a + b + (c + d);
    }
    done = count;
    return y;
  };
  return {
    push(samples) {
      sound.push(samples, Math.floor(done * M / L) - reach + 1);
      // Output m needs samples up to ⌊m M / L⌋ + reach
      return upTo(Math.max(done, Math.ceil((sound.end - reach) * L / M)));
    },
    finish: () => upTo(Math.max(done, Math.ceil(sound.end * L / M))),
  };
}

/** [L, 2 · reach] h((p / L) - k) for k = 1 - reach … reach, every row scaled to sum to 1 */
function phases(L: number, reach: number, c: number): Float64Array {
  const taps = 2 * reach, weights = new Float64Array(L * taps);
  const norm = bessel(beta);
  for (let p = 0; p < L; p++) {
    const row = weights.subarray(p * taps, (p + 1) * taps);
    for (let k = 0; k < taps; k++) {
      const x = c * (p / L - (k + 1 - reach)), u = x / crossings;
      if (Math.abs(u) >= 1) continue;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      row[k] = sinc * bessel(beta * Math.sqrt(1 - u * u)) / norm;
    }
    const sum = row.reduce((a, b) => a + b);
    for (let k = 0; k < taps; k++) row[k] /= sum;
  }
  return weights;
}

/** I₀(x) = Σ ((x / 2)^k / k!)² */
function bessel(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
