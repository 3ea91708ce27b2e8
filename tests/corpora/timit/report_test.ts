import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { writeWav } from "lib/audio/mod.ts";
import { faultText } from "lib/corpora/spoken/mod.ts";
import { readTimit, timitReport } from "lib/corpora/timit.ts";
import { RandomState } from "lib/numeric/mod.ts";
import {
  inMemory,
  miniatureTimit,
  phoneLines,
  type Tree,
  wordLines,
} from "../../support/miniature_timit.ts";
import { noisySound } from "../../support/sounds.ts";

const A = "TIMIT/TRAIN/DR1/FCJF0", B = "TIMIT/train/dr2/mabc0";

Deno.test("the miniature TIMIT opens: SA left out, speakers where they belong, true times", async () => {
  {
    const files = inMemory(miniatureTimit());
    const data = await readTimit(...files);
    const { train, dev, test, names } = data;
    assertEquals([train.sequences, dev.sequences, test.sequences], [4, 2, 4]);
    assertEquals([data.features, data.labels, names[0], names[data.silence!]], [39, 62, "ε", "h#"]);
    assertEquals([data.frameSeconds, data.knows], [0.01, ["alignment", "speakers"]]);
    const batch = test.batch(new RandomState(1), 4);
    assertEquals(batch.speakers, ["felc0", "felc0", "mdab0", "mdab0"]);
    assertEquals(batch.targets[0].map((label) => names[label]).join(" "), "h# sh ix q dcl d ao h#");
    assertEquals(batch.words, undefined);
    const { start, end } = batch.spans![0][1];
    assertAlmostEquals(start, 6.25, 1e-9);
    assertAlmostEquals(end, 11.875, 1e-9);
    const frames = [...batch.alignment!.subarray(0, 38)].map((label) => names[label]);
    assertEquals([frames[5], frames[6], frames[11], frames[12]], ["h#", "sh", "sh", "ix"]);
    const full = await readTimit(...files, { test: "full" });
    assertEquals(full.test.sequences, 8);
  }
});

Deno.test("TIMIT in 39 phones has no glottal stop, and words where silence is left to blank", async () => {
  {
    const files = inMemory(miniatureTimit());
    const data = await readTimit(...files, {
      phones: "39",
      silence: "blank",
      features: { stack: 4 },
    });
    const { names } = data, batch = data.train.batch(new RandomState(1), 4);
    assertEquals([names.length, data.silence, data.frameSeconds, data.features], [
      39,
      0,
      0.04,
      156,
    ]);
    const spoken = batch.words![0].map((word) => word.map((label) => names[label]).join(" "));
    assertEquals(spoken, ["sh ih", "d", "aa"]);
    assertEquals(batch.words![0].flat(), batch.targets[0]);
    const folded = await readTimit(...files, { phones: "39" });
    const { targets } = folded.train.batch(new RandomState(1), 4);
    const said = targets[0].map((label) => folded.names[label]).join(" ");
    assertEquals([said, folded.labels], ["sil sh ih sil d aa sil", 40]);
  }
});

