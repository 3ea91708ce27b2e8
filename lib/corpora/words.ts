import type { Span } from "../alignment/mod.ts";
import { type Fields, number, optional, requireForm } from "../form/mod.ts";
import { type Matrix, matrix, type RandomState, sequences } from "../numeric/mod.ts";
import { type Corpus, type ReferenceBatch, requireBatchSize } from "./corpus.ts";
import type { Sizes } from "./data_set.ts";

/** What the synthetic word corpus is made of. */
export interface WordCorpusOptions {
  /** Their letters are the labels, 1 … in alphabetical order. Defaults to the paper's five. */
  words?: readonly string[];
  /** N_words, words per sequence, inclusive. Defaults to [1, 3]. */
  wordsPerSequence?: readonly [number, number];
  /** N_rep, frames per letter, inclusive. Defaults to [2, 2]. */
  framesPerLetter?: readonly [number, number];
  /** r_sil, frames of silence per frame of letters. Defaults to [0.3, 0.3]. */
  silenceFactor?: readonly [number, number];
  /** σ, the share of the noise in the features. Defaults to 0. */
  noise?: number;
  /**
   * What the noise is drawn for anew: every frame, ξ[t, i], or every sequence, ξ[i], all of whose
   * frames it shifts alike. Defaults to "frame".
   */
  noiseOf?: NoiseOf;
}

const noiseKinds: readonly NoiseOf[] = ["frame", "sequence"];

/** What the noise of a {@link wordCorpus} is drawn for anew. */
export type NoiseOf = "frame" | "sequence";

const counts = { is: "range", whole: true, min: 1 } as const;

/** The form of {@link WordCorpusOptions}. */
export const wordCorpusFields: Fields<WordCorpusOptions> = {
  words: optional({ is: "list", of: { is: "text" } }),
  wordsPerSequence: optional(counts),
  framesPerLetter: optional(counts),
  silenceFactor: optional({ is: "range", min: 0 }),
  noise: optional(number({ min: 0, max: 1 })),
  noiseOf: optional({ is: "choice", of: noiseKinds }),
};

/** Sequences of words, with what the HMM topology and the time stamp error need to know. */
export interface WordBatch extends ReferenceBatch {
  /** The labels of each word of each sequence. */
  readonly words: readonly (readonly (readonly number[])[])[];
  /** Where each label of each sequence lies. */
  readonly spans: readonly (readonly Span[])[];
}

/** The synthetic word corpus. */
export interface WordCorpus extends Corpus {
  /** The options, with the defaults of those left out. */
  readonly options: Required<WordCorpusOptions>;
  /** The letter of every label, "ε" for 0. */
  readonly names: readonly string[];
  /** Draws B sequences of words. */
  batch(rng: RandomState, B: number): WordBatch;
}

/**
 * The synthetic word corpus: words in silence, every letter some frames long, one-hot features
 * under noise.
 *
 * x[t, i] = (1 - σ) · [i = y_t] + σ · ξ, ξ ~ N(0, 1)
 *
 * A sequence is drawn so: the number of words; each word; for each of its letters in turn the
 * number of frames; the silence factor r; ⌊r · T_A⌋ frames of silence for T_A frames of letters,
 * each put before, between or after the words, every place as likely as any other; the noise, frame
 * by frame or once for all frames, unless σ is 0.
 *
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { wordCorpus } from "lib/corpora/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const corpus = wordCorpus({ wordsPerSequence: [1, 1] });
 * const { targets, words } = corpus.batch(new RandomState(17), 4);
 * assertEquals(targets[0].map((label) => corpus.names[label]).join(""), "world");
 * assertEquals(words[0], [targets[0]]);
 * ```
 *
 * Source: the alignment paper, section 6.1, eq. 26, whose ξ_i has an index of the feature and none of
 * the frame; that it is drawn for every frame is how noise is usually meant. That the silence is rounded down is not said
 * there; the shares of silence in its Tables 1 and 13 (21, 14 and 19 %) follow from it alone.
 */
