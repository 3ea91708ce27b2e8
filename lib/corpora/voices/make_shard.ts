import { writeWav } from "../../audio/mod.ts";
import { spoken } from "../flite/speak.ts";
import { sentenceWords } from "../sentences/mod.ts";
import { type ShardScript, voiceSampleRate } from "./script.ts";
import { encodeShard, type ShardFiles, type SpokenSentence } from "./shard.ts";

/**
 * Speaks the sentences of a shard: the same script gives the same bytes.
 *
 * @param onSentence Told how many are spoken.
 */
export function makeShard(
  script: ShardScript,
  onSentence: (count: number) => void = () => {},
): ShardFiles {
  const sentences = script.texts.map((text, n): SpokenSentence => {
    const { samples, phones, words } = spoken(text, sentenceWords(text), {
      voice: script.voice,
    });
    onSentence(n + 1);
    return {
      text,
      samples: Int16Array.from(samples, (x) => 32768 * x),
      phones: phones.map(({ label }) => label),
      ends: phones.map(({ end }) => end),
      words: words.map(({ label, phones: [from, to] }) => ({ label, from, to })),
    };
  });
  return encodeShard(script, sentences, (samples) =>
    writeWav({
      sampleRate: voiceSampleRate,
      channels: [Float64Array.from(samples, (x) => x / 32768)],
    }));
}
