import type { Sound } from "../audio/mod.ts";
import { soundPieces } from "./pieces.ts";
import type { SpeechModel } from "./speech_model.ts";

/** What a model hears in a recording. */
export interface Heard {
  /** Length of the sound. */
  readonly seconds: number;
  /** Length of a frame, seconds: frame t covers the time from t to t + 1 of them. */
  readonly frameSeconds: number;
  /** T */
  readonly frames: number;
  /** K */
  readonly labels: number;
  /** [T, K] log-probabilities, nats, in single precision */
  readonly logProbs: Float32Array;
  /** [T] the largest sample of every frame, from 0 to 1 */
  readonly peaks: Float32Array;
}

/** Which sound is heard. */
export interface HearOptions {
  /** Which channel, from 1; defaults to the mean of all. */
  readonly channel?: number;
}

/** Seconds that a piece adds to those before, and that it hears of its neighbours. */
const coreSeconds = 10, contextSeconds = 2;

/**
 * What a model hears in a sound that comes block by block, in memory that grows by one row of labels
 * per frame: 15 MB for an hour at 40 ms.
 *
 * Pieces of 10 seconds, with 2 seconds of their neighbours on both sides, are heard as utterances of
 * their own: features lose the mean and deviation of their piece, and a network that runs both ways
 * starts at its ends. A sound of less than 24 seconds is one piece, and is heard as in training.
 *
 * @param sound A whole sound, or its blocks, as of `soundBlocks`.
 * @throws {RangeError} If it is shorter than a frame, or as {@link soundPieces} does.
 */
export async function hear(
  sound: Sound | AsyncIterable<Sound> | Iterable<Sound>,
  model: SpeechModel,
  options: HearOptions = {},
): Promise<Heard> {
  const { features, names: { length: K } } = model;
  const { sampleRate, frameSeconds } = features;
  const hop = frameSeconds * sampleRate;
  const whole = (seconds: number) => Math.round(seconds / frameSeconds) * hop;
  const cut = { core: whole(coreSeconds), context: whole(contextSeconds) };
  const blocks = "sampleRate" in sound ? [sound] : sound;
  const logProbs = new Rows(K), peaks = new Rows(1);
  let samples = 0;
  for await (const piece of soundPieces(blocks, sampleRate, cut, options)) {
    samples += piece.core;
    if (features.frames(piece.samples.length) === 0) break;
    const [{ data, rows }] = model.posteriors([features.compute(piece.samples)]);
    const from = piece.before / hop, to = Math.min(rows, from + Math.ceil(piece.core / hop));
    logProbs.push(data.subarray(from * K, to * K));
    peaks.push(framePeaks(piece.samples, from, to, hop));
  }
  if (logProbs.rows === 0) {
    throw new RangeError(
      `Cannot hear a sound as it must last for one frame of ${frameSeconds} seconds at least: ` +
        `it has ${samples} samples at ${sampleRate} Hz`,
    );
  }
  return {
    seconds: samples / sampleRate,
    frameSeconds,
    frames: logProbs.rows,
    labels: K,
    logProbs: logProbs.values(),
    peaks: peaks.values(),
  };
}

function framePeaks(samples: Float64Array, from: number, to: number, hop: number): Float64Array {
  const peaks = new Float64Array(to - from);
  for (let t = from; t < to; t++) {
    let peak = 0;
    for (let n = t * hop, end = Math.min(samples.length, n + hop); n < end; n++) {
      peak = Math.max(peak, Math.abs(samples[n]));
    }
    peaks[t - from] = peak;
  }
  return peaks;
}

/** Rows in single precision, as many as come. */
class Rows {
  readonly #cols: number;
  #data = new Float32Array(2 ** 14);
  #used = 0;

  constructor(cols: number) {
    this.#cols = cols;
  }

  push(values: Float64Array): void {
    if (this.#used + values.length > this.#data.length) {
      const larger = new Float32Array(2 * (this.#used + values.length));
      larger.set(this.#data.subarray(0, this.#used));
      this.#data = larger;
    }
    this.#data.set(values, this.#used);
    this.#used += values.length;
  }

  get rows(): number {
    return this.#used / this.#cols;
  }

  values(): Float32Array {
    return this.#data.subarray(0, this.#used);
  }
}
