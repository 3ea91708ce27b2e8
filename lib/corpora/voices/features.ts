import {
  addNoise,
  deltas,
  type Extractor,
  logMelExtractor,
  mfccExtractor,
  normalizeUtterance,
  stackFrames,
} from "../../audio/mod.ts";
import { type Matrix, matrix, type RandomState } from "../../numeric/mod.ts";
import { type CompleteVoicesOptions, featureWidths } from "./options.ts";
import { voiceSampleRate } from "./script.ts";
import type { SpokenSentence } from "./shard.ts";

/** Makes the features of sentences, and remembers those without noise. */
export interface FeatureMaker {
  /** [T, D] as they are heard in development and test. */
  plain(sentence: SpokenSentence): Matrix;
  /** [T, D] under a warp and noise that are drawn. */
  varied(sentence: SpokenSentence, rng: RandomState): Matrix;
}

/**
 * Features of sentences: MFCC or log-mel of frames centred on their 10 ms, with slopes, the mean and
 * deviation of every sentence taken off, frames stacked. Features are remembered in single precision.
 */
export function featureMaker(options: CompleteVoicesOptions): FeatureMaker {
  const { features, warps, noise, stack } = options;
  const extractors = new Map<number, Extractor>();
  const extractorOf = (warp: number): Extractor => {
    let extractor = extractors.get(warp);
    if (extractor !== undefined) return extractor;
    const common = { sampleRate: voiceSampleRate, snipEdges: false, warp };
    extractor = features.of === "mfcc"
      ? mfccExtractor({ ...common, cepstra: featureWidths.mfcc })
      : logMelExtractor({ ...common, bins: featureWidths["log-mel"] });
    extractors.set(warp, extractor);
    return extractor;
  };
  const compute = (samples: Float64Array, warp: number): Matrix => {
    const heard = deltas(extractorOf(warp).compute(samples), { order: features.slopes });
    return stackFrames(normalizeUtterance(heard), stack);
  };
  const known = new WeakMap<SpokenSentence, Map<number, Remembered>>();
  const remembered = (sentence: SpokenSentence, warp: number): Matrix => {
    let byWarp = known.get(sentence);
    if (byWarp === undefined) known.set(sentence, byWarp = new Map());
    let kept = byWarp.get(warp);
    if (kept === undefined) {
      const { rows, cols, data } = compute(samplesOf(sentence), warp);
      byWarp.set(warp, kept = { rows, cols, data: Float32Array.from(data) });
    }
    const { rows, cols, data } = kept, x = matrix(rows, cols);
    x.data.set(data);
    return x;
  };
  return {
    plain: (sentence) => remembered(sentence, 1),
    varied(sentence, rng) {
      const warp = warps.length === 1 ? warps[0] : warps[rng.randint(0, warps.length)];
      if (noise === undefined || rng.random() >= noise.share) return remembered(sentence, warp);
      const snr = rng.uniform(...noise.snr);
      return compute(addNoise(samplesOf(sentence), { snr, rng }), warp);
    },
  };
}

/** Features in single precision. */
interface Remembered {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array;
}

/** Samples from -1 to 1. */
function samplesOf({ samples }: SpokenSentence): Float64Array {
  const scaled = new Float64Array(samples.length);
  for (let n = 0; n < scaled.length; n++) scaled[n] = samples[n] / 32768;
  return scaled;
}
