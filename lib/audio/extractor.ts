import { type Matrix, matrix } from "../numeric/mod.ts";
import type { CompleteFrameOptions } from "./frame_options.ts";
import { powerSpectrum } from "./fourier.ts";
import { copyFrame, firstSample, frameCount } from "./framing.ts";
import { SampleBuffer } from "./sample_buffer.ts";
import { frameWindow } from "./window.ts";

/** Kaldi's features are made of 16-bit samples. */
const fullScale = 32768;
/** The least energy that a logarithm is taken of: Kaldi's, the epsilon of single precision. */
export const leastEnergy = 2 ** -23;
/** Samples up to here, full scale being 1, have a power that is finite; the energy of a frame of them. */
const mostSample = 1e100, mostEnergy = 1e280;

/** What makes features of sounds of one sample rate, its tables computed once. */
export interface Extractor {
  /** Samples per second. */
  readonly sampleRate: number;
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
   * @throws {RangeError} Naming the first sample that is not finite, or so large that its power is not.
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
    const mean = removeDcOffset ? sum / length : 0;
    let energy = 0, before = frame[0] - mean;
    input.fill(0);
    for (let i = 0; i < length; i++) {
      const x = frame[i] - mean;
      energy += x * x;
      input[(i >> 1) + (i & 1 ? half : 0)] = window[i] * (x - c * before);
      before = x;
    }
    if (!(energy < mostEnergy)) failSample(frame, samples, start, first, N);
    spectrum.compute(power);
    write(out, t * cols, power, Math.log(Math.max(energy, leastEnergy)));
  };
  return {
    sampleRate: options.sampleRate,
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
      const sound = new SampleBuffer();
      let done = 0;
      const upTo = (T: number): Matrix => {
        const { data, rows } = matrix(T - done, cols), { samples, start, end } = sound;
        for (let t = done; t < T; t++) {
          row(data, t - done, samples, start, firstSample(t, options), end);
        }
        done = T;
        return { data, rows, cols };
      };
      return {
        push(samples) {
          // What is mirrored at the end of the sound begins at most a frame before the next one
          sound.push(samples, firstSample(done, options) - length);
          // What is mirrored at its start lies beyond the end of a sound shorter than a frame
          if (sound.end < length) return matrix(0, cols);
          const { shift } = options, late = sound.end - length - firstSample(0, options);
          return upTo(late < 0 ? 0 : Math.max(done, 1 + Math.floor(late / shift)));
        },
        finish: () => upTo(Math.max(done, frameCount(sound.end, options))),
      };
    },
  };
}

/** @param first The sample of the sound that a frame begins with, below 0 where it is mirrored. */
function failSample(
  frame: Float64Array,
  samples: Float64Array,
  start: number,
  first: number,
  N: number,
): never {
  let at = first + frame.findIndex((x) => !(Math.abs(x) <= mostSample * fullScale));
  while (at < 0 || at >= N) at = at < 0 ? -1 - at : 2 * N - 1 - at;
  throw new RangeError(
    `Cannot compute features as samples must be finite and within ±${mostSample}: ` +
      `sample ${at} is ${samples[at - start]}`,
  );
}
