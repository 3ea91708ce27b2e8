import type { SpeechFeatures } from "../../audio/mod.ts";
import { type Allocate, type Matrix, type RandomState, sequences } from "../../numeric/mod.ts";
import { type LabelledBatch, requireBatchSize, type Source } from "../corpus.ts";
import { augmented, type AugmentOptions } from "./augment.ts";
import { transcribe } from "./transcribe.ts";
import { fromInt16, type Inventory, type Utterance } from "./utterance.ts";

/** What becomes of utterances. */
export interface UtteranceOptions {
  /** The labels by name. */
  readonly inventory: Inventory;
  /** What is made of the samples, frame by frame. */
  readonly features: SpeechFeatures;
  /** Drawn for every utterance of every batch; defaults to none, where features are kept. */
  readonly augment?: AugmentOptions;
}

/** A source whose sequences can be had by their numbers, too. */
export interface UtteranceSource extends Source {
  /** How many utterances there are. */
  readonly sequences: number;
  /** The utterances of these numbers, from 0; `rng` is needed where they are augmented. */
  take(numbers: ArrayLike<number>, alloc?: Allocate, rng?: RandomState): LabelledBatch;
}

/**
 * Utterances as a source of batches. A batch of all of them has them in order; a smaller one draws
 * without repeating any, a larger one repeats all before it repeats one twice.
 *
 * @throws {RangeError} From a batch, if there are no utterances, or a label is not in the inventory.
 */
export function utteranceSource(
  utterances: readonly Utterance[],
  options: UtteranceOptions,
): UtteranceSource {
  const N = utterances.length, { features } = options;
  const longest = utterances.reduce((most, { samples }) => Math.max(most, samples.length), 0);
  const kept: (Matrix | undefined)[] = new Array(N);
  const heard = (n: number, rng?: RandomState): Matrix => {
    const { augment } = options;
    if (augment === undefined) {
      return kept[n] ??= features.compute(fromInt16(utterances[n].samples));
    }
    if (rng === undefined) throw new RangeError("Cannot augment utterances as rng must be given");
    return augmented(features, fromInt16(utterances[n].samples), augment, rng);
  };
  const source: UtteranceSource = {
    sequences: N,
    take(numbers, alloc, rng) {
      const chosen = Array.from(numbers, (n) => utterances[n]);
      return labelledBatch(chosen, Array.from(numbers, (n) => heard(n, rng)), options, alloc);
    },
    batch(rng, B, alloc) {
      requireBatchSize(B, features.frames(longest) * features.cols);
      if (N === 0) throw new RangeError("Cannot draw a batch as there must be utterances: it is 0");
      const numbers: number[] = [];
      if (B === N) { for (let n = 0; n < N; n++) numbers.push(n); }
      while (numbers.length < B) {
        for (const n of rng.permutation(N).subarray(0, B - numbers.length)) numbers.push(n);
      }
      return source.take(numbers, alloc, rng);
    },
  };
  return source;
}

/**
 * Utterances and their features as a batch, with what all of them know.
 *
 * @throws {RangeError} If a label is not in the inventory, or an utterance is shorter than a frame.
 */
export function labelledBatch(
  utterances: readonly Utterance[],
  features: readonly Matrix[],
  { inventory, features: { frameSeconds } }: UtteranceOptions,
  alloc?: Allocate,
): LabelledBatch {
  const short = features.findIndex(({ rows }) => rows === 0);
  if (short >= 0) {
    throw new RangeError(
      `Cannot lay out a batch as utterances must have at least one frame: ` +
        `${utterances[short].name} has 0`,
    );
  }
  const said = utterances.map((utterance, n) =>
    transcribe(utterance, inventory, features[n].rows, frameSeconds)
  );
  const all = <K extends keyof typeof said[number]>(key: K) =>
    said.every((one) => one[key] !== undefined)
      ? said.map((one) => one[key] as NonNullable<typeof one[K]>)
      : undefined;
  const alignments = all("alignment"), words = all("words"), spans = all("spans");
  return {
    x: sequences(features, alloc),
    targets: said.map(({ target }) => target),
    ...(alignments && { alignment: Int32Array.from(alignments.flatMap((a) => [...a])) }),
    ...(words && { words }),
    ...(spans && { spans }),
    speakers: utterances.map(({ speaker }) => speaker),
  };
}
