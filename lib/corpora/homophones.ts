import { type Fields, number, optional, requireForm } from "../form/mod.ts";
import { type Matrix, matrix, type RandomState, sequences } from "../numeric/mod.ts";
import { type Corpus, requireBatchSize } from "./corpus.ts";
import type { Sizes } from "./data_set.ts";

/** What the corpus of homophones is made of. */
export interface HomophoneCorpusOptions {
  /** Words that sound alike in singular and plural, in the singular. Defaults to four. */
  words?: readonly string[];
  /** Words per text besides the article, inclusive. Defaults to [2, 5]. */
  wordsPerText?: readonly [number, number];
  /** Frames per word, inclusive. Defaults to [2, 3]. */
  framesPerWord?: readonly [number, number];
  /** Frames of silence before, between and after words, inclusive. Defaults to [2, 3]. */
  framesPerSilence?: readonly [number, number];
  /** Probability that a text is in the plural. Defaults to 0.4. */
  plural?: number;
  /** Probability that a text has an article, which is heard to be singular or plural. Defaults to 0.5. */
  article?: number;
  /** σ, the share of the noise in the features. Defaults to 0.1. */
  noise?: number;
}

const counts = { is: "range", whole: true, min: 1 } as const;
const share = optional(number({ min: 0, max: 1 }));

/** The form of {@link HomophoneCorpusOptions}. */
export const homophoneFields: Fields<HomophoneCorpusOptions> = {
  words: optional({ is: "list", of: { is: "text", notEmpty: true }, least: 1 }),
  wordsPerText: optional(counts),
  framesPerWord: optional(counts),
  framesPerSilence: optional(counts),
  plural: share,
  article: share,
  noise: share,
};

/** The corpus of homophones. */
export interface HomophoneCorpus extends Corpus {
  /** The options, with the defaults of those left out. */
  readonly options: Required<HomophoneCorpusOptions>;
  /** What is written for every label, "ε" for 0. */
  readonly names: readonly string[];
}

/**
 * Texts whose spelling the sound does not show: "petit chat noir" and "petits chats noirs" sound
 * alike. The words of a text are all in the singular or all in the plural; an article, where there is
 * one, stands first and is heard: "le" or "les". A label is a word as it is written: 1 and 2 are the
 * articles, 2w + 1 and 2w + 2 word w = 1 … in singular and plural.
 *
 * x[t, i] = (1 - σ) · [i = sound at t] + σ · N(0, 1), no sound being one of silence
 *
 * A text is drawn so: the number of words; whether it is plural; whether it has an article; each
 * word; then, from left to right, the frames of silence and word in turn; the noise, frame by frame.
 *
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { homophoneCorpus } from "lib/corpora/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const corpus = homophoneCorpus({ article: 1 });
 * const { targets } = corpus.batch(new RandomState(0), 2);
 * assertEquals(targets.map((text) => text.map((label) => corpus.names[label]).join(" ")), [
 *   "le triste triste",
 *   "les noirs petits petits tristes",
 * ]);
 * ```
 */
export function homophoneCorpus(options: HomophoneCorpusOptions = {}): HomophoneCorpus {
  const form = { is: "record", fields: homophoneFields } as const;
  requireForm<HomophoneCorpusOptions>("Cannot make a corpus of homophones", form, options);
  const complete = completeHomophoneOptions(options), { words } = complete;
  const { frames, features: D, labels: K } = homophoneSizes(options);
  return {
    features: D,
    labels: K,
    options: complete,
    names: ["ε", "le", "les", ...words.flatMap((word) => [word, `${word}s`])],
    batch(rng, B) {
      requireBatchSize(B, frames * D);
      const texts = Array.from({ length: B }, () => drawText(rng, D, complete));
      return {
        x: sequences(texts.map(({ features }) => features)),
        targets: texts.map(({ target }) => target),
        alignment: Int32Array.from(texts.flatMap(({ alignment }) => alignment)),
      };
    },
  };
}

/** The options with their defaults. */
export function completeHomophoneOptions(
  options: HomophoneCorpusOptions,
): Required<HomophoneCorpusOptions> {
  return {
    words: options.words ?? ["chat", "petit", "noir", "triste"],
    wordsPerText: options.wordsPerText ?? [2, 5],
    framesPerWord: options.framesPerWord ?? [2, 3],
    framesPerSilence: options.framesPerSilence ?? [2, 3],
    plural: options.plural ?? 0.4,
    article: options.article ?? 0.5,
    noise: options.noise ?? 0.1,
  };
}

/** Sizes of a corpus, from its options alone. */
export function homophoneSizes(options: HomophoneCorpusOptions): Sizes {
  const { words, wordsPerText, framesPerWord, framesPerSilence, article } =
    completeHomophoneOptions(options);
  const target = wordsPerText[1] + (article > 0 ? 1 : 0);
  return {
    frames: target * framesPerWord[1] + (target + 1) * framesPerSilence[1],
    target,
    features: words.length + 2,
    labels: 2 * words.length + 3,
    tables: words.length,
  };
}

/** The sound of a label: 0 and 1 for the articles, then one for each word. */
function soundOf(label: number): number {
  return label <= 2 ? label - 1 : Math.floor((label + 1) / 2);
}

function drawText(
  rng: RandomState,
  D: number,
  { words, wordsPerText, framesPerWord, framesPerSilence, plural, article, noise }: Required<
    HomophoneCorpusOptions
  >,
): { features: Matrix; target: number[]; alignment: number[] } {
  const between = ([lo, hi]: readonly [number, number]) => rng.randint(lo, hi + 1);
  const n = between(wordsPerText);
  const number = rng.random() < plural ? 2 : 1;
  const target = rng.random() < article ? [number] : [];
  for (let i = 0; i < n; i++) target.push(2 * rng.randint(1, words.length + 1) + number);
  const alignment: number[] = [];
  for (const label of target) {
    for (let t = between(framesPerSilence); t > 0; t--) alignment.push(0);
    for (let t = between(framesPerWord); t > 0; t--) alignment.push(label);
  }
  for (let t = between(framesPerSilence); t > 0; t--) alignment.push(0);
  const features = matrix(alignment.length, D);
  alignment.forEach((label, t) => {
    if (label > 0) features.data[t * D + soundOf(label)] = 1 - noise;
  });
  for (let i = 0; i < features.data.length; i++) features.data[i] += noise * rng.randn();
  return { features, target, alignment };
}
