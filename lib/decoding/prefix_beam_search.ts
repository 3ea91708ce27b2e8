import { type Matrix, requireLabel, requireLogProbs } from "../numeric/mod.ts";
import { type LanguageModel, weighted } from "./language_model.ts";
import { nthLargest } from "./largest.ts";
import { logAdd } from "./log_add.ts";
import { advance, emptyPrefix, extended, labelsOf, lookAhead, type Prefix } from "./prefix.ts";

/** Most prefixes kept at a frame, about a gigabyte: beyond it, memory runs out without a word. */
const MOST_PREFIXES = 2 ** 22;

/** How to search. */
export interface PrefixBeamSearchOptions {
  /**
   * Most prefixes kept at every frame; `Infinity` keeps all, which is exact, but no more than 2^22
   * at a frame.
   */
  beamWidth: number;
  /** The blank label; defaults to 0. */
  blank?: number;
  /** A language model over the same labels; defaults to none. */
  lm?: LanguageModel;
  /**
   * Weight α of the language model's log-probability; defaults to 1. It may be negative, as for a
   * model that is taken off; what the model holds impossible stays so at any weight but 0.
   */
  lmWeight?: number;
  /** Bonus β for every label, nats; defaults to 0. */
  insertionBonus?: number;
  /**
   * At every frame, labels more than this many nats below the frame's likeliest start nothing new,
   * and prefixes more than this many nats below the best are dropped; defaults to `Infinity`.
   */
  prune?: number;
}

/** One labelling that a search came up with. */
export interface Hypothesis {
  /** The labelling, without blanks. */
  labels: number[];
  /** acoustic + lmWeight · languageModel + insertionBonus · length, nats */
  score: number;
  /** log p(labels | x) over the paths that were kept, nats */
  acoustic: number;
  /** The language model's log-probability of the labelling with its end, nats; 0 without one. */
  languageModel: number;
  /** Number of labels. */
  length: number;
}

/**
 * CTC prefix beam search: the labellings with the highest scores, each summed over its paths.
 *
 * Every prefix ℓ carries two sums over the paths that collapse to it, by their last symbol:
 *
 * p_b(ℓ, t) = y_t[blank] (p_b(ℓ, t-1) + p_n(ℓ, t-1))
 * p_n(ℓ, t) = y_t[k] (p_n(ℓ, t-1) + p_b(ℓ⁻, t-1) + p_n(ℓ⁻, t-1) if ℓ⁻ does not end in k)
 *
 * where k is the last label of ℓ and ℓ⁻ is ℓ without it. In the log domain throughout. The search
 * says what was said, not when: for times, align the winner, with Viterbi over
 * `ctcTopology(labels)`.
 *
 * @param logProbs [T, K] log-probabilities, nats; -Infinity for an impossible label.
 * @returns The prefixes of the last beam, best score first; none if no labelling is possible.
 * @throws {RangeError} If a log-probability is NaN or +Infinity, one of the language model's or a
 * score likewise, an option is out of range, the language model knows another number of labels
 * than K, or more than 2^22 prefixes would be kept.
 *
 * @example
 * ```ts
 * import { greedyDecode, prefixBeamSearch } from "lib/decoding/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * // The best path is blank, blank (0.36); but the three paths of "a" have 0.64 together.
 * const logProbs = matrix(2, 2, [0.6, 0.4, 0.6, 0.4].map(Math.log));
 * const [best] = prefixBeamSearch(logProbs, { beamWidth: 4 });
 * assertEquals([greedyDecode(logProbs), best.labels], [[], [1]]);
 * assertAlmostEquals(Math.exp(best.acoustic), 0.64);
 * ```
 *
 * Source: Hannun et al. 2014, "First-pass large vocabulary continuous speech recognition using
 * bi-directional recurrent DNNs", Algorithm 1; Graves & Jaitly 2014, Algorithm 1.
 */
export function prefixBeamSearch(
  logProbs: Matrix,
  options: PrefixBeamSearchOptions,
): Hypothesis[] {
  const { beamWidth, blank = 0, lm, lmWeight = 1, insertionBonus = 0, prune = Infinity } = options;
  requireInput(logProbs, options);
  const { data, rows: T, cols: K } = logProbs;
  const search: Search = {
    beamWidth,
    blank,
    lm,
    prune,
    rank: (acoustic, languageModel, length) => {
      const score = acoustic + weighted(lmWeight, languageModel) + insertionBonus * length;
      if (score < Infinity) return score;
      throw new RangeError(
        `Cannot decode as every score must be below Infinity: with an lmWeight of ${lmWeight} and ` +
          `an insertionBonus of ${insertionBonus}, that of a prefix of ${length} labels is ${score}`,
      );
    },
  };
  let beam = [emptyPrefix(lm)];
  // Room for the ranks of a frame, twice: used again by the next.
  let room = new Float64Array(0);
  for (let t = 0; t < T; t++) {
    const size = beam.length * K;
    if (Math.min(size, beamWidth) > MOST_PREFIXES) {
      throw new RangeError(
        `Cannot decode as at most ${MOST_PREFIXES} prefixes must be kept at a frame: there may be ` +
          `${size} at frame ${t}. Choose a smaller beamWidth than ${beamWidth}`,
      );
    }
    if (room.length < 2 * size) room = new Float64Array(4 * size);
    const [ranks, sorted] = [room.subarray(0, size), room.subarray(size, 2 * size)];
    beam = step(beam, data.subarray(t * K, (t + 1) * K), search, ranks, sorted);
  }
  return beam
    .map((prefix): Hypothesis => {
      const { acoustic, length } = prefix;
      const languageModel = prefix.languageModel + (lm?.end(prefix.lmState) ?? 0);
      const score = search.rank(acoustic, languageModel, length);
      return { labels: labelsOf(prefix), score, acoustic, languageModel, length };
    })
    .filter(({ score }) => score > -Infinity)
    .sort((a, b) => b.score - a.score);
}

