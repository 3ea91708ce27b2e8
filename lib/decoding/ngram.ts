import type { LanguageModel } from "./language_model.ts";

/** One n-gram of a model: what is known of its last word after the words before it. */
export interface Ngram {
  /** Its words, the last of them the one that is predicted. */
  readonly words: readonly string[];
  /** log p(last word | words before), nats */
  readonly logProb: number;
  /** log weight of backing off from this n-gram as a context, nats; 0 if it is none */
  readonly logBackoff: number;
}

/** How the labels of a decoder and the words of a model belong together. */
export interface NgramLabels {
  /** [K] the word of every label; defaults to the model's words in order, after one blank. */
  words?: readonly string[];
  /** The blank label, whose word does not matter; defaults to 0. */
  blank?: number;
}

/** A backoff n-gram model. A state is a place in its trie: the longest context that it knows. */
export interface NgramModel extends LanguageModel<number> {
  /** The most words that an n-gram has; one more if some of those back off. */
  readonly order: number;
  /** [K] the word of every label. */
  readonly words: readonly string[];
  /** Every n-gram, in the order given. */
  readonly ngrams: readonly Ngram[];
}

/** Words with a meaning of their own in ARPA files. */
export const sentenceStart = "<s>", sentenceEnd = "</s>", unknownWord = "<unk>";

/** A word, or `<unk>` for `<UNK>`: many files spell it so, and KenLM takes both for one. */
export function canonicalWord(word: string): string {
  return word === "<UNK>" ? unknownWord : word;
}

/**
 * A backoff n-gram model over labels.
 *
 * p(w | context) = p(context w) if that n-gram is listed, else
 * backoff(context) · p(w | context without its first word)
 *
 * A labelling starts after `<s>` and ends in `</s>`, where the model has these words. A label
 * whose word is not listed is scored as `<unk>`, which may be spelled `<UNK>`.
 *
 * @param ngrams All n-grams, shorter before longer.
 * @throws {RangeError} If there is no n-gram, one is listed twice or before its context, a
 * log-probability is above 0 or NaN, a backoff is NaN or +Infinity, a label's word is not listed
 * and `<unk>` neither, or blank is no label.
 *
 * @example
 * ```ts
 * import { ngramModel } from "lib/decoding/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const lm = ngramModel([
 *   { words: ["a"], logProb: Math.log(0.75), logBackoff: Math.log(0.5) },
 *   { words: ["b"], logProb: Math.log(0.25), logBackoff: 0 },
 *   { words: ["a", "b"], logProb: Math.log(0.625), logBackoff: 0 },
 * ]);
 * const afterA = lm.next(lm.start(), 1).state;
 * assertAlmostEquals(Math.exp(lm.next(afterA, 2).logProb), 0.625);
 * assertAlmostEquals(Math.exp(lm.next(afterA, 1).logProb), 0.5 * 0.75);
 * ```
 *
 * Source: Katz 1987, "Estimation of probabilities from sparse data", eq. 1.
 */
export function ngramModel(ngrams: readonly Ngram[], labels: NgramLabels = {}): NgramModel {
  const { ids, children, logProb, logBackoff, depth, fallback } = buildTrie(ngrams);
  const order = depth.reduce(
    (most, n, node) => Math.max(most, logBackoff[node] === 0 ? n : n + 1),
    0,
  );
  const { blank = 0 } = labels;
  const words = labels.words ?? defaultWords(ids, blank);
  if (!(Number.isInteger(blank) && blank >= 0 && blank < words.length)) {
    throw new RangeError(
      `Cannot make an n-gram model as blank must be one of ${words.length} labels: ` +
        `current value is ${blank}`,
    );
  }
  const V = ids.size;
  const wordOf = Int32Array.from(words, (word, label) => label === blank ? -1 : idOf(word, label));

  function idOf(word: string, label: number): number {
    const id = ids.get(canonicalWord(word)) ?? ids.get(unknownWord);
    if (id === undefined) {
      throw new RangeError(
        `Cannot make an n-gram model as the word of every label must be listed, or ` +
          `"${unknownWord}": label ${label} is "${word}"`,
      );
    }
    return id;
  }

  function score(state: number, word: number): { logProb: number; state: number } {
    let penalty = 0;
    for (let at = state;; at = fallback[at]) {
      const found = children.get(at * V + word);
      if (found !== undefined) {
        const after = depth[found] < order ? found : fallback[found];
        return { logProb: penalty + logProb[found], state: after };
      }
      penalty += logBackoff[at];
    }
  }

  const start = children.get(ids.get(sentenceStart) ?? -1) ?? 0;
  const end = ids.get(sentenceEnd);
  return {
    order,
    words,
    ngrams,
    labels: words.length,
    start: () => start,
    next(state, label) {
      const word = wordOf[label];
      if (!(word >= 0)) {
        throw new RangeError(
          `Cannot score a label as it must be one of ${words.length} other than ` +
            `blank (${blank}): it is ${label}`,
        );
      }
      return score(state, word);
    },
    end: (state) => end === undefined ? 0 : score(state, end).logProb,
  };
}

