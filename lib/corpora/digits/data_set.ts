import {
  completeSpeechFeatures,
  speechFeatureFields,
  type SpeechFeatureOptions,
  speechFeatures,
} from "../../audio/mod.ts";
import { type Fields, optional } from "../../form/mod.ts";
import { RandomState } from "../../numeric/mod.ts";
import { requireBatchSize, type Source } from "../corpus.ts";
import type { DataSet, Sizes } from "../data_set.ts";
import { augmented, augmentFields, type AugmentOptions } from "../spoken/augment.ts";
import { fromInt16 } from "../spoken/utterance.ts";
import {
  labelledBatch,
  type UtteranceOptions,
  utteranceSource,
} from "../spoken/utterance_source.ts";
import { connectAll, connectDigits, digitNames } from "./connect.ts";
import { fsddSampleRate, type SpokenDigit } from "./fsdd.ts";

/** What connected digits are made of. */
export interface DigitOptions {
  /** The speaker who is left out of training and heard in the test. Defaults to "george". */
  testSpeaker?: string;
  /** Digits of an utterance, inclusive. Defaults to [3, 7]. */
  digitsPerSequence?: readonly [number, number];
  /** Pauses before, between and after digits, milliseconds. Defaults to [50, 400]. */
  pauseMs?: readonly [number, number];
  /** Defaults to 39 MFCC. */
  features?: SpeechFeatureOptions;
  /** Of the training alone. Defaults to none. */
  augment?: AugmentOptions;
}

/** The form of {@link DigitOptions}. */
export const digitFields: Fields<DigitOptions> = {
  testSpeaker: optional({ is: "text", notEmpty: true }),
  digitsPerSequence: optional({ is: "range", whole: true, min: 1, max: 100 }),
  pauseMs: optional({ is: "range", min: 0, max: 10_000 }),
  features: optional({ is: "record", fields: speechFeatureFields }),
  augment: optional({ is: "record", fields: augmentFields }),
};

/** The longest recording of the data set is of 2.3 seconds. */
const longestDigitMs = 2500;
/** Samples of 3,000 recordings of half a second, four to a double, twice for those of dev and test. */
const tables = 3000 * 0.5 * fsddSampleRate / 2;

/** The options with their defaults. */
export function completeDigitOptions(
  options: DigitOptions,
): Required<Omit<DigitOptions, "augment">> & Pick<DigitOptions, "augment"> {
  return {
    testSpeaker: options.testSpeaker ?? "george",
    digitsPerSequence: options.digitsPerSequence ?? [3, 7],
    pauseMs: options.pauseMs ?? [50, 400],
    features: completeSpeechFeatures(options.features),
    augment: options.augment,
  };
}

/**
 * Connected digits of recordings of single ones. The labels are the ten digits; silence is left to
 * blank, label 0. Speakers differ between training and test.
 *
 * - train has no end: a speaker, the number of digits, then for each the digit and its recording are
 *   drawn; the recordings are those of index 5 and up.
 * - dev has the recordings of index 0 to 4 of the same speakers, each once.
 * - test has all recordings of the speaker who is left out, each once.
 *
 * @param seed Of the utterances of dev and test.
 * @throws {RangeError} If there is no recording of the test speaker, or none to train on.
 */
export function digitDataSet(
  digits: readonly SpokenDigit[],
  seed: number,
  options: DigitOptions = {},
): DataSet {
  const { testSpeaker, digitsPerSequence, pauseMs, augment } = completeDigitOptions(options);
  const features = speechFeatures(fsddSampleRate, options.features);
  const own = digits.filter(({ speaker }) => speaker === testSpeaker);
  const others = digits.filter(({ speaker }) => speaker !== testSpeaker);
  const train = others.filter(({ index }) => index >= 5);
  if (own.length === 0 || train.length === 0) {
    const speakers = [...new Set(digits.map(({ speaker }) => speaker))].sort().join(", ");
    throw new RangeError(
      `Cannot connect digits as the test speaker must be one of several, with recordings of index ` +
        `5 and up to train on: ${testSpeaker} is to be tested, and there are ${speakers || "none"}`,
    );
  }
  const inventory = { names: ["ε", ...digitNames], silences: [], silence: 0 };
  const heard = { inventory, features };
  const fixed = (stream: number, chosen: readonly SpokenDigit[]) => {
    const rng = new RandomState((seed + stream) % 2 ** 32);
    return utteranceSource(connectAll(rng, chosen, digitsPerSequence, pauseMs), heard);
  };
  return {
    features: features.cols,
    labels: inventory.names.length,
    names: inventory.names,
    silence: 0,
    frameSeconds: features.frameSeconds,
    knows: ["alignment", "words", "speakers"],
    train: drawnDigits(train, digitsPerSequence, pauseMs, { ...heard, augment }),
    dev: fixed(1, others.filter(({ index }) => index < 5)),
    test: fixed(2, own),
  };
}

/** Digits without an end, each utterance of one speaker. */
function drawnDigits(
  digits: readonly SpokenDigit[],
  lengths: readonly [number, number],
  pauseMs: readonly [number, number],
  options: UtteranceOptions,
): Source {
  const speakers = [...Map.groupBy(digits, ({ speaker }) => speaker)]
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([, own]) =>
      [...Map.groupBy(own, ({ digit }) => digit)]
        .sort(([a], [b]) => a - b)
        .map(([, same]) => same)
    );
  const { features, augment } = options;
  const most = features.frames(mostMs(lengths, pauseMs) * fsddSampleRate / 1000);
  return {
    batch(rng, B, alloc) {
      requireBatchSize(B, most * features.cols);
      const utterances = Array.from({ length: B }, () => {
        const own = speakers[rng.randint(0, speakers.length)];
        const said = Array.from({ length: rng.randint(lengths[0], lengths[1] + 1) }, () => {
          const same = own[rng.randint(0, own.length)];
          return same[rng.randint(0, same.length)];
        });
        return connectDigits(rng, said, pauseMs);
      });
      const frames = utterances.map(({ samples }) =>
        augmented(features, fromInt16(samples), augment ?? {}, rng)
      );
      return labelledBatch(utterances, frames, options, alloc);
    },
  };
}

/** The longest that an utterance can be, milliseconds. */
function mostMs([, most]: readonly [number, number], [, pause]: readonly [number, number]): number {
  return most * longestDigitMs + (most + 1) * pause;
}

/** Sizes, from the options alone. */
export function digitSizes(options: DigitOptions): Sizes {
  const { digitsPerSequence, pauseMs } = completeDigitOptions(options);
  const features = speechFeatures(fsddSampleRate, options.features);
  return {
    frames: features.frames(mostMs(digitsPerSequence, pauseMs) * fsddSampleRate / 1000),
    target: digitsPerSequence[1],
    features: features.cols,
    labels: 1 + digitNames.length,
    tables,
  };
}