export function wordCorpus(options: WordCorpusOptions = {}): WordCorpus {
  const form = { is: "record", fields: wordCorpusFields } as const;
  requireForm<WordCorpusOptions>("Cannot make a word corpus", form, options);
  const complete = completeWordOptions(options);
  requireWords(complete.words);
  const letters = [...new Set(complete.words.join(""))].sort();
  const vocabulary = complete.words.map((word) => [...word].map((c) => 1 + letters.indexOf(c)));
  const K = letters.length + 1;
  return {
    features: K,
    labels: K,
    options: complete,
    names: ["ε", ...letters],
    batch(rng, B) {
      requireBatchSize(B, mostWordFrames(complete) * K);
      const drawn = Array.from({ length: B }, () => drawSequence(rng, vocabulary, K, complete));
      return {
        x: sequences(drawn.map((d) => d.features)),
        targets: drawn.map((d) => d.words.flat()),
        alignment: Int32Array.from(drawn.flatMap((d) => d.alignment)),
        words: drawn.map((d) => d.words),
        spans: drawn.map((d) => d.spans),
      };
    },
  };
}

/** The options with their defaults. */
export function completeWordOptions(options: WordCorpusOptions): Required<WordCorpusOptions> {
  return {
    words: options.words ?? ["helo", "world", "howe", "are", "you"],
    wordsPerSequence: options.wordsPerSequence ?? [1, 3],
    framesPerLetter: options.framesPerLetter ?? [2, 2],
    silenceFactor: options.silenceFactor ?? [0.3, 0.3],
    noise: options.noise ?? 0,
    noiseOf: options.noiseOf ?? "frame",
  };
}

/** The most frames that a sequence can have. */
export function mostWordFrames(options: Required<WordCorpusOptions>): number {
  const { words, wordsPerSequence, framesPerLetter, silenceFactor } = options;
  const letters = wordsPerSequence[1] * longestWord(words);
  return Math.floor((1 + silenceFactor[1]) * letters * framesPerLetter[1]);
}

/** Sizes of a corpus, from its options alone. */
export function wordSizes(options: WordCorpusOptions): Sizes {
  const complete = completeWordOptions(options);
  const labels = 1 + new Set(complete.words.join("")).size;
  return {
    frames: mostWordFrames(complete),
    target: complete.wordsPerSequence[1] * longestWord(complete.words),
    features: labels,
    labels,
    tables: complete.words.reduce((sum, { length }) => sum + length, 0),
  };
}

/** The most letters of a word. */
export function longestWord(words: readonly string[]): number {
  return words.reduce((most, word) => Math.max(most, [...word].length), 0);
}

interface Utterance {
  features: Matrix;
  words: number[][];
  alignment: number[];
  spans: Span[];
}

function drawSequence(
  rng: RandomState,
  vocabulary: readonly (readonly number[])[],
  K: number,
  options: Required<WordCorpusOptions>,
): Utterance {
  const between = ([lo, hi]: readonly [number, number]) => rng.randint(lo, hi + 1);
  const words = Array.from(
    { length: between(options.wordsPerSequence) },
    () => [...vocabulary[rng.randint(0, vocabulary.length)]],
  );
  const frames = words.map((word) => word.map(() => between(options.framesPerLetter)));
  const letterFrames = frames.flat().reduce((a, b) => a + b, 0);
  const silenceFrames = Math.floor(rng.uniform(...options.silenceFactor) * letterFrames);
  const silences = new Int32Array(words.length + 1);
  for (let n = 0; n < silenceFrames; n++) silences[rng.randint(0, words.length + 1)]++;

  const alignment: number[] = [];
  const spans: Span[] = [];
  const push = (label: number, n: number) => {
    for (let i = 0; i < n; i++) alignment.push(label);
  };
  words.forEach((word, w) => {
    push(0, silences[w]);
    word.forEach((label, l) => {
      const start = alignment.length;
      push(label, frames[w][l]);
      spans.push({ index: spans.length, label, start, end: alignment.length });
    });
  });
  push(0, silences[words.length]);
  return { features: noisyOneHot(rng, alignment, K, options), words, alignment, spans };
}

function noisyOneHot(
  rng: RandomState,
  alignment: readonly number[],
  K: number,
  { noise, noiseOf }: Pick<Required<WordCorpusOptions>, "noise" | "noiseOf">,
): Matrix {
  const x = matrix(alignment.length, K);
  alignment.forEach((label, t) => x.data[t * K + label] = 1 - noise);
  if (noise === 0) return x;
  const draws = noiseOf === "frame" ? x.data.length : K;
  const xi = Float64Array.from({ length: draws }, () => rng.randn());
  for (let i = 0; i < x.data.length; i++) x.data[i] += noise * xi[i % draws];
  return x;
}

function requireWords(words: readonly string[]): void {
  if (words.length === 0 || words.some((word) => word === "")) {
    throw new RangeError(
      `Cannot make a word corpus as there must be at least one word, none of them empty: ` +
        `current value is ${JSON.stringify(words)}`,
    );
  }
}
