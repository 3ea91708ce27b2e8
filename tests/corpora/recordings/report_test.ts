import { assertEquals, assertRejects } from "@std/assert";
import { textGrid, textGridText } from "lib/alignment/mod.ts";
import { writeWav } from "lib/audio/mod.ts";
import {
  type ReadRecording,
  readRecordings,
  recordingDataSet,
  recordingReport,
} from "lib/corpora/recordings.ts";
import { faultText, refuseFault } from "lib/corpora/spoken/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { inMemory, type Tree } from "../../support/miniature_timit.ts";
import { noisySound } from "../../support/sounds.ts";

const spoken = writeWav({ sampleRate: 8000, channels: [noisySound(8000)] });
const grid = textGridText(textGrid({
  phones: [{ start: 0.2, end: 0.5, text: "a" }, { start: 0.5, end: 0.9, text: "b" }],
  words: [{ start: 0.2, end: 0.9, text: "Ab" }],
}, 1));

const twoWords = textGridText(textGrid({
  words: [{ start: 0.2, end: 0.4, text: "Ab" }, { start: 0.5, end: 0.9, text: "c" }],
}, 1));

Deno.test("recordings open with any transcript, each unit knowing what its transcripts know", async () => {
  {
    const tree: Tree = new Map();
    for (const name of ["s1/a", "s1/b", "s2/c", "s2/d"]) {
      tree.set(`${name}.wav`, spoken);
      tree.set(`${name}.TextGrid`, grid);
    }
    const open = async (unit: "phones" | "words" | "characters") =>
      recordingDataSet(await readRecordings(...inMemory(tree), { unit }, refuseFault), 1, { unit });
    const phones = await open("phones");
    assertEquals([phones.names, phones.knows], [["ε", "a", "b"], [
      "alignment",
      "words",
      "speakers",
    ]]);
    assertEquals([phones.train, phones.dev, phones.test].map(({ sequences }) => sequences), [
      2,
      1,
      1,
    ]);
    const batch = phones.train.batch(new RandomState(1), 2);
    assertEquals([batch.targets[0], batch.words![0], batch.x.frames.rows], [[1, 2], [[1, 2]], 200]);
    assertEquals(batch.alignment![30], 1);
    const words = await open("words");
    assertEquals([words.names, words.knows], [["ε", "ab"], ["alignment", "words", "speakers"]]);
    const texts = inMemory(new Map(tree).set("s1/a.TextGrid", twoWords));
    const [spelt] = await readRecordings(...texts, { unit: "characters" }, refuseFault);
    assertEquals(spelt.utterance.labels, ["a", "b", " ", "c"]);
    const characters = await open("characters");
    assertEquals([characters.names, characters.knows], [["ε", "a", "b"], ["speakers"]]);
  }
});

Deno.test("words beside phones are UTF-8, as every transcript is", async () => {
  const tree: Tree = new Map<string, Uint8Array<ArrayBuffer> | string>([
    ["a.wav", spoken],
    ["a.phn", "0 8000 h#\n"],
    ["a.wrd", "0 8000 \u00e9t\u00e9\n"],
  ]);
  const [{ utterance }] = await readRecordings(...inMemory(tree), {}, refuseFault);
  assertEquals(utterance.words!.map(({ text }) => text), ["\u00e9t\u00e9"]);
});

