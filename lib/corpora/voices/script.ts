import { RandomState } from "../../numeric/mod.ts";
import { type Voice, voices } from "../flite/voice.ts";
import {
  distinctSentences,
  type SplitVocabulary,
  splitVocabulary,
  type Words,
} from "../sentences/mod.ts";

/** The parts of the corpus; sentences of "unseen" are made of words that no other part has. */
export const voiceSplits = ["dev", "test", "unseen", "train"] as const;

/** A part of the corpus. */
export type VoiceSplit = typeof voiceSplits[number];

/** Sentences of a shard, which is what is made, stored and checked as one. */
export const shardSize = 50;

/** Sentences per voice: of "train" as many as one likes, in whole shards. */
const fixedSizes = { dev: 50, test: 100, unseen: 50 } as const;

/** Sentences that every voice has to train on, unless somebody asks for more or less. */
export const defaultSentences = 350;

/** The most sentences per voice: ten hours of four voices. */
export const mostSentences = 3000;

/** Samples per second of all voices. */
export const voiceSampleRate = 16000;

/** The longest that a sentence of the corpus may be, seconds; the memory of a training goes by it. */
export const longestSeconds = 8;

/** The seed of all sentences; another one would be another corpus. */
const seed = 13;

/** A piece of the corpus: what one voice says in one go. */
export interface ShardScript {
  readonly voice: Voice;
  readonly split: VoiceSplit;
  /** Its place in its split, from 0. */
  readonly index: number;
  readonly texts: readonly string[];
  /** Words of every open class that its sentences have; left out, all. */
  readonly vocabulary?: number;
}

/**
 * The words of the corpus, a tenth of them held out.
 *
 * @param vocabulary Words of every open class to learn from, at equal distances in the class, and a
 * tenth as many that are held out; defaults to all.
 */
export function wordsOfVoices(vocabulary?: number): SplitVocabulary {
  const { known, heldOut } = splitVocabulary(new RandomState(seed));
  if (vocabulary === undefined) return { known, heldOut };
  return {
    known: fewer(known, vocabulary),
    heldOut: fewer(heldOut, Math.ceil(vocabulary / 10)),
  };
}

function fewer(words: Words, count: number): Words {
  return Object.fromEntries(
    Object.entries(words).map(([kind, all]) => {
      const places = Array.from({ length: Math.min(count, all.length) }, (_, n) => n);
      return [kind, places.map((n) => all[Math.floor(n * all.length / places.length)])];
    }),
  ) as unknown as Words;
}

/**
 * What everybody says: every voice has sentences of its own, so that no sentence is said twice. More
 * sentences to train on leave the others as they are.
 *
 * @param options.sentences Per voice, to train on, rounded up to whole shards; defaults to 350.
 * @param options.vocabulary As of {@link wordsOfVoices}: another one is another corpus.
 * @returns All shards, voice by voice.
 */
export function voiceScripts(
  options: { sentences?: number; vocabulary?: number } = {},
): ShardScript[] {
  const { sentences = defaultSentences, vocabulary } = options;
  const { known, heldOut } = wordsOfVoices(vocabulary);
  const seen = distinctSentences(new RandomState(seed + 1), known);
  const unseen = distinctSentences(new RandomState(seed + 2), heldOut);
  const shards = voiceSplits.flatMap((split) => {
    const perVoice = split === "train" ? sentences : fixedSizes[split];
    const from = split === "unseen" ? unseen : seen;
    return Array.from(
      { length: Math.ceil(perVoice / shardSize) },
      (_, index) =>
        voices.map((voice): ShardScript => ({
          voice,
          split,
          index,
          texts: Array.from({ length: shardSize }, () => from.next().value),
          ...vocabulary !== undefined && { vocabulary },
        })),
    ).flat();
  });
  return voices.flatMap((voice) => shards.filter((shard) => shard.voice === voice));
}

/** The name of a shard's files, without their endings: "slt/train-003", "slt/of-5-words-train-003". */
export function shardName(
  { voice, split, index, vocabulary }: Omit<ShardScript, "texts">,
): string {
  const of = vocabulary === undefined ? "" : `of-${vocabulary}-words-`;
  return `${voice}/${of}${split}-${String(index).padStart(3, "0")}`;
}
