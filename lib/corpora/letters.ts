import type { Span } from "../alignment/mod.ts";
import { type Fields, number, optional, requireForm, whole } from "../form/mod.ts";
import { type Matrix, matrix, RandomState, sequences } from "../numeric/mod.ts";
import { type Corpus, type ReferenceBatch, requireBatchSize } from "./corpus.ts";
import type { Sizes } from "./data_set.ts";
import { drawText, mostLetters } from "./letters/texts.ts";

export { drawText, textWords } from "./letters/texts.ts";

/** What the corpus of letters is made of. */
export interface LetterCorpusOptions {
  /** Width D of the features. Defaults to 20. */
  features?: number;
  /** Frames per letter, inclusive. Defaults to [2, 4]. */
  framesPerLetter?: readonly [number, number];
  /** s, the scale of what a letter always sounds like. Defaults to 1. */
  signature?: number;
  /** v, the deviation of a letter's sound from one time that it is said to the next. Defaults to 1. */
  variation?: number;
  /** τ, what is added to all features of a letter for every place in the alphabet. Defaults to 0. */
  tilt?: number;
  /** σ, the deviation of the noise of a frame. Defaults to 0.3. */
  noise?: number;
}

const amount = optional(number({ min: 0, max: 1000 }));

/** The form of {@link LetterCorpusOptions}. */
export const letterFields: Fields<LetterCorpusOptions> = {
  features: optional(whole({ min: 1 })),
  framesPerLetter: optional({ is: "range", whole: true, min: 1 }),
  signature: amount,
  variation: amount,
  tilt: amount,
  noise: amount,
};

/** 26 letters, space and apostrophe: label n + 1 is character n. */
export const alphabet = "abcdefghijklmnopqrstuvwxyz '";

/** Texts, and where each of their characters lies. */
export interface LetterBatch extends ReferenceBatch {
  /** Where each character of each text lies. */
  readonly spans: readonly (readonly Span[])[];
}

/** The corpus of letters. */
export interface LetterCorpus extends Corpus {
  /** The options, with the defaults of those left out. */
  readonly options: Required<LetterCorpusOptions>;
  /** What is written for every label, "ε" for 0. */
  readonly names: readonly string[];
  /** [28, D] u, what each character always sounds like; row n belongs to the label n + 1 */
  readonly signatures: Matrix;
  /** Draws B texts. */
  batch(rng: RandomState, B: number): LetterBatch;
  /** What a text sounds like, said once. */
  say(rng: RandomState, text: string): LetterBatch;
}

/**
 * Texts that are said letter by letter, without a gap: see `drawText()`. A label is a letter, the space
 * between words, or an apostrophe.
 *
 * x[t] = s · u_k + v · ξ_n + τ · (k - 1) + σ · ε_t
 *
 * with the sound u_k of the label k, ξ_n drawn anew each time that a letter is said, and ε_t at every
 * frame; all of them are Gaussian. The features of the teaching notebook are
 * `{ signature: 0, variation: 1, tilt: 0.1, noise: 0.3 }`: no letter has a sound of its own.
 *
 * A text is drawn so: its words; then, letter by letter, ξ, the number of frames, and ε frame by frame.
 *
 * @param seed Seed of the stream that the sounds of letters are drawn from.
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If an option is out of range, or a text has a character that no label stands for.
 *
 * @example
 * ```ts
 * import { letterCorpus } from "lib/corpora/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const corpus = letterCorpus(0, { framesPerLetter: [3, 3] });
 * const { x, targets } = corpus.say(new RandomState(0), "hi");
 * assertEquals(targets, [[8, 9]]);
 * assertEquals([x.frames.rows, x.frames.cols], [6, 20]);
 * ```
 *
 * Source: the teaching notebook on CTC, "Generate Synthetic Audio Features", which is damaged: what
 * its constants are is our reading.
 */
export function letterCorpus(seed: number, options: LetterCorpusOptions = {}): LetterCorpus {
  const form = { is: "record", fields: letterFields } as const;
  requireForm<LetterCorpusOptions>("Cannot make a corpus of letters", form, options);
  const complete = completeLetterOptions(options);
  const { frames, features: D, labels } = letterSizes(options);
  const signatures = matrix(labels - 1, D), stream = new RandomState(seed);
  for (let i = 0; i < signatures.data.length; i++) signatures.data[i] = stream.randn();
  const say = (rng: RandomState, texts: readonly string[]): LetterBatch => {
    const said = texts.map((text) => sayText(rng, text, signatures, complete));
    return {
      x: sequences(said.map(({ features }) => features)),
      targets: said.map(({ spans }) => spans.map(({ label }) => label)),
      alignment: Int32Array.from(
        said.flatMap(({ spans }) =>
          spans.flatMap(({ label, start, end }) => Array<number>(end - start).fill(label))
        ),
      ),
      spans: said.map(({ spans }) => spans),
    };
  };
  return {
    features: D,
    labels,
    options: complete,
    names: ["ε", ...alphabet],
    signatures,
    say: (rng, text) => say(rng, [text]),
    batch(rng, B) {
      requireBatchSize(B, frames * D);
      const texts = Array.from({ length: B }, () => drawText(rng));
      return say(rng, texts);
    },
  };
}

/** The options with their defaults. */
export function completeLetterOptions(
  options: LetterCorpusOptions,
): Required<LetterCorpusOptions> {
  return {
    features: options.features ?? 20,
    framesPerLetter: options.framesPerLetter ?? [2, 4],
    signature: options.signature ?? 1,
    variation: options.variation ?? 1,
    tilt: options.tilt ?? 0,
    noise: options.noise ?? 0.3,
  };
}

/** Sizes of a corpus, from its options alone. */
export function letterSizes(options: LetterCorpusOptions): Sizes {
  const { features, framesPerLetter } = completeLetterOptions(options);
  return {
    frames: mostLetters * framesPerLetter[1],
    target: mostLetters,
    features,
    labels: alphabet.length + 1,
    tables: alphabet.length * features,
  };
}

/** The text that labels of the corpus stand for. */
export function lettersText(labels: readonly number[]): string {
  return labels.map((label) => alphabet[label - 1]).join("");
}

/** The labels of a text. */
export function textLabels(text: string): number[] {
  return Array.from(text, (character) => {
    const label = 1 + alphabet.indexOf(character);
    if (label > 0) return label;
    throw new RangeError(
      `Cannot spell a text as its characters must be small letters, spaces or apostrophes: ` +
        `${JSON.stringify(text)} has ${JSON.stringify(character)}`,
    );
  });
}

function sayText(
  rng: RandomState,
  text: string,
  { data, cols: D }: Matrix,
  { framesPerLetter: [least, most], signature, variation, tilt, noise }: Required<
    LetterCorpusOptions
  >,
): { features: Matrix; spans: Span[] } {
  const values: number[] = [], spans: Span[] = [];
  let end = 0;
  textLabels(text).forEach((label, index) => {
    const sound = Float64Array.from(
      { length: D },
      (_, d) =>
        signature * data[(label - 1) * D + d] + variation * rng.randn() + tilt * (label - 1),
    );
    const start = end;
    end += rng.randint(least, most + 1);
    for (let t = start; t < end; t++) {
      for (let d = 0; d < D; d++) values.push(sound[d] + noise * rng.randn());
    }
    spans.push({ index, label, start, end });
  });
  return { features: matrix(end, D, values), spans };
}
