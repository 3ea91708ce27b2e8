import { fullSumLattice } from "../criteria/mod.ts";
import { matrix, median } from "../numeric/mod.ts";
import type { Heard } from "./hear.ts";
import type { Extent, PlacedLabel } from "./place_words.ts";
import type { SpeechModel } from "./speech_model.ts";
import { wordsTopology } from "./words_topology.ts";

/** Nats of evidence against a label that its confidence falls by a factor of e for. */
const temperature = 4;
/** Words on either side that a stretch takes in, and the score below which it does not match, nats. */
const neighbours = 2, stretchScore = -4.5;
/** The score above which a word of such a stretch is none of those that do not match, nats. */
const goodScore = -2;
/** Nats a label above which no single word is doubted, and how many labels it must have. */
const singleScore = -5.5, doubtedLabels = 3;
/** How much of the median times log₂(10 W) a single word's score must be. */
const outlying = 0.5;

/**
 * How well the sound says a label: the mean over its frames of log p(label) - max_k log p(k), nats; 0
 * where the model hears nothing that it believes more.
 */
export function labelScore(
  { logProbs, labels: K }: Pick<Heard, "logProbs" | "labels">,
  { label, own: [from, to] }: Pick<PlacedLabel, "label" | "own">,
): number {
  let sum = 0;
  for (let t = from; t < to; t++) {
    let best = -Infinity;
    for (let k = 0; k < K; k++) best = Math.max(best, logProbs[t * K + k]);
    sum += logProbs[t * K + label] - best;
  }
  return sum / (to - from);
}

/**
 * How well the sound says a word as a whole: log p(its labels) over its frames, the sum over all ways to
 * lay them there, nats a label. Unlike {@link labelScore} it counts what else is heard between the
 * labels.
 *
 * @param frames The first of them, and the one after the last.
 */
export function wordScore(
  { logProbs, labels: K }: Pick<Heard, "logProbs" | "labels">,
  word: readonly number[],
  [from, to]: Extent,
  model: Pick<SpeechModel, "blanks" | "silence">,
): number {
  const heard = matrix(to - from, K, logProbs.subarray(from * K, to * K));
  return fullSumLattice(heard, wordsTopology([word], model)).logScore / word.length;
}

/** A score, nats, as a confidence from 0 to 1: e^(score / 4). */
export function confidenceOf(score: number): number {
  return Math.exp(score / temperature);
}

/**
 * Which words the sound does not say.
 *
 * - A word alone, of three labels or more, that stands out: its score as a whole is below -5.5 nats,
 *   and below m / 2 · log₂(10 W), where m is the median of the W words, so that a right text has
 *   hardly such a word, however well the model knows the voice and however long the text is.
 * - A word of a stretch that does not match: the mean over the labels of five words, two on either
 *   side, is below -4.5 nats, those left out that stand out alone, and its own below -2.
 *
 * Both numbers were chosen on voices of the training, clean and in noise: at most one sentence in
 * twenty has such a word.
 *
 * @param scores Those of the labels of every word, nats, none empty, see {@link labelScore}.
 * @param whole Those of the words, nats a label, see {@link wordScore}.
 * @returns Whether each word matches.
 */
export function matchingWords(
  scores: readonly (readonly number[])[],
  whole: readonly number[],
): boolean[] {
  if (scores.length === 0) return [];
  const sums = scores.map((own) => own.reduce((a, b) => a + b, 0));
  const worst = Math.min(singleScore, outlying * median(whole) * Math.log2(10 * whole.length));
  const alone = whole.map((score, w) => score < worst && scores[w].length >= doubtedLabels);
  return sums.map((sum, w) => {
    if (alone[w]) return false;
    let near = 0, labels = 0;
    for (let v = Math.max(0, w - neighbours); v <= w + neighbours && v < sums.length; v++) {
      if (alone[v]) continue;
      near += sums[v];
      labels += scores[v].length;
    }
    return near / labels >= stretchScore || sum / scores[w].length >= goodScore;
  });
}
