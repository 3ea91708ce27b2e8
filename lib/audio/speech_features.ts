import { type Fields, number, optional, whole } from "../form/mod.ts";
import type { Matrix } from "../numeric/mod.ts";
import { deltas } from "./deltas.ts";
import type { Extractor } from "./extractor.ts";
import { logMelExtractor } from "./log_mel.ts";
import { mfccExtractor } from "./mfcc.ts";
import { normalizeUtterance } from "./normalize_utterance.ts";
import { stackFrames } from "./stack_frames.ts";

/** What a model of speech hears: one choice of features from end to end, as plain values. */
export interface SpeechFeatureOptions {
  /** Defaults to "mfcc". */
  base?: "mfcc" | "log-mel";
  /** Number of mel filters. Defaults to 23 for MFCC and 40 for log-mel. */
  bins?: number;
  /** Coefficients of MFCC, energy included. Defaults to 13. */
  cepstra?: number;
  /** Length of a frame, milliseconds. Defaults to 25. */
  lengthMs?: number;
  /** From one frame to the next, milliseconds. Defaults to 10. */
  shiftMs?: number;
  /** Slopes beside the features: 1 for Δ, 2 for Δ and ΔΔ. Defaults to 2. */
  deltas?: number;
  /** What every utterance is freed of: its mean, and its variance too. Defaults to "variance". */
  normalize?: "none" | "mean" | "variance";
  /** How many frames become one. Defaults to 1. */
  stack?: number;
}

/** The form of {@link SpeechFeatureOptions}. */
export const speechFeatureFields: Fields<SpeechFeatureOptions> = {
  base: optional({ is: "choice", of: ["mfcc", "log-mel"] }),
  bins: optional(whole({ min: 1, max: 1000 })),
  cepstra: optional(whole({ min: 1, max: 1000 })),
  lengthMs: optional(number({ min: 1, max: 1000 })),
  shiftMs: optional(number({ min: 1, max: 1000 })),
  deltas: optional(whole({ min: 0, max: 2 })),
  normalize: optional({ is: "choice", of: ["none", "mean", "variance"] }),
  stack: optional(whole({ min: 1, max: 100 })),
};

/** The options with their defaults. */
export function completeSpeechFeatures(
  options: SpeechFeatureOptions = {},
): Required<SpeechFeatureOptions> {
  const { base = "mfcc" } = options;
  return {
    base,
    bins: options.bins ?? (base === "mfcc" ? 23 : 40),
    cepstra: options.cepstra ?? 13,
    lengthMs: options.lengthMs ?? 25,
    shiftMs: options.shiftMs ?? 10,
    deltas: options.deltas ?? 2,
    normalize: options.normalize ?? "variance",
    stack: options.stack ?? 1,
  };
}

/** What makes the features of utterances, its tables computed once for each warp. */
export interface SpeechFeatures {
  /** Samples per second. */
  readonly sampleRate: number;
  /** Width D of the features. */
  readonly cols: number;
  /** Length of a frame, seconds; frame t covers the time from t to t + 1 of them. */
  readonly frameSeconds: number;
  /** Number of frames T of N samples. */
  frames(N: number): number;
  /**
   * The features of an utterance.
   *
   * @param warp Of the mel axis; defaults to 1.
   * @returns [T, D]
   */
  compute(samples: Float64Array, warp?: number): Matrix;
}

/**
 * Prepares the features of utterances: frames that are centred on their times, slopes, normalisation,
 * frames stacked, in this order.
 *
 * @param sampleRate Samples per second.
 * @throws {RangeError} If there are more cepstra than filters, or filters too narrow for the frames.
 *
 * @example
 * ```ts
 * import { speechFeatures } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { cols, frameSeconds, frames } = speechFeatures(16000, { stack: 4 });
 * assertEquals([cols, frameSeconds, frames(16000)], [156, 0.04, 25]);
 * ```
 */
export function speechFeatures(
  sampleRate: number,
  options: SpeechFeatureOptions = {},
): SpeechFeatures {
  const complete = completeSpeechFeatures(options);
  const { base, bins, cepstra, lengthMs, shiftMs, deltas: order, normalize, stack } = complete;
  const extractors = new Map<number, Extractor>();
  const extractorOf = (warp: number): Extractor => {
    const known = extractors.get(warp);
    if (known !== undefined) return known;
    const frames = { sampleRate, bins, lengthMs, shiftMs, warp, snipEdges: false };
    const made = base === "mfcc" ? mfccExtractor({ ...frames, cepstra }) : logMelExtractor(frames);
    extractors.set(warp, made);
    return made;
  };
  const plain = extractorOf(1);
  return {
    sampleRate,
    cols: plain.cols * (order + 1) * stack,
    frameSeconds: plain.frameSeconds * stack,
    frames: (N) => Math.ceil(plain.frames(N) / stack),
    compute(samples, warp = 1) {
      const x = deltas(extractorOf(warp).compute(samples), { order });
      const y = normalize === "none"
        ? x
        : normalizeUtterance(x, { variance: normalize === "variance" });
      return stack === 1 ? y : stackFrames(y, stack);
    },
  };
}