/** What a frame's step needs of the options. */
interface Search {
  readonly beamWidth: number;
  readonly blank: number;
  readonly lm: LanguageModel | undefined;
  readonly prune: number;
  /** The score of a prefix, its end left out. */
  readonly rank: (acoustic: number, languageModel: number, length: number) => number;
}

/**
 * The beam after one more frame, the log-probabilities of which are y.
 *
 * All that the beam may become is a matrix [B, K] of ranks: in the column of blank every prefix as
 * it is, in the others with one more label. Only what is kept becomes a prefix of its own.
 */
function step(
  beam: readonly Prefix[],
  y: Float64Array,
  search: Search,
  ranks: Float64Array,
  sorted: Float64Array,
): Prefix[] {
  const { blank, lm, rank } = search;
  const K = y.length, least = maximum(y) - search.prune;
  ranks.fill(-Infinity);
  beam.forEach((prefix, b) => {
    const { last, length, languageModel, blankEnd, labelEnd } = prefix;
    prefix.slot = b;
    prefix.nextBlank = prefix.acoustic + y[blank];
    prefix.nextLabel = last < 0 ? -Infinity : labelEnd + y[last];
    for (let k = 0; k < K; k++) {
      // A label once more is a new one only after a blank.
      const longer = (k === last ? blankEnd : prefix.acoustic) + y[k];
      if (k === blank || y[k] < least || longer === -Infinity) continue;
      const further = lm === undefined ? 0 : lookAhead(prefix, k, lm).logProb;
      ranks[b * K + k] = rank(longer, languageModel + further, length + 1);
    }
  });
  // A prefix with one more label may be in the beam itself: there its paths add up.
  for (const prefix of beam) {
    const { parent, last } = prefix;
    if (parent === undefined || beam[parent.slot] !== parent || y[last] < least) continue;
    const before = parent.last === last ? parent.blankEnd : parent.acoustic;
    prefix.nextLabel = logAdd(prefix.nextLabel, before + y[last]);
    ranks[parent.slot * K + last] = -Infinity;
  }
  beam.forEach((prefix, b) => {
    prefix.nextAcoustic = logAdd(prefix.nextBlank, prefix.nextLabel);
    ranks[b * K + blank] = rank(prefix.nextAcoustic, prefix.languageModel, prefix.length);
  });
  const kept = bestOf(ranks, sorted, search).map((at): Prefix => {
    const prefix = beam[Math.floor(at / K)], k = at % K;
    if (k === blank) return prefix;
    const longer = extended(prefix, k);
    longer.nextBlank = -Infinity;
    longer.nextLabel = (k === prefix.last ? prefix.blankEnd : prefix.acoustic) + y[k];
    longer.nextAcoustic = longer.nextLabel;
    return longer;
  });
  kept.forEach(advance);
  return kept;
}

/** Where the highest ranks are, at most `prune` below the best; of equals, the first. */
function bestOf(
  ranks: Float64Array,
  sorted: Float64Array,
  { beamWidth, prune }: Pick<Search, "beamWidth" | "prune">,
): number[] {
  const least = maximum(ranks) - prune;
  let n = 0;
  for (let i = 0; i < ranks.length; i++) {
    if (ranks[i] >= least && ranks[i] > -Infinity) sorted[n++] = ranks[i];
  }
  const edge = n > beamWidth ? nthLargest(sorted.subarray(0, n), beamWidth) : least;
  let equals = beamWidth;
  for (let i = 0; i < n; i++) if (sorted[i] > edge) equals--;
  const places: number[] = [];
  for (let i = 0; i < ranks.length; i++) {
    const rank = ranks[i];
    if (rank > edge || (rank === edge && rank > -Infinity && equals-- > 0)) places.push(i);
  }
  return places;
}

function maximum(values: Float64Array): number {
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i] > max) max = values[i];
  return max;
}

function requireInput(logProbs: Matrix, options: PrefixBeamSearchOptions): void {
  const { beamWidth, blank = 0, lm, lmWeight = 1, insertionBonus = 0, prune = Infinity } = options;
  requireLabel("decode", "blank", blank, logProbs.cols);
  requireLogProbs("decode", logProbs);
  if (!(beamWidth >= 1 && (Number.isInteger(beamWidth) || beamWidth === Infinity))) {
    throw new RangeError(
      `Cannot decode as beamWidth must be a whole number >= 1 or Infinity: ` +
        `current value is ${beamWidth}`,
    );
  }
  if (!(prune >= 0)) {
    throw new RangeError(`Cannot decode as prune must be >= 0: current value is ${prune}`);
  }
  for (const [name, value] of Object.entries({ lmWeight, insertionBonus })) {
    if (!Number.isFinite(value)) {
      throw new RangeError(`Cannot decode as ${name} must be finite: current value is ${value}`);
    }
  }
  if (lm !== undefined && lm.labels !== logProbs.cols) {
    throw new RangeError(
      `Cannot decode as the language model must know K = ${logProbs.cols} labels: ` +
        `it knows ${lm.labels}`,
    );
  }
}
