import type { RandomState } from "../../numeric/mod.ts";
import { drawSentence, type Words } from "./grammar.ts";
import { openWords } from "./vocabulary.ts";

/** A vocabulary in two: words to learn from, and words held out. */
export interface SplitVocabulary {
  readonly known: Words;
  readonly heldOut: Words;
}

/**
 * Holds out a tenth of the words of every open class, drawn at random.
 *
 * @example
 * ```ts
 * import { splitVocabulary } from "lib/corpora/sentences/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { known, heldOut } = splitVocabulary(new RandomState(0));
 * assertEquals(heldOut.animal.length, 7);
 * assertEquals(heldOut.animal.some((word) => known.animal.includes(word)), false);
 * ```
 */
export function splitVocabulary(rng: RandomState): SplitVocabulary {
  const parts = Object.entries(openWords).map(([kind, words]) => {
    const order = rng.permutation(words.length), held = Math.floor(words.length / 10);
    const out = new Set(order.subarray(0, held));
    return {
      kind,
      known: words.filter((_, n) => !out.has(n)),
      heldOut: words.filter((_, n) => out.has(n)),
    };
  });
  return {
    known: Object.fromEntries(parts.map(({ kind, known }) => [kind, known])) as unknown as Words,
    heldOut: Object.fromEntries(
      parts.map(({ kind, heldOut }) => [kind, heldOut]),
    ) as unknown as Words,
  };
}

/**
 * Sentences without an end, no two of them alike.
 *
 * @param words Those that they may have beside the closed classes.
 *
 * @example
 * ```ts
 * import { distinctSentences, splitVocabulary } from "lib/corpora/sentences/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const rng = new RandomState(0);
 * const { value } = distinctSentences(rng, splitVocabulary(rng).known).next();
 * assertEquals(value, "Our mouse painted your yarn for her hound.");
 * ```
 */
export function* distinctSentences(rng: RandomState, words: Words): Generator<string, never, void> {
  const drawn = new Set<string>();
  for (;;) {
    const sentence = drawSentence(rng, words);
    if (drawn.has(sentence)) continue;
    drawn.add(sentence);
    yield sentence;
  }
}

/** The words of a sentence, in lower case, as flite reads them too. */
export function sentenceWords(sentence: string): string[] {
  return sentence.toLowerCase().replaceAll(/[^a-z ]/g, "").split(" ");
}
