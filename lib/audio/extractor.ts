import { type Matrix, matrix } from "../numeric/mod.ts";
import type { CompleteFrameOptions } from "./frame_options.ts";
import { powerSpectrum } from "./fourier.ts";
import { copyFrame, firstSample, frameCount } from "./framing.ts";
import { frameWindow } from "./window.ts";

/** Kaldi's features are made of 16-bit samples. */
const fullScale = 32768;
/** The least energy that a logarithm is taken of: Kaldi's, the epsilon of single precision. */
export const leastEnergy = 2 ** -23;

/** What makes features of sounds of one sample rate, its tables computed once. */
export interface Extractor {
  /** Width D of the features. */
  readonly cols: number;
  /** From one frame to the next, seconds. */
  readonly frameSeconds: number;
  /** Number of frames T of N samples. */
  frames(N: number): number;
  /**
   * The features of a whole sound.
   *
   * @param samples Full scale is -1 … 1.
   * @returns [T, D]
   * @throws {RangeError} If a sample is not finite.
   */
  compute(samples: Float64Array): Matrix;
  /** Features of a sound that comes piece by piece, the same as those of the whole. */
  stream(): FeatureStream;
}

/** The features of a sound that comes piece by piece; it holds one frame and its overlap. */
export interface FeatureStream {
  /** The next samples; returns the frames [n, D] that they complete. */
  push(samples: Float64Array): Matrix;
  /** The sound ends; returns the frames [n, D] that are left. */
  finish(): Matrix;
}

/** Writes the features of one frame to `out`, from column 0 of its row at `at` on. */
export type WriteRow = (
  out: Float64Array,
  at: number,
  power: Float64Array,
  logEnergy: number,
) => void;

/**
 * An extractor: every frame is cut, dithered, freed of its mean, pre-emphasised, weighted and
 * transformed; `write` makes features of its power spectrum.
 *
 * @param size Values N of the transform.
 */
export function extractor(
  options: CompleteFrameOptions,
  size: number,
  cols: number,
  write: WriteRow,
): Extractor {
  const { length, shift, preemphasis: c, removeDcOffset, dither, rng } = options;
  const window = frameWindow(options.window, length);
  const spectrum = powerSpectrum(size);
  const { input } = spectrum, half = size / 2;
  const frame = new Float64Array(length), power = new Float64Array(half + 1);
  const row = (
    out: Float64Array,
    t: number,
    samples: Float64Array,
    start: number,
    first: number,
    N: number,
  ) => {
    copyFrame(frame, samples, start, first, N, fullScale);
    if (dither > 0 && rng !== undefined) {
      for (let i = 0; i < length; i++) frame[i] += dither * rng.randn();
    }
    let sum = 0;
    for (let i = 0; i < length; i++) sum += frame[i];
    if (!Number.isFinite(sum)) failNotFinite(frame, first);
    const mean = removeDcOffset ? sum / length : 0;
    let energy = 0, before = frame[0] - mean;
    input.fill(0);
    for (let i = 0; i < length; i++) {
      const x = frame[i] - mean;
      energy += x * x;
      input[(i >> 1) + (i & 1 ? half : 0)] = window[i] * (x - c * before);
      before = x;
    }
    spectrum.compute(power);
    write(out, t * cols, power, Math.log(Math.max(energy, leastEnergy)));
  };
  return {
    cols,
    frameSeconds: shift / options.sampleRate,
    frames: (N) => frameCount(N, options),
    compute(samples) {
      const N = samples.length, T = frameCount(N, options);
      const { data, rows } = matrix(T, cols);
      for (let t = 0; t < T; t++) row(data, t, samples, 0, firstSample(t, options), N);
      return { data, rows, cols };
    },
    stream() {
      /** Samples from `start` on, of which there are `held`. */
      let kept = new Float64Array(4 * length), start = 0, held = 0, done = 0;
      const upTo = (T: number, N: number): Matrix => {
        const { data, rows } = matrix(T - done, cols);
        for (let t = done; t < T; t++) {
          row(data, t - done, kept, start, firstSample(t, options), N);
        }
        done = T;
        return { data, rows, cols };
      };
      return {
        push(samples) {
          // Mirrored samples at the end lie at most a frame before the next one
          const needed = Math.max(start, firstSample(done, options) - length);
          const gone = Math.min(needed - start, held);
          if (held - gone + samples.length > kept.length) {
            const larger = new Float64Array(2 * (held - gone + samples.length));
            larger.set(kept.subarray(gone, held));
            kept = larger;
          } else kept.copyWithin(0, gone, held);
          held -= gone;
          start += gone;
          kept.set(samples, held);
          held += samples.length;
          const N = start + held;
          let T = done;
          while (firstSample(T, options) + length <= N) T++;
          // What is mirrored at the start of a short sound may lie beyond its end
          return N < length ? matrix(0, cols) : upTo(T, N);
        },
        finish: () => upTo(Math.max(done, frameCount(start + held, options)), start + held),
      };
    },
  };
}

function failNotFinite(frame: Float64Array, first: number): never {
  const at = frame.findIndex((x) => !Number.isFinite(x));
  throw new RangeError(
    `Cannot compute features as samples must be finite: sample ${Math.max(0, first + at)} is ` +
      `${frame[at] / fullScale}`,
  );
}
