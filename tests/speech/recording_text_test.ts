import { assertEquals } from "@std/assert";
import { readCtm, readTextGrid } from "lib/alignment/mod.ts";
import {
  alignmentText,
  recognitionText,
  type RecordingAlignment,
  type SaidLabel,
} from "lib/speech/mod.ts";

const phone = (text: string, start: number, end: number): SaidLabel => ({
  ...{ text, start, end, confidence: 0.98765 },
});
const alignment: RecordingAlignment = {
  seconds: 1,
  frameSeconds: 0.04,
  stray: [{ start: 0.8, end: 1 }],
  words: [{
    ...phone("2", 0.2, 0.4),
    spoken: ["two"],
    matches: false,
    labels: [phone("t", 0.2, 0.3), phone("uw", 0.3, 0.4)],
  }],
};
const options = { name: "my talk", unit: "phones" } as const;

Deno.test("an alignment as TextGrid has tiers of words, phones and confidence that read back", () => {
  const { tiers, end } = readTextGrid(alignmentText(alignment, "textgrid", options));
  assertEquals(end, 1);
  assertEquals(tiers.map(({ name }) => name), ["words", "phones", "confidence"]);
  const texts = tiers.map(({ intervals }) => intervals!.map(({ text }) => text));
  assertEquals(texts, [["", "2", ""], ["", "t", "uw", ""], ["", "0.988", ""]]);
});

Deno.test("an alignment as CTM has its words with their confidence", () => {
  const [{ recording, start, end, text, confidence }] = readCtm(
    alignmentText(alignment, "ctm", options),
  );
  assertEquals([recording, start, end, text, confidence], ["my_talk", 0.2, 0.4, "2", 0.988]);
});

Deno.test("an alignment as JSON has all of it", () => {
  const read = JSON.parse(alignmentText(alignment, "json", options));
  assertEquals([read.name, read.seconds, read.stray], ["my talk", 1, [{ start: 0.8, end: 1 }]]);
  const [{ text, spoken, matches, confidence, phones }] = read.words;
  assertEquals([text, spoken, matches, confidence], ["2", ["two"], false, 0.988]);
  assertEquals(phones[1], { text: "uw", start: 0.3, end: 0.4, confidence: 0.988 });
});

Deno.test("what is recognised is written in the same formats", () => {
  const recognised = { seconds: 1, frameSeconds: 0.04, labels: alignment.words[0].labels };
  assertEquals(
    recognitionText(recognised, "ctm", options),
    "my_talk 1 0.2 0.1 t 0.988\nmy_talk 1 0.3 0.1 uw 0.988\n",
  );
  const { tiers } = readTextGrid(recognitionText(recognised, "textgrid", options));
  assertEquals(tiers.map(({ name }) => name), ["phones", "confidence"]);
  assertEquals(JSON.parse(recognitionText(recognised, "json", options)).phones.length, 2);
});

Deno.test("models of whole words have one tier of them", () => {
  const text = alignmentText(alignment, "textgrid", { ...options, unit: "words" });
  assertEquals(readTextGrid(text).tiers.map(({ name }) => name), ["words", "confidence"]);
});
