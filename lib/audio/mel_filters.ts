/** What a bank of mel filters is made of. */
export interface MelFilterOptions {
  /** Samples per second. */
  readonly sampleRate: number;
  /** Number of filters. */
  readonly bins: number;
  /** Values N of a transform; its bins k lie at k · sampleRate / N Hz. */
  readonly size: number;
  /** Where the first filter begins, Hz. */
  readonly lowHz: number;
  /** Where the last ends, Hz; 0 or less counts from half the sample rate. */
  readonly highHz: number;
  /** Factor of the frequencies of a voice (VTLN); 1 leaves the axis as it is. */
  readonly warp: number;
  /** The warp is piecewise linear, and a factor alone from here on, Hz. */
  readonly vtlnLowHz: number;
  /** … and up to here, Hz; 0 or less counts from half the sample rate. */
  readonly vtlnHighHz: number;
}

/** Triangular filters, each a run of weights on neighbouring bins. */
export interface MelFilters {
  /** [bins] the first bin of every filter */
  readonly first: Int32Array;
  /** [bins + 1] where its weights begin */
  readonly offsets: Int32Array;
  /** Weights of all filters, end to end. */
  readonly weights: Float64Array<ArrayBuffer>;
  /** [bins] the frequency of their peaks, Hz */
  readonly centers: Float64Array<ArrayBuffer>;
}

/** mel(f) = 1127 ln(1 + f / 700) */
export function hertzToMel(hertz: number): number {
  return 1127 * Math.log1p(hertz / 700);
}

/** f(mel) = 700 (exp(mel / 1127) - 1) */
export function melToHertz(mel: number): number {
  return 700 * Math.expm1(mel / 1127);
}

/**
 * A bank of triangular filters, evenly spaced and linear in mel: the weight of filter b at bin k is
 * (mel(f_k) - left) / (center - left) up to its center, (right - mel(f_k)) / (right - center) after.
 *
 * @throws {RangeError} If the frequencies are out of order, or a filter is so narrow that it has no
 * bin.
 *
 * @example
 * ```ts
 * import { melFilters } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const axis = { lowHz: 20, highHz: 0, warp: 1, vtlnLowHz: 100, vtlnHighHz: -500 };
 * const { first } = melFilters({ sampleRate: 16000, bins: 23, size: 512, ...axis });
 * assertEquals([first[0], first[22]], [1, 204]);
 * ```
 *
 * Source: Kaldi, feat/mel-computations.cc.
 */
export function melFilters(options: MelFilterOptions): MelFilters {
  const { sampleRate, bins, size, lowHz, warp, vtlnLowHz } = options;
  const nyquist = sampleRate / 2;
  const fromTop = (hertz: number) => hertz > 0 ? hertz : nyquist + hertz;
  const highHz = fromTop(options.highHz), vtlnHighHz = fromTop(options.vtlnHighHz);
  const fail = (what: string): never => {
    throw new RangeError(`Cannot make mel filters as ${what}`);
  };
  if (!(lowHz >= 0 && lowHz < highHz && highHz <= nyquist)) {
    fail(`frequencies must be 0 <= low < high <= ${nyquist} Hz: they are ${lowHz} and ${highHz}`);
  }
  const warped = warp === 1
    ? (hertz: number) => hertz
    : warpOf(warp, lowHz, highHz, vtlnLowHz, vtlnHighHz, fail);
  const low = hertzToMel(lowHz), step = (hertzToMel(highHz) - low) / (bins + 1);
  const edges = Array.from(
    { length: bins + 2 },
    (_, b) => warp === 1 ? low + b * step : hertzToMel(warped(melToHertz(low + b * step))),
  );
  const first = new Int32Array(bins), offsets = new Int32Array(bins + 1);
  const weights: number[] = [];
  for (let b = 0; b < bins; b++) {
    const [left, center, right] = edges.slice(b, b + 3);
    first[b] = -1;
    for (let k = 0; k < size / 2; k++) {
      const mel = hertzToMel(k * sampleRate / size);
      if (!(mel > left && mel < right)) continue;
      if (first[b] < 0) first[b] = k;
      weights.push(
        mel <= center ? (mel - left) / (center - left) : (right - mel) / (right - center),
      );
    }
    if (first[b] < 0) {
      const at = melToHertz(center).toFixed(0);
      fail(
        `every filter must have a bin of the transform: filter ${b} of ${bins}, at ${at} Hz, ` +
          `has none; take fewer filters or longer frames`,
      );
    }
    offsets[b + 1] = weights.length;
  }
  const centers = Float64Array.from(first, (_, b) => melToHertz(edges[b + 1]));
  return { first, offsets, weights: Float64Array.from(weights), centers };
}

/** f → f / warp between two corners, linear from there to the ends of the axis, which stay. */
function warpOf(
  warp: number,
  lowHz: number,
  highHz: number,
  vtlnLowHz: number,
  vtlnHighHz: number,
  fail: (what: string) => never,
): (hertz: number) => number {
  const lower = vtlnLowHz * Math.max(1, warp), upper = vtlnHighHz * Math.min(1, warp);
  if (!(lowHz < lower && lower < upper && upper < highHz)) {
    fail(
      `a warp of ${warp} must have its corners in order inside ${lowHz} to ${highHz} Hz: ` +
        `they are ${lower} and ${upper}`,
    );
  }
  const left = (lower / warp - lowHz) / (lower - lowHz);
  const right = (highHz - upper / warp) / (highHz - upper);
  return (hertz) => {
    if (hertz < lowHz || hertz > highHz) return hertz;
    if (hertz < lower) return lowHz + left * (hertz - lowHz);
    if (hertz < upper) return hertz / warp;
    return highHz + right * (hertz - highHz);
  };
}
