import { RandomState } from "../../numeric/mod.ts";
import { type Voice, voices } from "../flite/voice.ts";
import { distinctSentences, splitVocabulary } from "../sentences/mod.ts";

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
}

/**
 * What everybody says: every voice has sentences of its own, so that no sentence is said twice. More
 * sentences to train on leave the others as they are.
 *
 * @param options.sentences Per voice, to train on, rounded up to whole shards; defaults to 350.
 * @returns All shards, voice by voice.
 */
export function voiceScripts(options: { sentences?: number } = {}): ShardScript[] {
  const { sentences = defaultSentences } = options;
  const { known, heldOut } = splitVocabulary(new RandomState(seed));
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
        })),
    ).flat();
  });
  return voices.flatMap((voice) => shards.filter((shard) => shard.voice === voice));
}

/** The name of a shard's files, without their endings: "slt/train-003". */
export function shardName({ voice, split, index }: Omit<ShardScript, "texts">): string {
  return `${voice}/${split}-${String(index).padStart(3, "0")}`;
}