/** Every fault: what is done to the tree, and what is said of it. */
const planted: [string, (tree: Tree) => void, string][] = [
  [
    "a sound that is cut",
    (tree) => {
      tree.set(`${A}/SI1027.WAV`, (tree.get(`${A}/SI1027.WAV`) as Uint8Array).slice(0, 9000));
    },
    `${A}/SI1027.WAV: Cannot read the SPHERE file as the data (byte 1024) must be 12000 bytes: the file ends after 7976`,
  ],
  [
    "a sound that is none",
    (tree) => tree.set(`${B}/sx37.wav`, "hello, hello"),
    `${B}/sx37.wav: Cannot read the WAV file as the file's mark (byte 0) must be "RIFF": it is "hell"`,
  ],
  ["a sound at another rate", (tree) => {
    tree.set(`${B}/sx37.wav`, writeWav({ sampleRate: 8000, channels: [noisySound(6000)] }));
  }, `${B}/sx37.wav: must be of 16000 Hz and one channel: it is 8000 Hz, 1 channels`],
  ["a sound in stereo", (tree) => {
    tree.set(
      `${B}/sx37.wav`,
      writeWav({ sampleRate: 16000, channels: [noisySound(6000), noisySound(6000)] }),
    );
  }, `${B}/sx37.wav: must be of 16000 Hz and one channel: it is 16000 Hz, 2 channels`],
  ["an empty sound", (tree) => {
    tree.set(`${B}/sx37.wav`, writeWav({ sampleRate: 16000, channels: [new Float64Array()] }));
  }, `${B}/sx37.wav: has no samples`],
  [
    "a missing sound",
    (tree) => tree.delete(`${A}/SX37.WAV`),
    `${A}/SX37.PHN: has no sound beside it`,
  ],
  [
    "missing phones",
    (tree) => tree.delete(`${A}/SX37.PHN`),
    `${A}/SX37.WAV: has no phones beside it`,
  ],
  [
    "missing words",
    (tree) => tree.delete(`${B}/si1027.wrd`),
    `${B}/si1027.wav: has no words beside it`,
  ],
  ["an unknown phone", (tree) => {
    tree.set(`${A}/SX37.PHN`, phoneLines.with(1, "1000 1900 hu").join("\n"));
  }, `${A}/SX37.PHN, line 2: phone hu is none of TIMIT's 61`],
  ["phones that overlap", (tree) => {
    tree.set(`${A}/SX37.PHN`, phoneLines.with(1, "990 1900 sh").join("\r\n"));
  }, `${A}/SX37.PHN, line 2: must start where the phone before ends, at 1000: it is 990`],
  ["a gap between phones", (tree) => {
    tree.set(`${A}/SX37.PHN`, phoneLines.toSpliced(3, 1).join("\n"));
  }, `${A}/SX37.PHN, line 4: must start where the phone before ends, at 2500: it is 2800`],
  ["a phone past the sound", (tree) => {
    tree.set(`${A}/SX37.PHN`, phoneLines.with(7, "4800 6200 h#").join("\n"));
  }, `${A}/SX37.PHN, line 8: must end inside the sound of 6000 samples: it is 6200`],
  ["a word past the sound", (tree) => {
    tree.set(`${A}/SX37.WRD`, wordLines.with(2, "3700 9999 or").join("\n"));
  }, `${A}/SX37.WRD, line 3: must end inside the sound of 6000 samples: it is 9999`],
  ["words out of order", (tree) => {
    tree.set(`${A}/SX37.WRD`, [wordLines[0], wordLines[2], wordLines[1]].join("\n"));
  }, `${A}/SX37.WRD, line 3: must not start before the word before, at 3700: it is 2500`],
  ["a line that is none", (tree) => {
    tree.set(`${A}/SX37.PHN`, [...phoneLines, "6000 h#"].join("\n"));
  }, `${A}/SX37.PHN, line 9: must be "start end label", in samples: it is "6000 h#"`],
  [
    "an empty transcript",
    (tree) => tree.set(`${A}/SX37.PHN`, "\r\n"),
    `${A}/SX37.PHN: has no phones`,
  ],
  ["a file in two cases", (tree) => {
    tree.set(`${A}/sx37.phn`, tree.get(`${A}/SX37.PHN`)!);
  }, `${A}/sx37.phn: is there twice, as ${A}/SX37.PHN too`],
  [
    "a name that is none",
    (tree) => tree.set(`${A}/SX37A.PHN`, ""),
    `${A}/SX37A.PHN: is not named as TIMIT names files: train or test/dr1 … dr8/speaker/sentence.wav, .phn, .wrd or .txt`,
  ],
  [
    "a dialect that is none",
    (tree) => {
      tree.set("TIMIT/TRAIN/DR9/MABC1/SX1.PHN", "");
    },
    "TIMIT/TRAIN/DR9/MABC1/SX1.PHN: is not named as TIMIT names files: train or test/dr1 … dr8/speaker/sentence.wav, .phn, .wrd or .txt",
  ],
  ["a speaker in both parts", (tree) => {
    for (const ending of ["wav", "phn", "wrd"]) {
      tree.set(`TIMIT/test/dr2/mabc0/sx1.${ending}`, tree.get(`${B}/sx37.${ending}`)!);
    }
  }, "TIMIT/train/dr2/mabc0/sa1.phn: speaker mabc0 is in both parts, train and test"],
  ["a test speaker in train", (tree) => {
    for (const ending of ["wav", "phn", "wrd"]) {
      tree.set(`TIMIT/train/dr2/mtas1/sx1.${ending}`, tree.get(`${B}/sx37.${ending}`)!);
    }
  }, "TIMIT/train/dr2/mtas1/sx1.phn: speaker mtas1 is one of the test part, and is in train"],
];

Deno.test("timitReport() finds nothing in a good tree, and counts it", async () => {
  {
    const files = inMemory(miniatureTimit());
    const { parts, faults } = await timitReport(...files);
    assertEquals(faults, []);
    assertEquals(parts, {
      train: { utterances: 4, speakers: 2, seconds: 1.5 },
      dev: { utterances: 2, speakers: 1, seconds: 0.75 },
      core: { utterances: 4, speakers: 2, seconds: 1.5 },
      test: { utterances: 8, speakers: 4, seconds: 3 },
    });
  }
});

for (const [name, change, expected] of planted) {
  Deno.test(`timitReport() finds ${name}, and readTimit() refuses it`, async () => {
    {
      const tree = miniatureTimit();
      change(tree);
      const files = inMemory(tree);
      const { faults } = await timitReport(...files);
      const texts = faults.map(faultText);
      assert(texts.includes(expected), `${texts.join("\n")}\nis without\n${expected}`);
      const of = (text: string) => text.replace(/\/s[aix]\d+.*?: /i, ": ");
      assertEquals(new Set(texts.map(of)).size, 1, texts.join("\n"));
      await assertRejects(
        () => readTimit(...files),
        SyntaxError,
        "Cannot open the corpus as TIMIT/",
      );
    }
  });
}

Deno.test("files without TIMIT are said to be none", async () => {
  const files = inMemory(new Map([["TRAIN/notes.txt", "nothing"]]));
  await assertRejects(() => readTimit(...files), RangeError, "there are none among 1 files");
  assertEquals((await timitReport(...files)).faults.map(faultText), [
    ".: has no file with a name of TIMIT, such as TRAIN/DR1/FCJF0/SA1.WAV",
  ]);
});
