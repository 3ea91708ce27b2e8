import { drawText, textLabels, textWords } from "../../corpora/mod.ts";
import {
  type LanguageModel,
  lexiconModel,
  type NgramModel,
  readArpa,
  trainNgram,
  writeArpa,
} from "../../decoding/mod.ts";
import { RandomState } from "../../numeric/mod.ts";

/** Offset from a training's seed of the stream of texts that the language model reads. */
const READ = 3_000_003;
/** How many texts that are. */
const TEXTS = 2000;

/** Words as an n-gram model numbers them: from 1, 0 is blank. */
const words: readonly string[] = ["", ...textWords];

/** An n-gram model of words, counted on texts that are read, not heard. */
export function wordModel(order: number, seed: number): NgramModel {
  const rng = new RandomState(seed + READ);
  const texts = Array.from(
    { length: TEXTS },
    () => drawText(rng).split(" ").map((word) => words.indexOf(word)),
  );
  return trainNgram(texts, { labels: words.length, order, words });
}

/**
 * What a search for letters asks: a model of words, as it comes from an ARPA file, spelt.
 *
 * @param arpa Of words, as `writeArpa()` writes it.
 */
export function spellingModel(arpa: string): LanguageModel {
  const lm = readArpa(arpa, { words });
  const spellings = new Map(textWords.map((word, n) => [n + 1, textLabels(word)]));
  const [separator] = textLabels(" ");
  return lexiconModel(lm, { labels: separator + 2, separator, spellings });
}

/** Ways to search beside greedy decoding: with a beam, with words, and with what follows on them. */
export function languageModels(
  seed: number,
): Readonly<Record<"lexicon" | "bigram", LanguageModel>> {
  return {
    lexicon: spellingModel(writeArpa(wordModel(1, seed))),
    bigram: spellingModel(writeArpa(wordModel(2, seed))),
  };
}
