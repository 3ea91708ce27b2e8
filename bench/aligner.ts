/**
 * The aligner against another, on sentences that its model never heard, with words that it never
 * heard, by a voice that it knows, cut from the corpus of voices (`deno task corpus voices` makes it): errors, wrong texts told, seconds. Prints a table.
 *
 *     deno run -A bench/aligner.ts [PYTHON]
 *
 * PYTHON has pocketsphinx (`pip install pocketsphinx`); without it ours is measured alone.
 *
 * @module
 */
import { writeWav } from "lib/audio/mod.ts";
import { openVoices } from "lib/corpora/voices/mod.ts";

const [python] = Deno.args;
const folder = await Deno.makeTempDir();
const { test } = await openVoices({ test: ["awb"], testWords: "unseen" });
const sentences = test.sentences.slice(0, 40).map(({ sentence }) => sentence);

interface Word {
  readonly start: number;
  readonly end: number;
  readonly matches?: boolean;
}

const name = (n: number) => `s${String(n).padStart(3, "0")}`;
const truth = sentences.map(({ words, ends }) =>
  words.map(({ from, to }): Word => ({ start: [0, ...ends][from], end: ends[to - 1] }))
);
for (const text of ["right", "wrong"]) {
  await Deno.mkdir(`${folder}/${text}`);
  for (const [n, { samples }] of sentences.entries()) {
    const channels = [Float64Array.from(samples, (x) => x / 32768)];
    const said = sentences[text === "right" ? n : (n + 1) % sentences.length].text;
    await Deno.writeFile(
      `${folder}/${text}/${name(n)}.wav`,
      writeWav({ sampleRate: 16000, channels }),
    );
    await Deno.writeTextFile(`${folder}/${text}/${name(n)}.txt`, said);
  }
}

/** Runs an aligner over a folder; its words of every sentence, and the seconds that it took. */
async function aligned(
  text: string,
  command: (folder: string, out: string) => string[],
): Promise<{ words: Word[][]; seconds: number }> {
  const out = await Deno.makeTempDir();
  const [program, ...args] = command(`${folder}/${text}`, out);
  const begun = performance.now();
  const { stderr } = await new Deno.Command(program, { args }).output();
  const seconds = (performance.now() - begun) / 1000;
  const words = await Promise.all(sentences.map(async (_, n): Promise<Word[]> => {
    try {
      const read = JSON.parse(await Deno.readTextFile(`${out}/${name(n)}.json`));
      return read.words ?? read.map(([, start, end]: [string, number, number]) => ({ start, end }));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return [];
    }
  }));
  if (words.every(({ length }) => length === 0)) throw new Error(new TextDecoder().decode(stderr));
  return { words, seconds };
}

const ours = (folder: string, out: string) => [
  Deno.execPath(),
  ...["run", "--v8-flags=--expose-gc", "--no-prompt", "--allow-read", `--allow-write=${out}`],
  ...["tasks/align.ts", "--audio", folder, "--output", out, "--format", "json"],
];
const sphinx = (folder: string, out: string) => [
  python,
  ...["bench/peers/pocketsphinx_align.py", folder, out],
];

const rows: string[][] = [];
const sound = sentences.reduce((sum, { samples }) => sum + samples.length, 0) / 16000;
for (
  const [who, command] of [["ours", ours], ["pocketsphinx", sphinx]] as const
) {
  if (who !== "ours" && python === undefined) continue;
  const { words, seconds } = await aligned("right", command);
  const errors = words.flatMap((own, n) =>
    own.length !== truth[n].length ? [] : own.flatMap(({ start, end }, w) => [
      Math.abs(start - truth[n][w].start),
      Math.abs(end - truth[n][w].end),
    ])
  );
  const wrong = await aligned("wrong", command);
  const told = (all: Word[][]) => {
    const flat = all.flat();
    return who === "ours"
      ? `${flat.filter(({ matches }) => !matches).length} of ${flat.length}`
      : `${
        all.filter(({ length }) => length === 0).length
      } of ${all.length} sentences without words`;
  };
  rows.push([
    who,
    String(errors.length / 2),
    (1000 * errors.reduce((a, b) => a + b, 0) / errors.length).toFixed(1),
    told(words),
    told(wrong.words),
    (sound / seconds).toFixed(1),
  ]);
}
const head = ["who", "words", "mean error, ms", "told of right text", "told of wrong text"];
const lines = [[...head, "× real time, start included"], [
  "---",
  "---",
  "---",
  "---",
  "---",
  "---",
]];
console.log(
  [...lines, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n") +
    `\n\n${sentences.length} sentences, ${sound.toFixed(0)} s of sound`,
);
