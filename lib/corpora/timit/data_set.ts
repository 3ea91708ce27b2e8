import {
  completeSpeechFeatures,
  speechFeatureFields,
  type SpeechFeatureOptions,
  speechFeatures,
} from "../../audio/mod.ts";
import { type Fields, optional } from "../../form/mod.ts";
import type { DataSet, Sizes } from "../data_set.ts";
import { augmentFields, type AugmentOptions } from "../spoken/augment.ts";
import type { Inventory, Utterance } from "../spoken/utterance.ts";
import { utteranceSource } from "../spoken/utterance_source.ts";
import { phoneNames, type PhoneSet } from "./phones.ts";
import { timitSampleRate } from "./read_utterance.ts";

/** What is made of TIMIT. */
export interface TimitOptions {
  /** Which phones are the labels: all 61, or 48 or 39 without the glottal stop. Defaults to "61". */
  phones?: PhoneSet;
  /**
   * Whether silence stands in targets as a label, closures of stops and pauses among it, or is left to
   * blank; neighbours of the same name are not made one. Defaults to "label".
   */
  silence?: "label" | "blank";
  /** The 192 sentences of the core test set, or all 1,344, "dev" among them. Defaults to "core". */
  test?: "core" | "full";
  /** Defaults to 39 MFCC. */
  features?: SpeechFeatureOptions;
  /** Of the training alone. Defaults to none. */
  augment?: AugmentOptions;
}

/** The form of {@link TimitOptions}. */
export const timitFields: Fields<TimitOptions> = {
  phones: optional({ is: "choice", of: ["61", "48", "39"] }),
  silence: optional({ is: "choice", of: ["label", "blank"] }),
  test: optional({ is: "choice", of: ["core", "full"] }),
  features: optional({ is: "record", fields: speechFeatureFields }),
  augment: optional({ is: "record", fields: augmentFields }),
};

/** The longest sentence of TIMIT is of 7.8 seconds, and no speaker says 30 phones a second. */
const longestSeconds = 8, phonesPerSecond = 30;
/** Seconds of sound in the whole corpus: 5.4 hours. */
const allSeconds = 5.4 * 3600;

/** Sentences by the set that they belong to. */
export type TimitSets = Readonly<Record<"train" | "dev" | "test", readonly Utterance[]>>;

/** TIMIT's sentences as a data set. */
export function timitDataSet(sets: TimitSets, options: TimitOptions = {}): DataSet {
  const { phones = "61", silence = "label" } = options;
  const inventory = timitInventory(phones, silence);
  const features = speechFeatures(timitSampleRate, options.features);
  const source = (utterances: readonly Utterance[], augment?: AugmentOptions) =>
    utteranceSource(utterances, { inventory, features, augment });
  return {
    features: features.cols,
    labels: inventory.names.length,
    names: inventory.names,
    silence: inventory.silence,
    frameSeconds: features.frameSeconds,
    knows: silence === "blank" ? ["alignment", "words", "speakers"] : ["alignment", "speakers"],
    train: source(sets.train, options.augment),
    dev: source(sets.dev),
    test: source(sets.test),
  };
}

/** The labels of a set of phones; among 61, silence is "h#", which stands at the ends of sentences. */
export function timitInventory(phones: PhoneSet, silence: "label" | "blank"): Inventory {
  const all = phoneNames(phones), pauses = phones === "61" ? ["h#"] : ["sil"];
  const quiet = {
    "61": ["h#", "pau", "epi", "bcl", "dcl", "gcl", "kcl", "pcl", "tcl"],
    "48": ["sil", "epi", "cl", "vcl"],
    "39": ["sil"],
  }[phones];
  if (silence === "label") {
    return { names: ["ε", ...all], silences: pauses, silence: 1 + all.indexOf(pauses[0]) };
  }
  return {
    names: ["ε", ...all.filter((name) => !quiet.includes(name))],
    silences: quiet,
    silence: 0,
  };
}

/** Sizes, from the options alone. */
export function timitDataSizes(options: TimitOptions): Sizes {
  const { phones = "61", silence = "label" } = options;
  const { shiftMs, stack } = completeSpeechFeatures(options.features);
  const features = speechFeatures(timitSampleRate, options.features);
  const frames = Math.ceil(longestSeconds * 1000 / (shiftMs * stack));
  return {
    frames,
    target: longestSeconds * phonesPerSecond,
    features: features.cols,
    labels: timitInventory(phones, silence).names.length,
    // 16-bit samples are four to a double; features are kept where they do not change
    tables: allSeconds * timitSampleRate / 4 +
      (options.augment ? 0 : allSeconds * 1000 / (shiftMs * stack) * features.cols),
  };
}
