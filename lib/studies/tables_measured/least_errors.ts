import { exactTargets, type PossibleTarget, wordCorpus } from "../../corpora/mod.ts";
import { editDistance } from "../../metrics/mod.ts";
import { RandomState, sequenceAt } from "../../numeric/mod.ts";
import { streams } from "../../training/mod.ts";
import { noisyWords } from "../synthetic_tables/mod.ts";

/** What the best recognition comes to where noise is drawn for every frame. */
export interface LeastErrors {
  /** Expected label error rate, %. */
  readonly per: number;
  /**
   * Standard deviation of the label error rate of one sequence, its errors over the mean number of
   * labels, %; over n sequences it is 1/√n of that.
   */
  readonly deviation: number;
}

/** Targets that are less probable are neither chosen nor counted as said. */
const RARE = 1e-4;

/**
 * The least errors of a recogniser that knows the corpus of Tables 11 and 12, and for every sequence
 * chooses, among all sequences of words, the one with the fewest expected errors.
 */
export function leastErrors(sequences = 300): LeastErrors {
  const { kind: _, ...options } = noisyWords;
  const corpus = wordCorpus(options);
  const { x, targets } = corpus.batch(new RandomState(streams.evaluation), sequences);
  const labels = targets.reduce((sum, { length }) => sum + length, 0) / sequences;
  let errors = 0, squares = 0;
  for (let b = 0; b < sequences; b++) {
    const possible = exactTargets(corpus, sequenceAt(x, b))
      .filter(({ probability }) => probability > RARE);
    const best = possible.map(({ target }) => expectedErrors(target, possible))
      .reduce((a, b) => a.mean <= b.mean ? a : b);
    errors += best.mean / sequences;
    squares += best.square / sequences;
  }
  return {
    per: 100 * errors / labels,
    deviation: 100 * Math.sqrt(squares - errors ** 2) / labels,
  };
}

/** The means of the number of errors and of its square. */
function expectedErrors(
  chosen: readonly number[],
  possible: readonly PossibleTarget[],
): { mean: number; square: number } {
  let mean = 0, square = 0;
  for (const { target, probability } of possible) {
    const errors = editDistance(chosen, target);
    mean += probability * errors;
    square += probability * errors ** 2;
  }
  return { mean, square };
}