Deno.test("recordingReport() finds every planted fault, and such recordings do not open", async () => {
  const cases: [Record<string, Uint8Array | string>, string][] = [
    [
      { "a.wav": spoken.slice(0, 900), "a.TextGrid": grid },
      "a.wav: Cannot read the WAV file as the data (byte 44) must be 16000 bytes: the file ends after 856",
    ],
    [{ "a.wav": spoken }, "a.wav: has no transcript beside it: .textgrid, .ctm, .phn, .lab, .txt"],
    [
      { "a.wav": spoken, "a.phn": "0 99999 h#\n" },
      "a.phn: must end inside the sound of 1 seconds: it ends at 12.499875",
    ],
    [
      { "a.wav": spoken, "a.phn": "0 8000 h#\n", "a.wrd": "0 16000 long\n4000 8000 short\n" },
      "a.wrd: must end inside the sound of 1 seconds: it ends at 2",
    ],
    [
      { "a.wav": spoken, "a.lab": "0 500 a\n400 900 b\n" },
      'a.lab: Cannot read the labels as line 2 must be "start end label" in whole numbers, after the line before and start < end: it is "400 900 b"',
    ],
    [{ "a.wav": spoken, "a.txt": "words alone" }, "a.txt: must have phones: it has text"],
    [{ "a.wav": spoken, "a.TextGrid": "nothing" }, "a.TextGrid: Cannot read the TextGrid"],
    [
      { "a.wav": writeWav({ sampleRate: 8000, channels: [new Float64Array()] }), "a.txt": "x" },
      "a.wav: must be of 0 to 30 seconds: it is 0",
    ],
    [{}, ".: has no sounds, .wav or .sph"],
  ];
  for (const [files, expected] of cases) {
    {
      const tree = inMemory(new Map(Object.entries(files)));
      const { faults } = await recordingReport(...tree);
      assertEquals(faults.map((fault) => faultText(fault).slice(0, expected.length)), [expected]);
      await assertRejects(async () => {
        recordingDataSet(await readRecordings(...tree, {}, refuseFault), 1);
      });
    }
  }
});

/** Recordings of a tenth of a second that say this, one every hundredth. */
const saying = (count: number, ...texts: string[]): ReadRecording[] =>
  Array.from({ length: count }, (_, n) => ({
    utterance: {
      name: `r${n}`,
      speaker: "s",
      samples: new Int16Array(1600),
      segments: texts.map((text, i) => ({ start: i / 100, end: (i + 1) / 100, text })),
    },
  }));

Deno.test("a tenth of the recordings is for dev and a tenth for test, unless another share is asked for", () => {
  const sizes = (count: number, heldOut?: number) => {
    const { train, dev, test } = recordingDataSet(saying(count, "a"), 1, { heldOut });
    return [train, dev, test].map(({ sequences }) => sequences);
  };
  assertEquals([sizes(29), sizes(30), sizes(9)], [[25, 2, 2], [24, 3, 3], [7, 1, 1]]);
  assertEquals(sizes(10, 0.4), [2, 4, 4]);
});

Deno.test("what programs call silence is no label, and other names of it may be given", () => {
  const silences = ["", "sil", "SIL", "<sil>", "sp", "spn", "<eps>", "pau", "h#", "#"];
  const said = saying(3, ...silences, "a", "quiet");
  assertEquals(recordingDataSet(said, 1).names, ["ε", "a", "quiet"]);
  const named = [...silences, "quiet"];
  assertEquals(recordingDataSet(said, 1, { silences: named }).names, ["ε", "a"]);
});

Deno.test("recordings are brought to 16 kHz, counted by speaker in seconds, and may last as long as they may", async () => {
  const files = inMemory(
    new Map(["s1/a", "s1/b", "c"].flatMap((name): [string, Uint8Array | string][] => [
      [`${name}.wav`, spoken],
      [`${name}.TextGrid`, grid],
    ])),
  );
  const read = await readRecordings(...files, {}, refuseFault);
  assertEquals(read.map(({ utterance }) => utterance.samples.length), [16000, 16000, 16000]);
  const part = (utterances: number) => ({ utterances, speakers: 1, seconds: utterances });
  for (const sampleRate of [8000, 16000]) {
    const { parts, faults } = await recordingReport(...files, { sampleRate, longestSeconds: 1 });
    assertEquals([parts, faults], [{ s1: part(2), ".": part(1) }, []]);
  }
  const { faults } = await recordingReport(...files, { longestSeconds: 0.999 });
  assertEquals(
    faults.map(({ message }) => message),
    Array(3).fill("must be of 0 to 0.999 seconds: it is 1"),
  );
});

Deno.test("a transcript may end a tenth of a second after its sound, and no later", async () => {
  const report = (end: number) => {
    const tree: Tree = new Map<string, Uint8Array | string>([["a.wav", spoken]]);
    return recordingReport(...inMemory(tree.set("a.phn", `0 ${end} h#\n`)));
  };
  assertEquals((await report(8800)).faults, []);
  assertEquals((await report(8801)).faults.length, 1);
});
