/**
 * The aligner against others, and on an hour of sound: errors, wrong texts told, seconds.
 * They hear the corpus of voices, which `deno task corpus voices` makes. Prints what came of it, and
 * stores it in bench/aligner.json.
 *
 *     deno run --allow-env --allow-read --allow-write --allow-run bench/aligner.ts [PYTHON [PART]]
 *
 * PYTHON has pocketsphinx and aeneas, see bench/README.md; without it ours is measured alone. PART is
 * short, the sentences, or long, the hour; without it both are.
 *
 * @module
 */
import { writeWav } from "lib/audio/mod.ts";
import { openVoices, type VoicedSentence } from "lib/corpora/voices/mod.ts";
import { allVoices } from "lib/studies/speech_setup/mod.ts";
import { writeWhole } from "lib/write_whole.ts";

/** Seconds. */
interface Word {
  readonly start: number;
  readonly end: number;
  readonly matches?: boolean;
}

const [python, part] = Deno.args;
const folder = await Deno.makeTempDir();
const seconds = (samples: number) => samples / 16000;

/** Where flite says that the words of a sentence are, from its start. */
function truthOf({ sentence: { words, ends } }: VoicedSentence): Word[] {
  return words.map(({ from, to }) => ({ start: [0, ...ends][from], end: ends[to - 1] }));
}

/** Distances of starts and ends, milliseconds. */
function errorsOf(found: readonly Word[], truth: readonly Word[]): number[] {
  return found.flatMap(({ start, end }, n) =>
    [start - truth[n].start, end - truth[n].end].map((off) => 1000 * Math.abs(off))
  );
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

async function writeSound(file: string, all: readonly VoicedSentence[], text: string) {
  const samples = all.flatMap(({ sentence }) => [...sentence.samples]);
  const channels = [Float64Array.from(samples, (x) => x / 32768)];
  await Deno.writeFile(`${file}.wav`, writeWav({ sampleRate: 16000, channels }));
  await Deno.writeTextFile(`${file}.txt`, text);
}

/** Runs a program to its end; the seconds that it took. */
async function timed([program, ...args]: string[]): Promise<number> {
  const begun = performance.now();
  const { code, stderr } = await new Deno.Command(program, { args, stdout: "null" }).output();
  if (![0, 1, 3].includes(code)) throw new Error(new TextDecoder().decode(stderr));
  return (performance.now() - begun) / 1000;
}

const ours = (audio: string, out: string) => [
  Deno.execPath(),
  ...["run", "--v8-flags=--expose-gc", "--no-prompt", "--allow-read", `--allow-write=${out}`],
  ...["tasks/align.ts", "--audio", audio, "--output", out, "--format", "json"],
];
const peer = (script: string) => (audio: string, out: string) => [
  python,
  ...[`bench/peers/${script}`, audio, out],
];

/** Words of a file, or none where an aligner wrote none. */
async function wordsIn(file: string): Promise<Word[]> {
  try {
    const read = JSON.parse(await Deno.readTextFile(file));
    return read.words ?? read.map(([, start, end]: [string, number, number]) => ({ start, end }));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Forty sentences of a voice that our model knows, with words that it never heard. */
async function sentences() {
  const { test } = await openVoices({ test: ["awb"], testWords: "unseen" });
  const all = test.sentences.slice(0, 40);
  const name = (n: number) => `s${String(n).padStart(3, "0")}`;
  for (const text of ["right", "wrong"]) {
    await Deno.mkdir(`${folder}/${text}`);
    for (const [n, one] of all.entries()) {
      const said = all[text === "right" ? n : (n + 1) % all.length].sentence.text;
      await writeSound(`${folder}/${text}/${name(n)}`, [one], said);
    }
  }
  const sound = all.reduce((sum, { sentence }) => sum + seconds(sentence.samples.length), 0);
  const rows = [];
  const aligners = {
    ours,
    pocketsphinx: peer("pocketsphinx_align.py"),
    aeneas: peer("aeneas_align.py"),
  };
  for (const [who, command] of Object.entries(aligners)) {
    if (who !== "ours" && python === undefined) continue;
    const aligned = async (text: string) => {
      const out = await Deno.makeTempDir();
      const wall = await timed(command(`${folder}/${text}`, out));
      return {
        wall,
        words: await Promise.all(all.map((_, n) => wordsIn(`${out}/${name(n)}.json`))),
      };
    };
    const right = await aligned("right"), wrong = await aligned("wrong");
    const errors = right.words.flatMap((words, n) => errorsOf(words, truthOf(all[n])));
    const told = (words: readonly Word[][]) => ({
      wordsTold: words.flat().filter(({ matches }) => matches === false).length,
      sentencesWithoutWords: words.filter(({ length }) => length === 0).length,
    });
    rows.push({
      who,
      words: errors.length / 2,
      meanErrorMs: rounded(mean(errors), 1),
      right: told(right.words),
      wrong: told(wrong.words),
      timesRealTime: rounded(sound / right.wall, 1),
    });
  }
  return { sentences: all.length, seconds: rounded(sound, 1), rows };
}

/** An hour in one file: what is held out of all voices, then what was trained on. */
async function hour() {
  const { train, dev, test } = await openVoices({ train: allVoices, test: allVoices });
  const all: VoicedSentence[] = [];
  let length = 0;
  for (const one of [...test.sentences, ...dev.sentences, ...train.sentences]) {
    if (seconds(length + one.sentence.samples.length) > 3600) break;
    all.push(one);
    length += one.sentence.samples.length;
  }
  await writeSound(`${folder}/hour`, all, all.map(({ sentence }) => sentence.text).join("\n"));
  let at = 0;
  const truth = all.flatMap((one) => {
    const words = truthOf(one).map(({ start, end }) => ({ start: at + start, end: at + end }));
    at += seconds(one.sentence.samples.length);
    return words;
  });
  const out = await Deno.makeTempDir();
  const wall = await timed(ours(`${folder}/hour.wav`, out));
  const words = await wordsIn(`${out}/hour.json`), errors = errorsOf(words, truth);
  return {
    sentences: all.length,
    seconds: rounded(seconds(length), 0),
    words: words.length,
    meanErrorMs: rounded(mean(errors), 1),
    largestErrorMs: rounded(Math.max(...errors), 0),
    wordsTold: words.filter(({ matches }) => matches === false).length,
    wall: rounded(wall, 1),
    timesRealTime: rounded(seconds(length) / wall, 1),
  };
}

const before = JSON.parse(await Deno.readTextFile("bench/aligner.json"));
const found = {
  short: part === "long" ? before.short : await sentences(),
  long: part === "short" ? before.long : await hour(),
};
console.log(JSON.stringify(found, null, 2));
await writeWhole("bench/aligner.json", `${JSON.stringify(found, null, 2)}\n`);
await Deno.remove(folder, { recursive: true });
