import type { HomophoneCorpus } from "../../corpora/mod.ts";

/** What no model can do better, whatever its weights; expectations over the corpus. */
export interface Floors {
  /** Least label error rate of what decides on every word by its own sound. */
  readonly errorByWord: number;
  /** Least label error rate of what hears the whole text. */
  readonly errorByText: number;
  /** Least cross entropy of spellings that are chosen independently given the sound, bits per text. */
  readonly bitsIndependent: number;
  /** Least cross entropy of any model: the entropy of the spelling given the sound, bits per text. */
  readonly bitsJoint: number;
}

/**
 * What independence costs on a corpus of homophones, from the process that draws it, where sounds are
 * told apart without error:
 *
 * - a word's own sound leaves min(p, 1 - p) of the words to chance, p being the share of plurals;
 * - so does the whole text where it has no article; the article itself is always heard;
 * - the number of a text without article has the entropy H(p), which a joint model pays once and an
 *   independent one for each of its words.
 *
 * @example
 * ```ts
 * import { homophoneCorpus } from "lib/corpora/mod.ts";
 * import { floorsOf } from "lib/studies/homophones/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const corpus = homophoneCorpus({ article: 0, plural: 0.5, wordsPerText: [3, 3] });
 * assertEquals(floorsOf(corpus), {
 *   errorByWord: 0.5,
 *   errorByText: 0.5,
 *   bitsIndependent: 3,
 *   bitsJoint: 1,
 * });
 * ```
 */
export function floorsOf({ options }: Pick<HomophoneCorpus, "options">): Floors {
  const { plural: p, article, wordsPerText: [least, most] } = options;
  const words = (least + most) / 2, labels = words + article;
  const guess = Math.min(p, 1 - p) * words / labels;
  const bits = (1 - article) * entropy(p);
  return {
    errorByWord: guess,
    errorByText: (1 - article) * guess,
    bitsIndependent: words * bits,
    bitsJoint: bits,
  };
}

/**
 * The probability that n words agree in number if each is spelt independently, in the plural with
 * probability p: p^n + (1 - p)^n.
 */
export function independentAgreement(p: number, n: number): number {
  return p ** n + (1 - p) ** n;
}

/** bits */
function entropy(p: number): number {
  return [p, 1 - p].reduce((sum, q) => q === 0 ? sum : sum - q * Math.log2(q), 0);
}
