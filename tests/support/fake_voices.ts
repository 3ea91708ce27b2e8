import type { VoicesOptions } from "lib/corpora/mod.ts";
import { phones } from "lib/corpora/flite/voice.ts";
import { sentenceWords } from "lib/corpora/sentences/mod.ts";
import type { SpokenSentence } from "lib/corpora/voices/shard.ts";
import { type VoicesDataSet, voicesDataSet } from "lib/corpora/voices/voices.ts";

const opened = new Map<string, VoicesDataSet>();

/** The corpus of voices in no time: three words of each sentence, two phones each, as tones. */
export function fakeVoices(options: VoicesOptions): VoicesDataSet {
  const key = JSON.stringify(options);
  let data = opened.get(key);
  if (data !== undefined) return data;
  const spoken = new Map<string, SpokenSentence>();
  data = voicesDataSet(options, ({ voice, texts }) =>
    texts.map((text) => {
      const sentence = spoken.get(text) ?? tones(text, voice.length);
      spoken.set(text, sentence);
      return sentence;
    }));
  opened.set(key, data);
  return data;
}

function tones(text: string, pitch: number): SpokenSentence {
  const said = Array.from({ length: 6 }, (_, n) => text.charCodeAt(n + 1) % 40);
  return {
    text,
    get samples(): Int16Array {
      return Int16Array.from({ length: 4800 }, (_, n) => {
        const phone = said[Math.floor(n / 640) - 1] ?? 0;
        return 4000 * Math.sin(n * (0.05 * pitch + 0.03 * phone)) + 500 * Math.sin(n * n);
      });
    },
    phones: ["pau", ...said.map((n) => phones[n]), "pau"],
    ends: [...Array.from({ length: 7 }, (_, n) => (n + 1) / 25), 0.3],
    words: sentenceWords(text).slice(0, 3)
      .map((label, n) => ({ label, from: 1 + 2 * n, to: 3 + 2 * n })),
  };
}
