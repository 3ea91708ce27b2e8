/**
 * Aligns recordings of people with the model that comes along, and stores how far every word is from
 * where a GMM-HMM has it: numbers alone, no sound.
 *
 *     deno run --allow-read --allow-write=results bench/librivox.ts FOLDER
 *
 * FOLDER has sounds with their text and, as `NAME.phone.json`, pocketsphinx's alignment beside them,
 * as its own repository has them in test/data/librivox.
 *
 * @module
 */
import { readWav } from "lib/audio/mod.ts";
import { readWeights, runStore } from "lib/experiments/mod.ts";
import { alignRecording, readSpeechModel } from "lib/speech/mod.ts";
import { alignerExperiment } from "lib/studies/human_speech/sweep.ts";
import { writeWhole } from "lib/write_whole.ts";

const [folder] = Deno.args;
const store = runStore("results").within("aligner");
const model = readSpeechModel(await readWeights(store, alignerExperiment(), "sweep aligner"));

/** What pocketsphinx writes: seconds at which something begins, and how long it lasts. */
interface Placed {
  readonly b: number;
  readonly d: number;
  readonly t: string;
}

const recordings = [];
const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
  .filter((name) => name.endsWith(".wav")).map((name) => name.slice(0, -4)).sort();
for (const name of names) {
  const sound = readWav(await Deno.readFile(`${folder}/${name}.wav`));
  const text = (await Deno.readTextFile(`${folder}/${name}.txt`)).trim();
  const reference = JSON.parse(await Deno.readTextFile(`${folder}/${name}.phone.json`));
  const truth = (reference.w as Placed[]).filter(({ t }) => !/^[<[]/.test(t));
  const { words } = await alignRecording(sound, text, model);
  if (words.length !== truth.length) {
    throw new Error(`${name}: ${words.length} words, and ${truth.length} in the reference`);
  }
  const ms = (seconds: number) => Math.round(1000 * seconds);
  recordings.push({
    name,
    seconds: sound.channels[0].length / sound.sampleRate,
    words: words.map(({ text, start, end }, n) => ({
      word: text,
      found: [ms(start), ms(end)],
      reference: [ms(truth[n].b), ms(truth[n].b + truth[n].d)],
    })),
  });
}
const source = "LibriVox, Sense and Sensibility (public domain); the reference is pocketsphinx's " +
  "GMM-HMM, cmusphinx/pocketsphinx 511126b4, test/data/librivox";
await writeWhole("results/librivox.json", JSON.stringify({ source, recordings }, null, 1) + "\n");
const errors = recordings.flatMap(({ words }) =>
  words.flatMap(({ found, reference }) => found.map((at, n) => Math.abs(at - reference[n])))
);
const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
console.log(`${errors.length / 2} words, mean error of boundaries ${mean.toFixed(1)} ms`);
