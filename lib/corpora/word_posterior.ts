import { type Matrix, matrix, requireFinite, sequenceAt, type Sequences } from "../numeric/mod.ts";
import type { WordCorpus } from "./words.ts";

const MOST_SEQUENCES = 1e6;

/** A way that a sequence may have come about: the label of every frame, and its log weight. */
interface Labelling {
  readonly labels: readonly number[];
  readonly logPrior: number;
}

/**
 * What can be known at best: the posterior of every frame's label under the model that the word
 * corpus is drawn from, by summing over all words and all places of silence.
 *
 * p(yₜ = k | x) = Σ_y [yₜ = k] p(y) p(x | y) / Σ_y p(y) p(x | y),
 * log p(x | y) = Σₜ xₜ(yₜ) (1 - σ) / σ² + a constant
 *
 * No model has a smaller expected framewise cross entropy, and where noise is strong it is far
 * from 0.
 *
 * @param x [T, D] the features of one sequence of this corpus.
 * @returns [T, K] log-probabilities, nats.
 * @throws {RangeError} If letters or silence are not of fixed length, there is no noise or it is not
 * drawn for every frame, or no sequence of this corpus has T frames, x is not finite or of another width, or there are more than
 * a million sequences of words to sum over.
 *
 * @example
 * ```ts
 * import { exactPosterior, wordCorpus } from "lib/corpora/mod.ts";
 * import { RandomState, sequenceAt } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const corpus = wordCorpus({ wordsPerSequence: [1, 1], noise: 0.1 });
 * const { x, alignment } = corpus.batch(new RandomState(17), 1);
 * const { data, cols } = exactPosterior(corpus, sequenceAt(x, 0));
 * assertAlmostEquals(data[0 * cols + alignment[0]], 0, 1e-6);
 * ```
 */
export function exactPosterior(corpus: WordCorpus, x: Matrix): Matrix {
  const posterior = matrix(x.rows, corpus.labels);
  const { ways, total } = weighed(corpus, x);
  for (const { labels, weight } of ways) {
    for (let t = 0; t < x.rows; t++) posterior.data[t * corpus.labels + labels[t]] += weight;
  }
  for (let i = 0; i < posterior.data.length; i++) {
    posterior.data[i] = Math.log(posterior.data[i] / total);
  }
  return posterior;
}

/** A sequence of labels that may have been said, and how probable that is. */
export interface PossibleTarget {
  /** Labels of a text, without blanks. */
  readonly target: readonly number[];
  /** How probable it is, given what is heard. */
  readonly probability: number;
}

/**
 * What may have been said, given a sequence of this corpus, the most probable first: all sequences of
 * words, by the sum over all places of silence. To choose from it is the best recognition there is.
 *
 * @param x [T, D] the features of one sequence of this corpus.
 * @throws {RangeError} As {@link exactPosterior}, or if a word has equal letters side by side or ends
 * as another begins, so that its labels do not follow from those of the frames.
 *
 * @example
 * ```ts
 * import { exactTargets, wordCorpus } from "lib/corpora/mod.ts";
 * import { RandomState, sequenceAt } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const corpus = wordCorpus({ noise: 0.1 });
 * const { x, targets } = corpus.batch(new RandomState(17), 1);
 * assertEquals(exactTargets(corpus, sequenceAt(x, 0))[0].target, targets[0]);
 * ```
 */
export function exactTargets(corpus: WordCorpus, x: Matrix): PossibleTarget[] {
  requireUnlikeNeighbours(corpus.options.words);
  const { ways, total } = weighed(corpus, x);
  const found = new Map<string, { target: number[]; weight: number }>();
  for (const { labels, weight } of ways) {
    const target = labels.filter((label, t) => label !== 0 && label !== labels[t - 1]);
    const key = target.join();
    const entry = found.get(key) ?? { target, weight: 0 };
    entry.weight += weight;
    found.set(key, entry);
  }
  return [...found.values()]
    .map(({ target, weight }) => ({ target, probability: weight / total }))
    .sort((a, b) => b.probability - a.probability);
}

