import { completeSpeechFeatures, type SpeechFeatures, speechFeatures } from "../audio/mod.ts";
import {
  completeDigitOptions,
  completeRecordingOptions,
  completeVoicesOptions,
  type CorpusOptions,
  digitNames,
  fsddSampleRate,
  labelNames,
  timitInventory,
  timitSampleRate,
  voiceSampleRate,
} from "./corpora.ts";

/** What the labels of a model stand for: phones, whole words, or the characters of words. */
export type HeardUnit = "phones" | "words" | "characters";

/** What models that were trained on a corpus of speech hear, and how they call it. */
export interface Hearing {
  /** From samples to frames. */
  readonly features: SpeechFeatures;
  /** The name of every label by its number, "ε" for blank. */
  readonly names: readonly string[];
  /** The label of silence, where it is not left to blank. */
  readonly silence?: number;
  /** What its labels are. */
  readonly unit: HeardUnit;
}

/**
 * What a corpus of speech sounds like to its models, from its options alone: no sound is opened.
 *
 * @throws {RangeError} If it is no corpus of speech, or one of recordings whose labels are not named.
 *
 * @example
 * ```ts
 * import { hearingOf } from "lib/speech/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { features, names, unit } = hearingOf({ kind: "voices", stack: 4 });
 * assertEquals([features.sampleRate, features.frameSeconds, features.cols], [16000, 0.04, 156]);
 * assertEquals([names.length, names.at(-1), unit], [42, "pau", "phones"]);
 * ```
 */
export function hearingOf(corpus: CorpusOptions): Hearing {
  switch (corpus.kind) {
    case "voices": {
      const { features: { of, slopes }, stack, labels, vocabulary } = completeVoicesOptions(corpus);
      const names = labelNames(labels, vocabulary);
      return {
        features: speechFeatures(voiceSampleRate, { base: of, deltas: slopes, stack }),
        names,
        silence: names.length - 1,
        unit: labels === "letters" ? "characters" : labels,
      };
    }
    case "digits":
      return {
        features: speechFeatures(fsddSampleRate, completeDigitOptions(corpus).features),
        names: ["ε", ...digitNames],
        unit: "words",
      };
    case "timit": {
      const { phones = "61", silence = "label" } = corpus;
      const inventory = timitInventory(phones, silence);
      return {
        features: speechFeatures(timitSampleRate, completeSpeechFeatures(corpus.features)),
        names: inventory.names,
        silence: inventory.silence || undefined,
        unit: "phones",
      };
    }
    case "recordings": {
      const { labels, sampleRate, features, unit } = completeRecordingOptions(corpus);
      if (labels === undefined) {
        throw new RangeError(
          `Cannot hear recordings with this model as its experiment must name the labels: ` +
            `corpus.labels is missing`,
        );
      }
      return { features: speechFeatures(sampleRate, features), names: ["ε", ...labels], unit };
    }
    default:
      throw new RangeError(
        `Cannot hear recordings with this model as it must be trained on speech, one of voices, ` +
          `digits, timit and recordings: its corpus is "${corpus.kind}"`,
      );
  }
}
