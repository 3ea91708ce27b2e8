import { createHash } from "node:crypto";
import { type Form, number, requireForm, whole } from "../../form/mod.ts";
import { phones as knownPhones } from "../flite/voice.ts";
import { longestSeconds, shardName, type ShardScript, voiceSampleRate } from "./script.ts";

/** Bytes of a WAV file before its samples. */
const headerSize = 44;

/** One sentence as it was spoken. */
export interface SpokenSentence {
  readonly text: string;
  /** Full scale is ±32768. */
  readonly samples: Int16Array;
  /** Names of phones, silences among them. */
  readonly phones: readonly string[];
  /** Where each phone ends, seconds; it starts where the one before ends. */
  readonly ends: readonly number[];
  /** Each word with its first phone and the one after its last. */
  readonly words: readonly SentenceWord[];
}

/** A word of a sentence, and where among its phones it is. */
export interface SentenceWord {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** The two files of a shard: sound, and what is in it. */
export interface ShardFiles {
  /** 16-bit PCM at 16 kHz: one sentence after the other. */
  readonly wav: Uint8Array<ArrayBuffer>;
  /** Which samples are which sentence, with phones and words; and the hash of the WAV file. */
  readonly json: string;
}

/** What the JSON file of a shard holds. */
interface ShardIndex {
  readonly name: string;
  /** SHA-256 of the WAV file. */
  readonly sha256: string;
  readonly sentences: readonly IndexedSentence[];
}

interface IndexedSentence {
  readonly text: string;
  /** The first sample, and the one after the last. */
  readonly samples: readonly [number, number];
  readonly phones: readonly string[];
  readonly ends: readonly number[];
  readonly words: readonly SentenceWord[];
}

const indexForm: Form<ShardIndex> = {
  is: "record",
  fields: {
    name: { is: "text" },
    sha256: { is: "text" },
    sentences: {
      is: "list",
      of: {
        is: "record",
        fields: {
          text: { is: "text" },
          samples: { is: "range", whole: true, min: 0 },
          phones: { is: "list", of: { is: "text" } },
          ends: { is: "list", of: number({ above: 0 }) },
          words: {
            is: "list",
            of: {
              is: "record",
              fields: { label: { is: "text" }, from: whole({ min: 0 }), to: whole({ min: 1 }) },
            },
          },
        },
      },
    },
  },
};

/** The files of a shard whose sentences were spoken. */
export function encodeShard(
  script: ShardScript,
  sentences: readonly SpokenSentence[],
  wavOf: (samples: Int16Array) => Uint8Array<ArrayBuffer>,
): ShardFiles {
  const all = new Int16Array(sentences.reduce((sum, { samples }) => sum + samples.length, 0));
  let at = 0;
  const lines = sentences.map(({ text, samples, phones, ends, words }) => {
    all.set(samples, at);
    const range = [at, at += samples.length];
    return JSON.stringify({ text, samples: range, phones, ends, words });
  });
  const wav = wavOf(all);
  const json = `{"name":${JSON.stringify(shardName(script))},"sha256":"${sha256(wav)}",` +
    `"sentences":[\n${lines.join(",\n")}\n]}\n`;
  return { wav, json };
}

/**
 * The sentences of a shard, from its files.
 *
 * @throws {RangeError | SyntaxError | TypeError} Saying what is wrong with them: they are damaged, or
 * not of this script.
 */
export function decodeShard(
  script: ShardScript,
  { wav, json }: { wav: Uint8Array<ArrayBuffer>; json: string },
): SpokenSentence[] {
  const index: unknown = JSON.parse(json);
  requireForm<ShardIndex>("Cannot read the shard", indexForm, index, "");
  const fail = (what: string) => {
    throw new RangeError(`Cannot read the shard as ${what}`);
  };
  if (index.name !== shardName(script)) fail(`it is ${index.name}`);
  if (index.sha256 !== sha256(wav)) fail("its sound is not that which was written");
  const samples = new Int16Array(wav.buffer, wav.byteOffset + headerSize);
  if (index.sentences.length !== script.texts.length) {
    fail(`it must have ${script.texts.length} sentences: it has ${index.sentences.length}`);
  }
  return index.sentences.map(({ text, samples: [from, to], phones, ends, words }, n) => {
    if (text !== script.texts[n]) fail(`sentence ${n} is of another version: ${text}`);
    if (to > samples.length || to - from > longestSeconds * voiceSampleRate) {
      fail(`sentence ${n} has the samples ${from} to ${to} of ${samples.length}`);
    }
    const whole = phones.length === ends.length && phones.length > 0 &&
      phones.every((phone) => knownPhones.includes(phone)) &&
      words.every(({ from, to }) => from < to && to <= phones.length);
    if (!whole) fail(`the phones and words of sentence ${n} do not fit together`);
    return { text, samples: samples.subarray(from, to), phones, ends, words };
  });
}

/** SHA-256 as 64 hexadecimal digits. */
export function sha256(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