/** Every way that x may have come about, with its weight, the greatest of which is 1. */
function weighed(
  corpus: WordCorpus,
  x: Matrix,
): { readonly ways: readonly (Labelling & { readonly weight: number })[]; readonly total: number } {
  const { noise, noiseOf, framesPerLetter: [lo, hi], silenceFactor: [least, most] } =
    corpus.options;
  if (lo !== hi || least !== most || noise === 0) {
    throw new RangeError(
      "Cannot compute the exact posterior as letters and silence must be of fixed length, with " +
        `noise above 0: they are ${lo} to ${hi} frames, ${least} to ${most}, and ${noise}`,
    );
  }
  if (noiseOf !== "frame") {
    throw new RangeError(
      "Cannot compute the exact posterior as noise must be drawn for every frame: it is drawn for " +
        `every ${noiseOf}`,
    );
  }
  const { rows: T, cols: D, data } = x;
  if (D !== corpus.features) {
    throw new RangeError(
      `Cannot compute the exact posterior as frames must have ${corpus.features} values: ` +
        `they have ${D}`,
    );
  }
  requireFinite("The features", x);
  const perUnit = (1 - noise) / noise ** 2;
  const all = labellings(corpus, T);
  const logScores = all.map(({ labels, logPrior }) =>
    labels.reduce((sum, label, t) => sum + perUnit * data[t * D + label], logPrior)
  );
  const best = logScores.reduce((a, b) => Math.max(a, b), -Infinity);
  if (best === -Infinity) {
    throw new RangeError(
      `Cannot compute the exact posterior as no sequence of this corpus has ${T} frames`,
    );
  }
  let total = 0;
  const ways = all.map((way, n) => {
    const weight = Math.exp(logScores[n] - best);
    total += weight;
    return { ...way, weight };
  });
  return { ways, total };
}

function requireUnlikeNeighbours(words: readonly string[]): void {
  const letters = words.map((word) => [...word]);
  const lasts = new Set(letters.map((word) => word.at(-1)));
  const twin = letters.find((word) =>
    lasts.has(word[0]) || word.some((letter, n) => letter === word[n - 1])
  );
  if (twin === undefined) return;
  throw new RangeError(
    "Cannot list what may have been said as equal letters must not touch: in " +
      `${JSON.stringify(twin.join(""))}, or before it, they do`,
  );
}

/**
 * {@link exactPosterior} of every sequence of a batch, end to end.
 *
 * @param x [N, D] features
 * @returns [N, K] log-probabilities, nats; a label that cannot be has -Infinity.
 */
export function exactPosteriors(corpus: WordCorpus, x: Sequences): Sequences {
  const frames = matrix(x.frames.rows, corpus.labels);
  for (let b = 0; b + 1 < x.offsets.length; b++) {
    frames.data.set(exactPosterior(corpus, sequenceAt(x, b)).data, x.offsets[b] * corpus.labels);
  }
  return { frames, offsets: x.offsets };
}

/** All labellings of T frames that the corpus can draw. */
function labellings(corpus: WordCorpus, T: number): Labelling[] {
  const { words, wordsPerSequence: [least, most], framesPerLetter, silenceFactor } = corpus.options;
  if (words.length ** most > MOST_SEQUENCES) {
    throw new RangeError(
      `Cannot compute the exact posterior as there must be at most ${MOST_SEQUENCES} sequences of ` +
        `words: ${most} of ${words.length} words make ${words.length ** most}`,
    );
  }
  const vocabulary = words.map((word) => [...word].map((letter) => corpus.names.indexOf(letter)));
  const found: Labelling[] = [];
  for (let n = least; n <= most; n++) {
    for (const chosen of sequencesOf(vocabulary, n)) {
      const letters = framesPerLetter[0] * chosen.reduce((sum, { length }) => sum + length, 0);
      const silence = Math.floor(silenceFactor[0] * letters);
      if (letters + silence !== T) continue;
      for (const parts of compositions(silence, n + 1)) {
        const labels: number[] = [];
        parts.forEach((length, place) => {
          for (let i = 0; i < length; i++) labels.push(0);
          for (const letter of chosen[place] ?? []) {
            for (let i = 0; i < framesPerLetter[0]; i++) labels.push(letter);
          }
        });
        // silence! / Π parts! ways to fill the places, of (n + 1)^silence
        const ways = logFactorial(silence) - parts.reduce((sum, s) => sum + logFactorial(s), 0);
        const logPrior = ways - silence * Math.log(n + 1) - n * Math.log(words.length);
        found.push({ labels, logPrior });
      }
    }
  }
  return found;
}

/** All sequences of n items. */
function sequencesOf<T>(items: readonly T[], n: number): T[][] {
  if (n === 0) return [[]];
  return sequencesOf(items, n - 1).flatMap((head) => items.map((item) => [...head, item]));
}

/** All ways to write a whole number as a sum of n of them, 0 among them, in order. */
function compositions(total: number, n: number): number[][] {
  if (n === 1) return [[total]];
  return Array.from({ length: total + 1 }, (_, first) => first).flatMap((first) =>
    compositions(total - first, n - 1).map((rest) => [first, ...rest])
  );
}

/** log n! */
function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}
