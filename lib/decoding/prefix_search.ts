import { ctcTopology } from "../alignment/mod.ts";
import { fullSum } from "../criteria/mod.ts";
import { type Matrix, requireLabel, requireLogProbs, rowSlice } from "../numeric/mod.ts";
import { Heap } from "./heap.ts";
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
  /**
   * Most prefixes that may be extended, of all sections together; defaults to 100,000, a few seconds
   * for sections of twenty frames and five labels. `Infinity` sets no bound.
   */
  maxExpansions?: number;
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

/** A prefix that was extended, with what its extensions rest on. */
interface Prefix {
  /** The prefix without its last label; undefined for the empty prefix. */
  readonly parent: Prefix | undefined;
  /** The last label; -1 for the empty prefix. */
  readonly last: number;
  /** [T] log of the sum over paths of frames 0 … t that collapse to it and end in blank */
  readonly blankEnd: Float64Array;
  /** [T] likewise, ending in blank or in its last label */
  readonly end: Float64Array;
}

/** A prefix that may be extended. What its paths are worth frame by frame is summed again then. */
interface Candidate {
  readonly parent: Prefix | undefined;
  readonly last: number;
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
 * and the search ends when none is worth more than the best labelling found. What it returns is
 * always the best labelling. It may take time exponential in T where the frames are undecided: the
 * split at sure blanks keeps sections short, and `maxExpansions` bounds the work.
 *
 * @param logProbs [T, K] log-probabilities, nats; each frame's probabilities sum to 1.
 * @throws {RangeError} If a log-probability is NaN or +Infinity, a frame does not sum to 1, an option
 * is out of range, or the search is not over after `maxExpansions`.
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
  const { blank = 0, blankThreshold = Infinity, maxExpansions = 100_000 } = options;
  requireLabel("decode", "blank", blank, logProbs.cols);
  requireLogProbs("decode", logProbs);
  requireNormalised(logProbs);
  if (!(blankThreshold >= 0)) {
    throw new RangeError(
      `Cannot decode as blankThreshold must be >= 0: current value is ${blankThreshold}`,
    );
  }
  if (!(maxExpansions >= 0 && (Number.isInteger(maxExpansions) || maxExpansions === Infinity))) {
    throw new RangeError(
      `Cannot decode as maxExpansions must be a whole number >= 0 or Infinity: ` +
        `current value is ${maxExpansions}`,
    );
  }
  const { data, rows: T, cols: K } = logProbs;
  const labels: number[] = [];
  let extended = 0;
  for (let t = 0, start = 0; t <= T; t++) {
    if (t < T && !(data[t * K + blank] >= Math.log(blankThreshold))) continue;
    if (t > start) {
      const section = searchSection(rowSlice(logProbs, start, t), blank, maxExpansions - extended);
      if (section === undefined) {
        throw new RangeError(
          `Cannot end the prefix search within maxExpansions = ${maxExpansions}, as frames ${start} ` +
            `to ${t - 1} are too undecided: raise it, split with blankThreshold, or use ` +
            `prefixBeamSearch`,
        );
      }
      for (const label of section.labels) labels.push(label);
      extended += section.extended;
    }
    start = t + 1;
  }
  const logProb = T === 0 ? 0 : fullSum(logProbs, ctcTopology(labels, { blank })).logScore;
  return { labels, logProb, extended };
}

/** @returns undefined if more than `most` prefixes would have to be extended. */
function searchSection(
  y: Matrix,
  blank: number,
  most: number,
): { labels: number[]; extended: number } | undefined {
  const T = y.rows, blankEnd = new Float64Array(T), labelEnd = new Float64Array(T);
  const score = (parent: Prefix | undefined, last: number): Candidate => {
    const { whole, begun } = sumPaths(blankEnd, labelEnd, parent, last, y, blank);
    return { parent, last, whole, beyond: logSubtract(begun, whole) };
  };
  let best = score(undefined, -1);
  const open = new Heap<Candidate>();
  open.put(best, best.beyond);
  for (let extended = 0;; extended++) {
    const next = open.take();
    if (next === undefined || next.beyond <= best.whole) {
      return { labels: labelsOf(best), extended };
    }
    if (extended >= most) return undefined;
    const { parent, last } = next;
    sumPaths(blankEnd, labelEnd, parent, last, y, blank);
    const end = blankEnd.map((b, t) => logAdd(b, labelEnd[t]));
    const prefix = { parent, last, blankEnd: blankEnd.slice(), end };
    for (let k = 0; k < y.cols; k++) {
      if (k === blank) continue;
      const longer = score(prefix, k);
      if (longer.whole > best.whole) best = longer;
      if (longer.beyond > best.whole) open.put(longer, longer.beyond);
    }
  }
}

function labelsOf(best: Candidate): number[] {
  const labels: number[] = [];
  for (let at: Candidate | Prefix = best; at.parent !== undefined; at = at.parent) {
    labels.push(at.last);
  }
  return labels.reverse();
}

/**
 * Sums over the paths of a prefix with one more label, frame by frame; over those of the empty
 * prefix where there is no shorter one.
 *
 * @param blankEnd [T] written: paths that end in blank
 * @param labelEnd [T] written: paths that end in k
 * @returns The logs of the sums over the labelling itself, and over all that begin with it.
 */
function sumPaths(
  blankEnd: Float64Array,
  labelEnd: Float64Array,
  shorter: Prefix | undefined,
  k: number,
  { data, rows: T, cols: K }: Matrix,
  blank: number,
): { whole: number; begun: number } {
  if (shorter === undefined) {
    let whole = 0;
    for (let t = 0; t < T; t++) blankEnd[t] = whole += data[t * K + blank];
    labelEnd.fill(-Infinity);
    return { whole, begun: 0 };
  }
  const empty = shorter.parent === undefined;
  const before = shorter.last === k ? shorter.blankEnd : shorter.end; // what may go on with k
  let begun = labelEnd[0] = (empty ? 0 : -Infinity) + data[k];
  blankEnd[0] = -Infinity;
  for (let t = 1; t < T; t++) {
    const fresh = before[t - 1] + data[t * K + k];
    begun = logAdd(begun, fresh);
    labelEnd[t] = logAdd(fresh, labelEnd[t - 1] + data[t * K + k]);
    blankEnd[t] = logAdd(blankEnd[t - 1], labelEnd[t - 1]) + data[t * K + blank];
  }
  return { whole: logAdd(blankEnd[T - 1], labelEnd[T - 1]), begun };
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
