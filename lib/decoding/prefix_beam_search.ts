import type { Matrix } from "../numeric/mod.ts";
import type { LanguageModel } from "./language_model.ts";
import { logAdd } from "./log_add.ts";
import { requireLogProbs } from "./log_probs.ts";
import { advance, emptyPrefix, extended, labelsOf, type Prefix } from "./prefix.ts";

/** How to search. */
export interface PrefixBeamSearchOptions {
  /** Most prefixes kept at every frame; `Infinity` keeps all, which is exact. */
  beamWidth: number;
  /** The blank label; defaults to 0. */
  blank?: number;
  /** A language model over the same labels; defaults to none. */
  lm?: LanguageModel;
  /** Weight α of the language model's log-probability; defaults to 1. */
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
 * @throws {RangeError} If a log-probability is NaN or +Infinity, an option is out of range, or the
 * language model knows another number of labels than K.
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
  const rank = (prefix: Prefix) =>
    prefix.acoustic + weighted(lmWeight, prefix.languageModel) + insertionBonus * prefix.length;

  let beam = [emptyPrefix(lm)];
  for (let t = 0; t < T; t++) {
    const y = data.subarray(t * K, (t + 1) * K);
    const candidates = step(beam, y, t, blank, maximum(y) - prune, lm);
    candidates.forEach(advance);
    beam = bestOf(candidates, rank, beamWidth, prune);
  }
  return beam
    .map((prefix): Hypothesis => {
      const { acoustic, length } = prefix;
      const languageModel = prefix.languageModel + (lm?.end(prefix.lmState) ?? 0);
      const score = acoustic + weighted(lmWeight, languageModel) + insertionBonus * length;
      return { labels: labelsOf(prefix), score, acoustic, languageModel, length };
    })
    .filter(({ score }) => score > -Infinity)
    .sort((a, b) => b.score - a.score);
}

/** All prefixes that the beam reaches by frame t, the log-probabilities of which are y. */
function step(
  beam: readonly Prefix[],
  y: Float64Array,
  t: number,
  blank: number,
  least: number,
  lm: LanguageModel | undefined,
): Prefix[] {
  const reached: Prefix[] = [];
  const reach = (prefix: Prefix) => {
    if (prefix.frame === t) return;
    prefix.frame = t;
    prefix.nextBlank = prefix.nextLabel = -Infinity;
    reached.push(prefix);
  };
  for (const prefix of beam) {
    const { blankEnd, labelEnd, last, acoustic } = prefix;
    reach(prefix);
    prefix.nextBlank = acoustic + y[blank];
    if (last >= 0) prefix.nextLabel = logAdd(prefix.nextLabel, labelEnd + y[last]);
    for (let k = 0; k < y.length; k++) {
      // A label once more is a new one only after a blank.
      const before = k === last ? blankEnd : acoustic;
      if (k === blank || y[k] < least || before + y[k] === -Infinity) continue;
      const longer = extended(prefix, k, lm);
      reach(longer);
      longer.nextLabel = logAdd(longer.nextLabel, before + y[k]);
    }
  }
  return reached;
}

/** The `width` prefixes that rank highest, at most `prune` below the best; of equals, the first. */
function bestOf(
  prefixes: readonly Prefix[],
  rank: (prefix: Prefix) => number,
  width: number,
  prune: number,
): Prefix[] {
  const ranks = Float64Array.from(prefixes, rank);
  const sorted = ranks.toSorted();
  const n = sorted.length;
  const edge = n > width ? sorted[n - width] : -Infinity;
  const least = Math.max(edge, sorted[n - 1] - prune);
  let equals = width;
  for (let i = n - 1; i >= 0 && sorted[i] > edge; i--) equals--;
  return prefixes.filter((_, i) =>
    ranks[i] > -Infinity && ranks[i] >= least && (ranks[i] > edge || equals-- > 0)
  );
}

/** weight · logProb, where a weight of 0 leaves the impossible out of account as well. */
function weighted(weight: number, logProb: number): number {
  return weight === 0 ? 0 : weight * logProb;
}

function maximum(values: Float64Array): number {
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i] > max) max = values[i];
  return max;
}

function requireInput(logProbs: Matrix, options: PrefixBeamSearchOptions): void {
  const { beamWidth, blank = 0, lm, lmWeight = 1, insertionBonus = 0, prune = Infinity } = options;
  requireLogProbs(logProbs, blank);
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
