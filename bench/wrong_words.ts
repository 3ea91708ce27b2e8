/**
 * How many wrong words the aligner tells: in right texts every word of three phones or more is
 * replaced, one at a time, by a word of another sentence. Prints what came of it, and stores it in
 * bench/wrong_words.json.
 *
 *     deno run --allow-env --allow-read --allow-write=bench bench/wrong_words.ts [FOLDER]
 *
 * It hears the corpus of voices, which `deno task corpus voices` makes; and FOLDER, sounds of people
 * with their text beside them.
 *
 * @module
 */
import { addNoise, readWav, type Sound } from "lib/audio/mod.ts";
import { openVoices, type VoicedSentence } from "lib/corpora/voices/mod.ts";
import { readWeights, runStore } from "lib/experiments/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import {
  alignHeard,
  hear,
  readSpeechModel,
  readText,
  type ReadWord,
  type SpeechModel,
  wordLabels,
} from "lib/speech/mod.ts";
import { alignerExperiment } from "lib/studies/human_speech/sweep.ts";
import { experiment } from "lib/studies/phones_from_sound/sweep.ts";
import { allVoices } from "lib/studies/speech_setup/mod.ts";
import { writeWhole } from "lib/write_whole.ts";

/** A sound and what it says. */
interface Said {
  readonly sound: Sound;
  readonly words: readonly ReadWord[];
}

const [folder] = Deno.args;
const store = runStore("results"), rng = new RandomState(0);
const aligner = readSpeechModel(
  await readWeights(store.within("aligner"), alignerExperiment(), "sweep aligner"),
);
const withoutAwb = readSpeechModel(
  await readWeights(
    store.within("speech"),
    experiment("blstm", "awb", 0),
    "sweep phones-from-sound",
  ),
);

/** Every so many of them. */
function said(all: readonly VoicedSentence[], count: number, snr?: number): Said[] {
  return Array.from({ length: count }, (_, n) => {
    const { sentence: { samples, phones, words } } = all[Math.floor(n * all.length / count)];
    const clean = Float64Array.from(samples, (x) => x / 32768);
    return {
      sound: {
        sampleRate: 16000,
        channels: [snr === undefined ? clean : addNoise(clean, { snr, rng })],
      },
      words: words.map(({ label, from, to }) => ({
        text: label,
        spoken: [{ label, phones: phones.slice(from, to) }],
      })),
    };
  });
}

async function people(folder: string): Promise<Said[]> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".wav")).sort();
  return await Promise.all(names.map(async (name) => {
    const text = await Deno.readTextFile(`${folder}/${name.replace(/wav$/, "txt")}`);
    const sound = readWav(await Deno.readFile(`${folder}/${name}`));
    return { sound, words: await readText(text.trim()) };
  }));
}

/** What is told of right texts, and of texts with one wrong word. */
async function told(model: SpeechModel, all: readonly Said[]) {
  const labels = all.map(({ words }) => words.map((word) => wordLabels(word, model)));
  const pool = labels.flat().filter(({ length }) => length >= 3);
  let words = 0, alarms = 0, alarmed = 0, replaced = 0, found = 0;
  for (const [n, { sound, words: right }] of all.entries()) {
    const heard = await hear(sound, model);
    const doubted = (words: readonly (readonly number[])[]) =>
      alignHeard(heard, right, words, model).words.map(({ matches }) => !matches);
    const falsely = doubted(labels[n]).filter((is) => is).length;
    words += right.length;
    alarms += falsely;
    if (falsely > 0) alarmed++;
    for (const [w, own] of labels[n].entries()) {
      if (own.length < 3) continue;
      let other = own;
      while (other.join() === own.join()) other = pool[rng.randint(0, pool.length)];
      replaced++;
      if (doubted(labels[n].with(w, other))[w]) found++;
    }
  }
  return { texts: all.length, words, alarms, alarmed, replaced, found };
}

const { test, dev } = await openVoices({ train: allVoices, test: allVoices, testWords: "unseen" });
const awb = (await openVoices({ test: ["awb"] })).test.sentences;
const results = {
  "voices of the training, new sentences": await told(aligner, said(dev.sentences, 80)),
  "the same in noise, 8 dB": await told(aligner, said(dev.sentences, 80, 8)),
  "voices of the training, words that it never had": await told(
    aligner,
    said(test.sentences, 80),
  ),
  "awb, a voice that training never had": await told(withoutAwb, said(awb, 80)),
  ...folder !== undefined && { "people, LibriVox": await told(aligner, await people(folder)) },
};
console.log(JSON.stringify(results, null, 2));
await writeWhole("bench/wrong_words.json", `${JSON.stringify(results, null, 2)}\n`);
