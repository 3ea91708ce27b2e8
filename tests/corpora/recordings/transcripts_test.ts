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
      `line 2 must be "start end label", after the line before and start < end: it is "${line}"`;
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
