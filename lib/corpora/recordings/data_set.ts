import {
  completeSpeechFeatures,
  speechFeatureFields,
  type SpeechFeatureOptions,
  speechFeatures,
} from "../../audio/mod.ts";
import { type Fields, number, optional, whole } from "../../form/mod.ts";
import { RandomState } from "../../numeric/mod.ts";
import type { DataSet, Knowledge, Sizes } from "../data_set.ts";
import { augmentFields, type AugmentOptions } from "../spoken/augment.ts";
import type { Utterance } from "../spoken/utterance.ts";
import { utteranceSource } from "../spoken/utterance_source.ts";
import type { Recording } from "./catalogue.ts";
import type { Unit } from "./read_recording.ts";

/** What is made of a folder of recordings. */
export interface RecordingOptions {
  /** What the labels are. Defaults to "phones". */
  unit?: Unit;
  /** Their names; what else is said is an error. Defaults to all that are said, in order. */
  labels?: readonly string[];
  /** Names of segments that are silence, which is left to blank. Defaults to the usual ones. */
  silences?: readonly string[];
  /** Samples per second to which sounds are brought. Defaults to 16000. */
  sampleRate?: number;
  /** Seconds that no recording may exceed. Defaults to 30. */
  longestSeconds?: number;
  /** The share of recordings for dev, and for test, where no folders say so. Defaults to 0.1. */
  heldOut?: number;
  /** Defaults to 39 MFCC. */
  features?: SpeechFeatureOptions;
  /** Of the training alone. Defaults to none. */
  augment?: AugmentOptions;
}

/** The form of {@link RecordingOptions}. */
export const recordingFields: Fields<RecordingOptions> = {
  unit: optional({ is: "choice", of: ["phones", "words", "characters"] }),
  labels: optional({ is: "list", of: { is: "text", notEmpty: true }, least: 1 }),
  silences: optional({ is: "list", of: { is: "text" } }),
  sampleRate: optional(whole({ min: 1000, max: 192_000 })),
  longestSeconds: optional(number({ above: 0, max: 3600 })),
  heldOut: optional(number({ above: 0, max: 0.4 })),
  features: optional({ is: "record", fields: speechFeatureFields }),
  augment: optional({ is: "record", fields: augmentFields }),
};

/** What silence is called by Praat, HTK, Kaldi, the Montreal aligner, flite and TIMIT. */
const usualSilences = ["", "sil", "SIL", "<sil>", "sp", "spn", "<eps>", "pau", "h#", "#"];
/** Labels that a folder may have where they are not named, and those that are said in a second. */
const mostLabels = 1000, labelsPerSecond = 40;
/** Hours of sound that memory is reckoned with. */
const hours = 5;

/** The options with their defaults. */
export function completeRecordingOptions(
  options: RecordingOptions,
):
  & Required<Omit<RecordingOptions, "labels" | "augment">>
  & Pick<RecordingOptions, "labels" | "augment"> {
  return {
    unit: options.unit ?? "phones",
    labels: options.labels,
    silences: options.silences ?? usualSilences,
    sampleRate: options.sampleRate ?? 16000,
    longestSeconds: options.longestSeconds ?? 30,
    heldOut: options.heldOut ?? 0.1,
    features: completeSpeechFeatures(options.features),
    augment: options.augment,
  };
}

/** A recording that was read. */
export type ReadRecording = Pick<Recording, "part"> & { readonly utterance: Utterance };

/**
 * Recordings as a data set. Where they lie in folders called train, dev and test these are the parts;
 * else dev and test are drawn, a share of the recordings each and at least one. Silence is left to
 * blank, label 0.
 *
 * @param seed Of that draw.
 * @throws {RangeError} If there are fewer than three recordings, or a label that is not named.
 */
export function recordingDataSet(
  recordings: readonly ReadRecording[],
  seed: number,
  options: RecordingOptions = {},
): DataSet {
  const { silences, sampleRate, heldOut, augment, ...complete } = completeRecordingOptions(options);
  const N = recordings.length;
  if (N < 3) {
    throw new RangeError(
      `Cannot open recordings as there must be three at least, to train, choose and test on: ` +
        `there are ${N}`,
    );
  }
  const all = recordings.map(({ utterance }) => utterance);
  const said = new Set(
    all.flatMap(({ segments, labels }) => labels ?? segments!.map(({ text }) => text)),
  );
  const labels = complete.labels ?? [...said].filter((text) => !silences.includes(text)).sort();
  if (labels.length > mostLabels) {
    throw new RangeError(
      `Cannot open recordings as there must be at most ${mostLabels} labels: there are ` +
        `${labels.length}; take phones or characters, or name the labels`,
    );
  }
  const inventory = { names: ["ε", ...labels], silences, silence: 0 };
  const features = speechFeatures(sampleRate, options.features);
  const order = new RandomState(seed).permutation(N), count = Math.max(1, Math.floor(heldOut * N));
  const partOf = (n: number) =>
    recordings[n].part ?? (order[n] < count ? "dev" : order[n] < 2 * count ? "test" : "train");
  const source = (part: string, augment?: AugmentOptions) =>
    utteranceSource(all.filter((_, n) => partOf(n) === part), { inventory, features, augment });
  const timed = all.every(({ segments }) => segments !== undefined);
  const words = timed && all.every(({ words }) => words !== undefined);
  const knows: Knowledge[] = [
    ...(timed ? ["alignment"] as const : []),
    ...(words ? ["words"] as const : []),
    "speakers",
  ];
  return {
    features: features.cols,
    labels: inventory.names.length,
    names: inventory.names,
    silence: 0,
    frameSeconds: features.frameSeconds,
    knows,
    train: source("train", augment),
    dev: source("dev"),
    test: source("test"),
  };
}

/** Sizes, from the options alone. */
export function recordingSizes(options: RecordingOptions): Sizes {
  const { labels, sampleRate, longestSeconds } = completeRecordingOptions(options);
  const features = speechFeatures(sampleRate, options.features);
  return {
    frames: features.frames(Math.ceil(longestSeconds * sampleRate)),
    target: Math.ceil(longestSeconds * labelsPerSecond),
    features: features.cols,
    labels: 1 + (labels?.length ?? mostLabels),
    tables: hours * 3600 * (sampleRate / 4 + features.cols / features.frameSeconds),
  };
}