/** The trie of the n-grams: node 0 is the empty context, every other node one n-gram. */
interface Trie {
  readonly ids: ReadonlyMap<string, number>;
  /** node · V + word → node, where V is the number of words */
  readonly children: ReadonlyMap<number, number>;
  readonly logProb: Float64Array;
  readonly logBackoff: Float64Array;
  readonly depth: Int32Array;
  /** The longest proper suffix that is listed. */
  readonly fallback: Int32Array;
}

function buildTrie(ngrams: readonly Ngram[]): Trie {
  if (ngrams.length === 0) {
    throw new RangeError("Cannot make an n-gram model as there must be at least one n-gram");
  }
  const ids = new Map<string, number>();
  for (const { words: [word, ...more] } of ngrams) {
    if (word !== undefined && more.length === 0 && !ids.has(canonicalWord(word))) {
      ids.set(canonicalWord(word), ids.size);
    }
  }
  const V = ids.size, N = ngrams.length + 1;
  const children = new Map<number, number>();
  const logProb = new Float64Array(N), logBackoff = new Float64Array(N);
  const depth = new Int32Array(N), fallback = new Int32Array(N);
  const find = (words: readonly string[]) => {
    let at: number | undefined = 0;
    for (const word of words) {
      at = children.get(at * V + (ids.get(canonicalWord(word)) ?? NaN));
      if (at === undefined) return undefined;
    }
    return at;
  };
  ngrams.forEach((ngram, n) => {
    const { words } = ngram;
    const parent = words.length === 0 ? undefined : find(words.slice(0, -1));
    const word = words.length === 0 ? undefined : ids.get(canonicalWord(words[words.length - 1]));
    const fault = parent === undefined
      ? "must come after its context"
      : word === undefined
      ? "must end in a listed word"
      : children.has(parent * V + word)
      ? "must be listed once"
      : !(ngram.logProb <= 0 && ngram.logBackoff < Infinity)
      ? "must have a log-probability of at most 0 and a backoff below Infinity"
      : undefined;
    if (fault !== undefined || parent === undefined || word === undefined) {
      throw new RangeError(
        `Cannot make an n-gram model as n-gram ${n} ("${words.join(" ")}") ${fault}`,
      );
    }
    const node = n + 1;
    children.set(parent * V + word, node);
    logProb[node] = ngram.logProb;
    logBackoff[node] = ngram.logBackoff;
    depth[node] = words.length;
    let from = 1;
    while (from < words.length && find(words.slice(from)) === undefined) from++;
    fallback[node] = find(words.slice(from)) ?? 0;
  });
  return { ids, children, logProb, logBackoff, depth, fallback };
}

/** The model's own words in order, without the three special ones, and "" for blank. */
function defaultWords(ids: ReadonlyMap<string, number>, blank: number): string[] {
  const special = [sentenceStart, sentenceEnd, unknownWord];
  const words = [...ids.keys()].filter((word) => !special.includes(word));
  return words.toSpliced(blank, 0, "");
}
