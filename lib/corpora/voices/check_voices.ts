import { type Voice, voices } from "../flite/voice.ts";
import {
  shardName,
  type ShardScript,
  voiceSampleRate,
  type VoiceSplit,
  voiceSplits,
} from "./script.ts";
import { sha256 } from "./shard.ts";
import { readShard } from "./store.ts";

/** What there is of one voice. */
export interface VoiceReport {
  readonly voice: Voice;
  readonly sentences: number;
  /** Seconds of sound, in all and by part. */
  readonly seconds: number;
  readonly bySplit: Readonly<Record<VoiceSplit, number>>;
  /** SHA-256 over all its shards, the same on every machine; undefined where one is not whole. */
  readonly sha256?: string;
  /** Shards that are not there. */
  readonly missing: readonly string[];
  /** What is wrong with others. */
  readonly faults: readonly string[];
}

/** Reads all shards and says what is there, and what is wrong with it. */
export async function checkVoices(
  folder: string,
  scripts: readonly ShardScript[],
): Promise<VoiceReport[]> {
  return await Promise.all(voices.map(async (voice) => {
    const hashes: string[] = [], missing: string[] = [], faults: string[] = [];
    const bySplit = Object.fromEntries(voiceSplits.map((split) => [split, 0]));
    let sentences = 0;
    const own = scripts.filter((script) => script.voice === voice);
    for (const script of own) {
      const shard = await readShard(folder, script);
      if (shard.is === "missing") missing.push(shardName(script));
      else if (shard.is === "damaged") faults.push(shard.fault);
      else {
        hashes.push(shard.sha256);
        sentences += shard.sentences.length;
        const samples = shard.sentences.reduce((sum, { samples }) => sum + samples.length, 0);
        bySplit[script.split] += samples / voiceSampleRate;
      }
    }
    return {
      voice,
      sentences,
      seconds: Object.values(bySplit).reduce((a, b) => a + b),
      bySplit: bySplit as Record<VoiceSplit, number>,
      sha256: hashes.length === own.length ? sha256(...hashes) : undefined,
      missing,
      faults,
    };
  }));
}
