import { assertEquals, assertThrows } from "@std/assert";
import { textGrid, textGridText } from "lib/alignment/mod.ts";
import {
  readTranscriptFile,
  recordingCatalogue,
  type transcriptEndings,
} from "lib/corpora/recordings.ts";

const options = { name: "a", sampleRate: 8000 };
type Ending = typeof transcriptEndings[number];
const read = (text: string, ending: Ending) =>
  readTranscriptFile(new TextEncoder().encode(text), ending, options);
const at = (start: number, end: number, text: string) => ({ start, end, text });

Deno.test("a TextGrid gives its phones and words, and one tier alone is phones", () => {
  const phones = [at(0.1, 0.3, "a"), at(0.3, 0.5, "b")], words = [at(0.1, 0.5, "ab")];
  const both = read(
    textGridText(textGrid({ "spk - words": words, "spk - phones": phones }, 1)),
    "textgrid",
  );
  assertEquals(both.words, words);
  assertEquals(both.phones!.filter(({ text }) => text !== ""), phones);
  const one = read(textGridText(textGrid({ by: phones }, 1)), "textgrid");
  assertEquals([one.words, one.phones!.length], [undefined, 4]);
  const others = textGridText(textGrid({ tones: phones, breaks: words }, 1));
  assertThrows(() => read(others, "textgrid"), SyntaxError, 'tiers are "tones", "breaks"');
});

Deno.test("a CTM gives the words of its recording, or of the only one", () => {
  const lines = "a 1 0.5 0.25 two\na 1 0.1 0.2 one\nb 1 0 1 other\n";
  assertEquals(read(lines, "ctm").words!.map(({ text }) => text), ["one", "two"]);
  assertEquals(read("z 1 0 1 only\n", "ctm").words, [at(0, 1, "only")]);
  const alternatives =
    "a 1 * * <ALT_BEGIN>\na 1 0 1 um\na 1 * * <ALT>\na 1 0 1 uh\na 1 * * <ALT_END>\n";
  assertEquals(read(`${alternatives}a 1 1 1 two\n`, "ctm").words, [
    at(0, 1, "um"),
    at(1, 2, "two"),
  ]);
  assertThrows(
    () => read("b 1 0 1 x\nc 1 0 1 y\n", "ctm"),
    SyntaxError,
    "must be a: they are b, c",
  );
});

Deno.test("labels are in samples (.phn) or 100 ns (.lab of HTK), and a .lab without times is text", () => {
  assertEquals(read("0 4000 h#\r\n4000 8000 ah\r\n", "phn").phones, [
    at(0, 0.5, "h#"),
    at(0.5, 1, "ah"),
  ]);
  assertEquals(read("0 5000000 sil -3.5\n5000000 7500000 a -2\n", "lab").phones, [
    at(0, 0.5, "sil"),
    at(0.5, 0.75, "a"),
  ]);
  assertEquals(read(" Two  words\n", "lab"), { text: "Two words" });
  assertEquals(read("\ufeffOne\nline\n", "txt"), { text: "One line" });
  for (const line of ["4000 4000 b", "3999 5000 b", "4000 b", "4000 5e3 b"]) {
    const message =
      `line 2 must be "start end label" in whole numbers, after the line before and start < end: it is "${line}"`;
    assertThrows(() => read(`0 4000 a\n${line}\n`, "phn"), SyntaxError, message);
  }
});

Deno.test("numbers to be read aloud are no labels of a tenth of a microsecond, and text is UTF-8", () => {
  assertThrows(
    () => read("1 2 3\n", "lab"),
    SyntaxError,
    'each must last a sample of the sound or longer, in units of 100 ns: "3" lasts 1; plain text',
  );
  assertEquals(read("1 2 3\n", "txt"), { text: "1 2 3" });
  assertEquals(read("0 1250 a\n", "lab").phones, [at(0, 0.000125, "a")]);
  for (const ending of ["txt", "lab", "phn", "ctm"] as const) {
    const latin1 = new Uint8Array([0x63, 0x61, 0x66, 0xe9]);
    assertThrows(() => readTranscriptFile(latin1, ending, options), SyntaxError, "must be UTF-8");
  }
});

Deno.test("a .lab that looks like labels of another kind is refused, and not read as text", () => {
  for (
    const [text, what] of [
      ["0 sil\n1000000 ah\n", "a start without an end"],
      ['#!MLF!#\n"*/a.lab"\n0 100000 a\n.\n', "a master label file"],
      ["signal a\nnfields 1\n#\n 0.5 26 a\n", 'a line "#" as xlabel'],
      ["0.0 0.5 a\n0.5 1.0 b\n", "line 1 must be"],
      ["-1 1000000 a\n", "line 1 must be"],
      ['0 1000000 "a b"\n', "line 1 must be"],
    ]
  ) assertThrows(() => read(text, "lab"), SyntaxError, what);
  assertEquals(read("21 boxes\n", "lab"), { text: "21 boxes" });
  assertEquals(read("21 boxes\nof tea\n", "lab"), { text: "21 boxes of tea" });
});

Deno.test("a no-break space is part of a label, and what follows one in samples is refused", () => {
  assertEquals(read("0 4000 a\u00a0\n", "phn").phones, [at(0, 0.5, "a\u00a0")]);
  assertThrows(() => read("0 4000 She had\n", "phn"), SyntaxError, 'it is "0 4000 She had"');
});

Deno.test("recordings are sounds with a transcript beside them, in the parts that folders say", () => {
  const faults: unknown[] = [];
  const paths = [
    "s1/a.wav",
    "s1/a.txt",
    "s1/a.TextGrid",
    "s1/b.wav",
    "c.WAV",
    "c.d.wav",
    "c.d.txt",
    "c.lab",
    "c.sph",
    "d.txt",
  ];
  const found = recordingCatalogue(paths, (fault) => faults.push(fault));
  assertEquals(found.map(({ name, ending, speaker, part }) => [name, ending, speaker, part]), [
    ["s1/a", "textgrid", "s1", undefined],
    ["c", "lab", "", undefined],
    ["c.d", "txt", "", undefined],
  ]);
  assertEquals(faults, [
    { file: "s1/b.wav", message: "has no transcript beside it: .textgrid, .ctm, .phn, .lab, .txt" },
    { file: "c.sph", message: "is there twice, as c.WAV too" },
  ]);
  const parted = ["train/x/a", "dev/y/b", "test/z/c"].flatMap((
    name,
  ) => [`${name}.wav`, `${name}.txt`]);
  assertEquals(recordingCatalogue(parted, () => {}).map(({ part }) => part), [
    "train",
    "dev",
    "test",
  ]);
});
