import { requireLabel } from "../numeric/mod.ts";
import { type LanguageModel, weighted } from "./language_model.ts";
import { logAdd } from "./log_add.ts";

/** How words are written in labels. */
export interface LexiconOptions {
  /** Number of labels K, blank included. */
  readonly labels: number;
  /** The label that stands between words, such as that of a space. */
  readonly separator: number;
  /** The labels of every word, by its number in the language model; the separator is none of them. */
  readonly spellings: ReadonlyMap<number, readonly number[]>;
  /** w, what the log-probabilities of the language model are multiplied by. Defaults to 1. */
  readonly weight?: number;
  /** b, added for every word, nats. Defaults to 0. */
  readonly wordBonus?: number;
}

/** Words that start alike share a node; node 0 is the start of a word. */
interface Trie {
  /** By node, the node after each label. */
  readonly children: readonly Map<number, number>[];
  /** By node, the word that is spelt there; -1 for none. */
  readonly word: readonly number[];
  /** By word that has a spelling, the nodes from its first letter to its last. */
  readonly paths: ReadonlyMap<number, readonly number[]>;
}

/** What is known of a text so far: the words that are complete, and a place in the next. */
interface Place {
  /** Of the language model, after the words. */
  readonly words: unknown;
  /** A node of the trie. */
  readonly node: number;
  /** Whether there is a word or a letter: a text may end where there is none, not after a separator. */
  readonly begun: boolean;
  /** What was paid for the letters of this word, nats. */
  readonly paid: number;
}

/**
 * A language model of words as one of their letters: a search with it gives nothing but words of the
 * lexicon, with one separator between any two.
 *
 * log p(a | letters before) = log p(letters, a …) - log p(letters …)
 * log p(letters …) = log p(words) + log Σ_w p(w | words), w a word that starts with what follows them
 *
 * log p(w | words) is that of the language model times a weight, with a bonus for the word. The
 * probability of a word is so paid while it is spelt, letter by letter, as far as it is certain,
 * and that of a whole text is the one that the words have. Where the language model holds a word
 * impossible, or has none for the letters so far, the letter is impossible.
 *
 * Memory grows with the number of different contexts of words that a search comes to, times the
 * letters of the lexicon; the time for each of them likewise.
 *
 * @param model Of words. Its states must be the same value where they mean the same, as those of
 * an n-gram model are.
 * @throws {RangeError} If there is no word, one is empty or has the separator, two are spelt alike, or
 * a label is not below `labels`.
 *
 * @example
 * ```ts
 * import { lexiconModel, logProbability, trainNgram } from "lib/decoding/mod.ts";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * // Words 1 and 2 are spelt "a" and "ab" in the labels 1 and 2; 3 stands between them.
 * const words = trainNgram([[1, 2], [2, 2]], { labels: 3, order: 2 });
 * const spellings = new Map([[1, [1]], [2, [1, 2]]]);
 * const letters = lexiconModel(words, { labels: 4, separator: 3, spellings });
 * assertAlmostEquals(logProbability(letters, [1, 3, 1, 2]), logProbability(words, [1, 2]));
 * assertEquals(logProbability(letters, [2]), -Infinity);
 * ```
 *
 * Source: Ortmanns, Ney & Eiden 1996, "Language-model look-ahead for large vocabulary speech
 * recognition", with sums in place of maxima; Graves & Jaitly 2014, section 4.
 */
export function lexiconModel(model: LanguageModel, options: LexiconOptions): LanguageModel {
  const { labels: K, separator, weight = 1, wordBonus = 0 } = options;
  const lm = withBonus(model, weight, wordBonus);
  const { children, word, paths } = buildTrie(options);
  const known = new Map<unknown, Float64Array>();
  /** By node, log Σ p(w | words) over the words below it; the word that ends there is one of them. */
  const ahead = (words: unknown): Float64Array => {
    let sums = known.get(words);
    if (sums !== undefined) return sums;
    sums = new Float64Array(children.length).fill(-Infinity);
    for (const [word, path] of paths) {
      const { logProb } = lm.next(words, word);
      sums[0] = logAdd(sums[0], logProb);
      for (const node of path) sums[node] = logAdd(sums[node], logProb);
    }
    known.set(words, sums);
    return sums;
  };
  const impossible = (state: Place) => ({ logProb: -Infinity, state });
  return {
    labels: K,
    start: (): Place => ({ words: lm.start(), node: 0, begun: false, paid: 0 }),
    next(state: Place, label) {
      requireLabel("score a label", "it", label, K);
      if (label === separator) {
        if (word[state.node] < 0) return impossible(state);
        const { logProb, state: words } = lm.next(state.words, word[state.node]);
        const further = ahead(words)[0];
        const after = { words, node: 0, begun: true, paid: further };
        return { logProb: difference(logProb + further, state.paid), state: after };
      }
      const node = children[state.node].get(label);
      if (node === undefined) return impossible(state);
      const paid = ahead(state.words)[node];
      const after = { words: state.words, node, begun: true, paid };
      return { logProb: difference(paid, state.paid), state: after };
    },
    end({ words, node, begun, paid }: Place) {
      if (!begun) return lm.end(words);
      if (word[node] < 0) return -Infinity;
      const last = lm.next(words, word[node]);
      return difference(last.logProb + lm.end(last.state), paid);
    },
  };
}

/** A model whose log-probabilities are weighted, with a bonus for every word; its states are the same. */
function withBonus(lm: LanguageModel, weight: number, bonus: number): LanguageModel {
  return {
    ...lm,
    next(state, word) {
      const { logProb, state: after } = lm.next(state, word);
      return { logProb: weighted(weight, logProb) + bonus, state: after };
    },
    end: (state) => weighted(weight, lm.end(state)),
  };
}

/** What is impossible stays so, whatever came before. */
function difference(logProb: number, before: number): number {
  return logProb === -Infinity ? logProb : logProb - before;
}

function buildTrie({ labels: K, separator, spellings }: LexiconOptions): Trie {
  if (!Number.isSafeInteger(K) || K < 1) {
    refuse(`labels must be a whole number >= 1: current value is ${K}`);
  }
  requireLabel("make a lexicon", "separator", separator, K);
  if (spellings.size === 0) refuse("there must be at least one word: there are 0");
  const children = [new Map<number, number>()], word = [-1];
  const paths = new Map<number, number[]>();
  for (const [number, spelling] of spellings) {
    if (spelling.length === 0) refuse(`a word must have letters: word ${number} has none`);
    const path: number[] = [];
    let at = 0;
    for (const label of spelling) {
      requireLabel("make a lexicon", `a label of word ${number}`, label, K);
      if (label === separator) refuse(`words must be without the separator: word ${number} has it`);
      let next = children[at].get(label);
      if (next === undefined) {
        next = children.length;
        children[at].set(label, next);
        children.push(new Map());
        word.push(-1);
      }
      path.push(at = next);
    }
    if (word[at] >= 0) {
      refuse(`words must be spelt differently: words ${word[at]} and ${number} are not`);
    }
    word[at] = number;
    paths.set(number, path);
  }
  return { children, word, paths };
}

function refuse(reason: string): never {
  throw new RangeError(`Cannot make a lexicon as ${reason}`);
}
