import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { readTranscript, timitCatalogue, timitSets } from "lib/corpora/timit.ts";
import { mutilated } from "../../support/mutilated.ts";
import { miniatureTimit, phoneLines, wordLines } from "../../support/miniature_timit.ts";

type Found = { line?: number; message: string }[];

function faultsOf(lines: string[], kind: "phones" | "words", samples?: number): string[] {
  const faults: Found = [];
  readTranscript(lines.join("\n"), kind, (fault) => faults.push(fault), samples);
  return faults.map(({ line, message }) => `${line}: ${message}`);
}

Deno.test("a transcript is read with LF, CRLF or CR, capitals and empty lines, words overlapping", () => {
  const none = () => {
    throw new Error("there is no fault");
  };
  for (const eol of ["\n", "\r\n", "\r", "\n\n"]) {
    const phones = readTranscript(phoneLines.join(eol).toUpperCase() + eol, "phones", none, 6000);
    assertEquals(phones.length, 8);
    assertEquals(phones[2], { start: 1900, end: 2500, label: "ix" });
    assertEquals(readTranscript(wordLines.join(eol), "words", none, 6000)[1].label, "had");
  }
});

Deno.test("every fault of a transcript is told with its line", () => {
  const phones = (n: number, line: string) => faultsOf(phoneLines.with(n, line), "phones", 6000);
  assertEquals(phones(1, "1000 1900 zz"), ["2: phone zz is none of TIMIT's 61"]);
  assertEquals(phones(0, "10 1000 h#"), [
    "1: must start where the phone before ends, at 0: it is 10",
  ]);
  assertEquals(phones(1, "900 1900 sh"), [
    "2: must start where the phone before ends, at 1000: it is 900",
  ]);
  assertEquals(phones(7, "4800 6001 h#"), [
    "8: must end inside the sound of 6000 samples: it is 6001",
  ]);
  assertEquals(phones(7, "4800 4800 h#"), ["8: must have start < end: it is 4800 to 4800"]);
  for (
    const line of ["4800 h#", "4800 6000 h# h#", "4800 6e3 h#", "-1 6000 h#", "4800 6000.5 h#"]
  ) {
    assertEquals(phones(7, line), [
      `8: must be "start end label", in samples: it is ${JSON.stringify(line)}`,
    ]);
  }
  assertEquals(faultsOf(wordLines.with(2, "2400 2450 or"), "words"), [
    "3: must not start before the word before, at 2500: it is 2400",
  ]);
  assertEquals(faultsOf([""], "words"), ["undefined: has no words"]);
});

Deno.test("a damaged transcript is told, never thrown, and what is read lies in order", () => {
  fc.assert(fc.property(mutilated(phoneLines.join("\n")), (text) => {
    let faults = 0;
    const stretches = readTranscript(text, "phones", () => faults++, 6000);
    if (faults > 0) return;
    stretches.reduce((at, { start, end }) => {
      assertEquals(start === at && end > start && end <= 6000, true);
      return end;
    }, 0);
  }));
});

Deno.test("sentences are found by the last four names of their paths, whatever comes before", () => {
  const faults: unknown[] = [];
  const paths = [...miniatureTimit().keys()];
  const entries = timitCatalogue(paths.map((path) => `train/test/${path}`), (f) => faults.push(f));
  assertEquals([entries.length, faults], [18, []]);
  const bySet = Map.groupBy(entries.flatMap(timitSets), (set) => set);
  assertEquals([...bySet].map(([set, all]) => [set, all.length]).sort(), [
    ["core", 4],
    ["dev", 2],
    ["test", 8],
    ["train", 4],
  ]);
  const [first] = entries.filter(({ speaker }) => speaker === "mdab0");
  assertEquals(first.sound?.endsWith("/MDAB0/SA1.WAV"), true);
});
