import { type Fields, type Form, number, optional, whole } from "../../form/mod.ts";
import type { Sizes } from "../data_set.ts";
import { phones, silencePhone, type Voice, voices } from "../flite/voice.ts";
import { closedWords, openWords } from "../sentences/mod.ts";
import { defaultSentences, longestSeconds, mostSentences, wordsOfVoices } from "./script.ts";

/** What a label stands for. */
export type LabelUnit = "phones" | "letters" | "words";

/** Features of the voices: of MFCC 13 cepstra or of log-mel 40 bands, with their slopes. */
export interface VoiceFeatures {
  /** Defaults to "mfcc". */
  readonly of?: "mfcc" | "log-mel";
  /** How many slopes, Δ and ΔΔ. Defaults to 2. */
  readonly slopes?: number;
}

/** Noise that is added to what is trained on. */
export interface VoiceNoise {
  /** Signal-to-noise ratio, decibels: the least and the most, each as likely as any between. */
  readonly snr: readonly [number, number];
  /** Share of sentences that are noisy. Defaults to 0.5. */
  readonly share?: number;
}

/** Which voices are heard, and how. */
export interface VoicesOptions {
  /** Voices of "train" and "dev". Defaults to slt, rms and kal16. */
  readonly train?: readonly Voice[];
  /** Voices of "test". Defaults to awb, which is thereby a voice that training never heard. */
  readonly test?: readonly Voice[];
  /** Whether "test" has words of "train" in new sentences, or words that it never had. Defaults to "known". */
  readonly testWords?: "known" | "unseen";
  /** Sentences per voice to train on. Defaults to 350: 0.86 hours of three voices. */
  readonly sentences?: number;
  /** Frames of 10 ms that are laid beside each other to make one. Defaults to 1. */
  readonly stack?: number;
  /** What is made of the sound. Defaults to MFCC with Δ and ΔΔ. */
  readonly features?: VoiceFeatures;
  /** Factors of the mel axis, one of which is drawn for every sentence trained on. Defaults to [1]. */
  readonly warps?: readonly number[];
  /** Noise on sentences trained on. Defaults to none. */
  readonly noise?: VoiceNoise;
  /** What targets are made of. Defaults to "phones". */
  readonly labels?: LabelUnit;
  /**
   * Words of every open class that sentences are made of, beside those that hold them together; a
   * tenth as many are held out. Left out, all: most of a thousand words are then heard a few times.
   */
  readonly vocabulary?: number;
}

const voiceList: Form<readonly Voice[]> = {
  is: "list",
  of: { is: "choice", of: voices },
  least: 1,
};

/** The form of {@link VoicesOptions}. */
export const voicesFields: Fields<VoicesOptions> = {
  train: optional(voiceList),
  test: optional(voiceList),
  testWords: optional({ is: "choice", of: ["known", "unseen"] }),
  sentences: optional(whole({ min: 1, max: mostSentences })),
  stack: optional(whole({ min: 1, max: 8 })),
  features: optional({
    is: "record",
    fields: {
      of: optional({ is: "choice", of: ["mfcc", "log-mel"] }),
      slopes: optional(whole({ min: 0, max: 2 })),
    },
  }),
  warps: optional({ is: "list", of: number({ min: 0.5, max: 2 }), least: 1 }),
  noise: optional({
    is: "record",
    fields: {
      snr: { is: "range", min: -20, max: 100 },
      share: optional(number({ min: 0, max: 1 })),
    },
  }),
  labels: optional({ is: "choice", of: ["phones", "letters", "words"] }),
  vocabulary: optional(whole({ min: 1, max: 300 })),
};

/** {@link VoicesOptions} without a gap. */
export interface CompleteVoicesOptions
  extends Required<Omit<VoicesOptions, "noise" | "vocabulary">> {
  /** What is made of the samples. */
  readonly features: Required<VoiceFeatures>;
  /** Noise that is added; none if it is left out. */
  readonly noise?: Required<VoiceNoise>;
  /** Words of every open class; all if it is left out. */
  readonly vocabulary?: number;
}

/** The options with their defaults. */
export function completeVoicesOptions(options: VoicesOptions): CompleteVoicesOptions {
  return {
    train: options.train ?? ["slt", "rms", "kal16"],
    test: options.test ?? ["awb"],
    testWords: options.testWords ?? "known",
    sentences: options.sentences ?? defaultSentences,
    stack: options.stack ?? 1,
    features: { of: options.features?.of ?? "mfcc", slopes: options.features?.slopes ?? 2 },
    warps: options.warps ?? [1],
    noise: options.noise && { snr: options.noise.snr, share: options.noise.share ?? 0.5 },
    labels: options.labels ?? "phones",
    ...options.vocabulary !== undefined && { vocabulary: options.vocabulary },
  };
}

/** Width of the features of one frame of 10 ms, before slopes. */
export const featureWidths = { mfcc: 13, "log-mel": 40 } as const;

/** The most phones, letters and words of a sentence; letters bound phones, too. */
const longestTargets = { phones: 60, letters: 46, words: 16 } as const;

/**
 * The names of all labels, blank first and silence last.
 *
 * @param vocabulary Of words: those of the corpus; defaults to all.
 */
export function labelNames(unit: LabelUnit, vocabulary?: number): string[] {
  const letters = () => Array.from("abcdefghijklmnopqrstuvwxyz");
  const words = () => {
    const heard = new Set(
      Object.values(wordsOfVoices(vocabulary)).flatMap((of) => Object.values(of).flat()),
    );
    return [
      ...Object.values(openWords).flat().filter((word) => heard.has(word)),
      ...Object.values(closedWords).flat(),
    ].map((word) => word.toLowerCase());
  };
  const of = { phones: () => phones.slice(0, -1), letters, words };
  return ["ε", ...new Set(of[unit]()), silencePhone];
}

/** Sizes of the data set, from its options alone. */
export function voicesSizes(options: VoicesOptions): Sizes {
  const { train, sentences, stack, features, warps, noise, labels, vocabulary } =
    completeVoicesOptions(options);
  const width = featureWidths[features.of] * (1 + features.slopes);
  const frames = longestSeconds * 100;
  const kept = noise === undefined ? warps.length : 1; // half as long as the longest, in single precision
  return {
    frames: Math.ceil(frames / stack),
    target: longestTargets[labels],
    features: stack * width,
    labels: labelNames(labels, vocabulary).length,
    tables: train.length * (sentences + 50) * kept * frames * width / 4,
  };
}
