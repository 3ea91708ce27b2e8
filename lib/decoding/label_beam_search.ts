import type { Matrix } from "../numeric/mod.ts";
import { type LanguageModel, weighted } from "./language_model.ts";

/** Most labels of a hypothesis where nobody says how many: a model may never come to an end. */
export const mostLabels = 10_000;

/** What says one label after the other, for all hypotheses of a beam at once. */
export interface LabelModel {
  /** Number of labels K; 0 stands for the end. */
  readonly labels: number;
  /**
   * Log-probabilities [n, K] of what comes next in each of n hypotheses, nats.
   *
   * @param parents The place of each among the hypotheses of the call before; [0] at first.
   * @param said The label said last in each; 0 before the first.
   */
  next(parents: readonly number[], said: readonly number[]): Matrix;
}

/** How to search. */
export interface LabelSearchOptions {
  /** Most hypotheses that go on after each label, and most that are returned; defaults to 1. */
  readonly beamWidth?: number;
  /** Most labels of a hypothesis; defaults to {@link mostLabels}. */
  readonly maxLabels?: number;
  /** p: scores are ranked divided by (labels + 1)^p, the end counted; defaults to 0. */
  readonly lengthPower?: number;
  /**
   * γ, above 0: a hypothesis may end where log p(end) > γ · log p of its likeliest label; defaults to
   * no such demand.
   */
  readonly endThreshold?: number;
  /** A language model over the same labels; defaults to none. */
  readonly lm?: LanguageModel;
  /** Of the language model; defaults to 1. */
  readonly lmWeight?: number;
  /** For every label, nats; defaults to 0. */
  readonly insertionBonus?: number;
}

/** A labelling that has ended. */
export interface EndedHypothesis {
  /** Without blanks, and without the end. */
  readonly labels: number[];
  /** log p(labels, end | x), with what the language model and the bonus add, nats */
  readonly score: number;
  /** What hypotheses are ranked by: the score over (labels + 1)^p. */
  readonly rank: number;
}

interface Going {
  readonly labels: readonly number[];
  readonly score: number;
  readonly lmState: unknown;
}

/**
 * Beam search over labels: at each step every hypothesis says one more label or ends, and the best
 * `beamWidth` go on. With a width of 1 it is greedy; with one that no step exceeds it is exact.
 *
 * A step ends those whose end is among the best continuations of the whole beam. The search is over
 * when none goes on, at `maxLabels` labels, or, where scores can only fall, when none that goes on
 * can still be among the best.
 *
 * @returns The best that have ended, the best first; none if none has within `maxLabels` labels.
 * @throws {RangeError} If an option is out of range, or a log-probability of the model is NaN or
 * +Infinity.
 *
 * @example
 * ```ts
 * import { labelBeamSearch } from "lib/decoding/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // "a" (1) is likelier at first, but "b" (2) ends at once.
 * const next = (_: readonly number[], said: readonly number[]) =>
 *   matrix(said.length, 3, said.flatMap((label) => [
 *     ...(label === 0 ? [0, 0.6, 0.4] : label === 1 ? [0.4, 0.3, 0.3] : [1, 0, 0]),
 *   ].map(Math.log)));
 * const search = (beamWidth: number) => labelBeamSearch({ labels: 3, next }, { beamWidth, maxLabels: 9 });
 * assertEquals([search(1)[0].labels, search(2)[0].labels], [[1], [2]]);
 * ```
 *
 * Source: Sutskever et al. 2014, section 3.2; for the length Wu et al. 2016, eq. 14; for the end
 * threshold Hannun et al. 2019, section 2.6.
 */
