import type { Heard } from "./hear.ts";
import type { PlacedLabel } from "./place_words.ts";

/** Nats of evidence against a label that its confidence falls by a factor of e for. */
const temperature = 4;
/** Words on either side that a stretch takes in, and the score below which it does not match, nats. */
const neighbours = 2, stretchScore = -4.5;
/** The score above which a word of such a stretch is none of those that do not match, nats. */
const goodScore = -2;
/** The score above which no single word is doubted, nats, and how many labels it must have. */
const wordScore = -4.5, doubtedLabels = 3;

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

/** A score, nats, as a confidence from 0 to 1: e^(score / 4). */
export function confidenceOf(score: number): number {
  return Math.exp(score / temperature);
}

/**
 * Which words the sound does not say, judged by the scores of their labels.
 *
 * - A word of a stretch that does not match: the mean over the labels of five words, two on either
 *   side, is below -4.5 nats, and its own below -2.
 * - A word alone, of three labels or more, that stands out: its own mean is below -4.5 nats, and
 *   below -m · log₂(10 W), where m is the median of the W words, so that of a right text about one
 *   recording in ten has such a word, however well the model knows the voice and however long it is.
 *
 * @param scores Those of the labels of every word, nats, none empty.
 * @returns Whether each word matches.
 */
export function matchingWords(scores: readonly (readonly number[])[]): boolean[] {
  const sums = scores.map((own) => own.reduce((a, b) => a + b, 0));
  const means = sums.map((sum, w) => sum / scores[w].length);
  const median = means.toSorted((a, b) => a - b)[means.length >> 1] ?? 0;
  const alone = Math.min(wordScore, median * Math.log2(10 * means.length));
  const stretches = means.map((_, w) => {
    const near = [Math.max(0, w - neighbours), w + neighbours + 1] as const;
    const labels = scores.slice(...near).reduce((sum, { length }) => sum + length, 0);
    return sums.slice(...near).reduce((a, b) => a + b, 0) / labels;
  });
  return means.map((mean, w) =>
    (stretches[w] >= stretchScore || mean >= goodScore) &&
    (mean >= alone || scores[w].length < doubtedLabels)
  );
}
