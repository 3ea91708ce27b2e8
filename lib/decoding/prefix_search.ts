import { ctcTopology } from "../alignment/mod.ts";
import { fullSum } from "../criteria/mod.ts";
import { type Matrix, requireLabel, requireLogProbs, rowSlice } from "../numeric/mod.ts";
import { logAdd } from "./log_add.ts";

/** How to search. */
export interface PrefixSearchOptions {
  /** The blank label; defaults to 0. */
  blank?: number;
  /**
   * Frames whose blank has at least this probability split the sequence into sections that are
   * searched one by one. Defaults to `Infinity`, no split, which is exact; 0.9999 is the paper's.
   */
  blankThreshold?: number;
}

/** What a prefix search found. */
export interface PrefixSearchResult {
  /** The best labelling; with a split, the best labellings of the sections, one after the other. */
  labels: number[];
  /** log p(labels | x) over all paths, nats */
  logProb: number;
  /** How many prefixes were extended, which is what the search costs. */
  extended: number;
}

/** A prefix, with the log-probabilities of everything that begins with it. */
interface SearchPrefix {
  readonly labels: readonly number[];
  /** [T] log of the sum over paths of frames 0 … t that collapse to it and end in blank */
  readonly blankEnd: Float64Array;
  /** [T] likewise, ending in its last label */
  readonly labelEnd: Float64Array;
  /** log p(labels | x) */
  readonly whole: number;
  /** log of the sum over all labellings that go on after it */
  readonly beyond: number;
}

/**
 * Prefix search decoding: the labelling with the highest probability, found best prefix first. A
 * prefix p is worth what all labellings that go on after it have together,
 *
 * P(p…) = Σₜ y_t[k] · (paths that are p⁻ up to t - 1 and may go on with k) - P(p)
 *
 * and the search ends when none is worth more than the best labelling found. It always ends with
 * the best labelling, but may take time exponential in T where the frames are undecided; the split
 * at sure blanks keeps sections short.
 *
 * @param logProbs [T, K] log-probabilities, nats; each frame's probabilities sum to 1.
 * @throws {RangeError} If a log-probability is NaN or +Infinity, a frame does not sum to 1, or an
 * option is out of range.
 *
 * @example
 * ```ts
 * import { prefixSearch } from "lib/decoding/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const logProbs = matrix(2, 2, [0.6, 0.4, 0.6, 0.4].map(Math.log));
 * assertEquals(prefixSearch(logProbs).labels, [1]); // the best path is blank, blank
 * ```
 *
 * Source: Graves et al. 2006, section 3.2, prefix search decoding; Graves 2012, "Supervised Sequence
 * Labelling", Algorithm 7.2.
 */
export function prefixSearch(
  logProbs: Matrix,
  options: PrefixSearchOptions = {},
): PrefixSearchResult {
  const { blank = 0, blankThreshold = Infinity } = options;
  requireLabel("decode", "blank", blank, logProbs.cols);
  requireLogProbs("decode", logProbs);
  requireNormalised(logProbs);
  if (!(blankThreshold >= 0)) {
    throw new RangeError(
      `Cannot decode as blankThreshold must be >= 0: current value is ${blankThreshold}`,
    );
  }
  const { data, rows: T, cols: K } = logProbs;
  const labels: number[] = [];
  let extended = 0;
  for (let t = 0, start = 0; t <= T; t++) {
    if (t < T && !(data[t * K + blank] >= Math.log(blankThreshold))) continue;
    if (t > start) {
      const section = searchSection(rowSlice(logProbs, start, t), blank);
      labels.push(...section.labels);
      extended += section.extended;
    }
    start = t + 1;
  }
  const logProb = T === 0 ? 0 : fullSum(logProbs, ctcTopology(labels, { blank })).logScore;
  return { labels, logProb, extended };
}

function searchSection(y: Matrix, blank: number): { labels: readonly number[]; extended: number } {
  let best = emptyPrefix(y, blank);
  const open = [best];
  for (let extended = 0;; extended++) {
    const next = open.reduce((a, p, i) => p.beyond > (open[a]?.beyond ?? -Infinity) ? i : a, -1);
    if (next < 0 || open[next].beyond <= best.whole) return { labels: best.labels, extended };
    const prefix = open[next];
    open[next] = open[open.length - 1];
    open.pop();
    for (let k = 0; k < y.cols; k++) {
      if (k === blank) continue;
      const longer = extend(prefix, k, y, blank);
      if (longer.whole > best.whole) best = longer;
      if (longer.beyond > best.whole) open.push(longer);
    }
  }
}

function emptyPrefix({ data, rows: T, cols: K }: Matrix, blank: number): SearchPrefix {
  const blankEnd = new Float64Array(T), labelEnd = new Float64Array(T).fill(-Infinity);
  let whole = 0;
  for (let t = 0; t < T; t++) blankEnd[t] = whole += data[t * K + blank];
  return { labels: [], blankEnd, labelEnd, whole, beyond: logSubtract(0, whole) };
}

function extend(
  prefix: SearchPrefix,
  k: number,
  { data, rows: T, cols: K }: Matrix,
  blank: number,
): SearchPrefix {
  const blankEnd = new Float64Array(T).fill(-Infinity);
  const labelEnd = new Float64Array(T).fill(-Infinity);
  const empty = prefix.labels.length === 0;
  const repeats = !empty && prefix.labels[prefix.labels.length - 1] === k;
  let begun = -Infinity; // log of the sum over all labellings that begin with the longer prefix
  for (let t = 0; t < T; t++) {
    // Paths that are the shorter prefix up to t - 1, and may go on with k.
    const before = t === 0
      ? (empty ? 0 : -Infinity)
      : repeats
      ? prefix.blankEnd[t - 1]
      : logAdd(prefix.blankEnd[t - 1], prefix.labelEnd[t - 1]);
    const fresh = before + data[t * K + k];
    begun = logAdd(begun, fresh);
    if (t === 0) {
      labelEnd[t] = fresh;
    } else {
      labelEnd[t] = logAdd(fresh, labelEnd[t - 1] + data[t * K + k]);
      blankEnd[t] = logAdd(blankEnd[t - 1], labelEnd[t - 1]) + data[t * K + blank];
    }
  }
  const whole = logAdd(blankEnd[T - 1], labelEnd[T - 1]);
  const labels = [...prefix.labels, k];
  return { labels, blankEnd, labelEnd, whole, beyond: logSubtract(begun, whole) };
}

/** log(eᵃ - eᵇ), and the log of zero where rounding leaves a no larger than b. */
function logSubtract(a: number, b: number): number {
  return a > b ? a + Math.log(-Math.expm1(b - a)) : -Infinity;
}

function requireNormalised({ data, rows: T, cols: K }: Matrix): void {
  for (let t = 0; t < T; t++) {
    const sum = data.subarray(t * K, (t + 1) * K).reduce((acc, value) => acc + Math.exp(value), 0);
    if (!(Math.abs(sum - 1) < 1e-6)) {
      throw new RangeError(
        `Cannot decode by prefix search as the probabilities of a frame must sum to 1: ` +
          `those of frame ${t} sum to ${sum}`,
      );
    }
  }
}