export function labelBeamSearch(
  model: LabelModel,
  options: LabelSearchOptions = {},
): EndedHypothesis[] {
  const { beamWidth = 1, maxLabels = mostLabels, lengthPower = 0, endThreshold, lm } = options;
  const { lmWeight = 1, insertionBonus = 0 } = options, K = model.labels;
  requireOptions(options, K);
  const onlyFalls = lm === undefined && insertionBonus <= 0 && lengthPower === 0;
  const rankOf = (score: number, labels: number) => score / (labels + 1) ** lengthPower;
  let going: Going[] = [{ labels: [], score: 0, lmState: lm?.start() }], parents = [0];
  const ended: EndedHypothesis[] = [];
  for (let step = 0; going.length > 0 && step <= maxLabels; step++) {
    const next = model.next(parents, going.map(({ labels }) => labels.at(-1) ?? 0));
    requireScores(next, going.length, K, step);
    const { data } = next;
    const continuations: { parent: number; label: number; score: number; rank: number }[] = [];
    going.forEach(({ labels, score, lmState }, parent) => {
      const row = data.subarray(parent * K, (parent + 1) * K);
      let likeliest = -Infinity;
      for (let k = 1; k < K; k++) likeliest = Math.max(likeliest, row[k]);
      for (let label = 0; label < K; label++) {
        if (row[label] === -Infinity || label > 0 && step === maxLabels) continue;
        if (label === 0 && endThreshold !== undefined && !(row[0] > endThreshold * likeliest)) {
          continue;
        }
        const further = lm === undefined
          ? 0
          : label === 0
          ? lm.end(lmState)
          : lm.next(lmState, label).logProb;
        const longer = score + row[label] + weighted(lmWeight, further) +
          (label === 0 ? 0 : insertionBonus);
        if (longer === -Infinity) continue;
        const rank = rankOf(longer, labels.length + (label === 0 ? 0 : 1));
        continuations.push({ parent, label, score: longer, rank });
      }
    });
    continuations.sort((a, b) => b.rank - a.rank);
    const before = going;
    going = [];
    parents = [];
    for (const { parent, label, score, rank } of continuations) {
      const { labels, lmState } = before[parent];
      if (going.length === beamWidth) break;
      if (label === 0) {
        ended.push({ labels: [...labels], score, rank });
        continue;
      }
      const state = lm?.next(lmState, label).state;
      going.push({ labels: [...labels, label], score, lmState: state });
      parents.push(parent);
    }
    ended.sort((a, b) => b.rank - a.rank);
    ended.splice(beamWidth);
    const worst = ended.at(-1);
    const best = going.length > 0 ? going[0].score : -Infinity;
    if (onlyFalls && ended.length === beamWidth && worst!.score >= best) break;
  }
  return ended;
}

function requireOptions(options: LabelSearchOptions, K: number): void {
  const { beamWidth = 1, maxLabels = mostLabels, lengthPower = 0, endThreshold = 1 } = options;
  const { lm, lmWeight = 1, insertionBonus = 0 } = options;
  const checks: [string, boolean, string, unknown][] = [
    [
      "beamWidth",
      beamWidth === Infinity || Number.isInteger(beamWidth) && beamWidth >= 1,
      "a whole number >= 1 or Infinity",
      beamWidth,
    ],
    [
      "maxLabels",
      Number.isSafeInteger(maxLabels) && maxLabels >= 0,
      "a whole number >= 0",
      maxLabels,
    ],
    ["lengthPower", within(lengthPower, 0, 10), "from 0 to 10", lengthPower],
    [
      "endThreshold",
      Number.isFinite(endThreshold) && endThreshold > 0,
      "finite and above 0",
      endThreshold,
    ],
    ["lmWeight", Number.isFinite(lmWeight), "finite", lmWeight],
    ["insertionBonus", Number.isFinite(insertionBonus), "finite", insertionBonus],
  ];
  for (const [name, holds, expected, value] of checks) {
    if (holds) continue;
    throw new RangeError(`Cannot decode as ${name} must be ${expected}: current value is ${value}`);
  }
  if (lm !== undefined && lm.labels !== K) {
    throw new RangeError(
      `Cannot decode as the language model must know K = ${K} labels: it knows ${lm.labels}`,
    );
  }
}

function within(value: number, least: number, most: number): boolean {
  return Number.isFinite(value) && value >= least && value <= most;
}

/** Checks what a model says of n hypotheses after so many labels. */
function requireScores({ data, rows, cols }: Matrix, n: number, K: number, labels: number): void {
  if (rows !== n || cols !== K) {
    throw new RangeError(
      `Cannot decode as the model must give ${n} rows of K = ${K} log-probabilities: ` +
        `it gives ${rows} of ${cols}`,
    );
  }
  const wild = data.findIndex((logProb) => !(logProb < Infinity));
  if (wild < 0) return;
  throw new RangeError(
    `Cannot decode as log-probabilities must be below Infinity: after ${labels} labels that of ` +
      `label ${wild % K} is ${data[wild]}`,
  );
}
