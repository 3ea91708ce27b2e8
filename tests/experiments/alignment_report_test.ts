import { assertEquals } from "@std/assert";
import type { Alignment } from "lib/alignment/mod.ts";
import { alignmentTable, alignmentTexts } from "lib/experiments/mod.ts";
import { matrix, sequences } from "lib/numeric/mod.ts";
import { dataSet } from "lib/corpora/mod.ts";

/** One sequence of 12 frames: "a" truly at 2 … 5, "b" at 8 … 11; words of a letter each. */
const batch = {
  x: sequences([matrix(12, 1)]),
  targets: [[1, 2]],
  alignment: Int32Array.of(0, 0, 1, 1, 1, 0, 0, 0, 2, 2, 2, 0),
};
/** "a" found at 3 … 9 and "b" at 9 … 12. */
const found: Alignment = {
  score: -1,
  labels: Int32Array.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2),
  spans: [
    { index: 0, label: 1, start: 3, end: 9, score: -1 },
    { index: 1, label: 2, start: 9, end: 12, score: -1 },
  ],
};
const none: Alignment = { score: -Infinity, labels: new Int32Array(0), spans: [] };

Deno.test("alignmentTable() has every error in its row: milliseconds of 10 a frame, and frames", () => {
  // Starts are 1 and 1 late, ends 4 and 1; centres 2.5 and 1. Silence: 3 of 12 found, 6 of 12 true.
  assertEquals(alignmentTable({ batch }, [found], { frameSeconds: 0.01 }), [
    { measure: "TSE, left and right boundaries", ms: "17.5", frames: "1.75" },
    { measure: "TSE, centres", ms: "17.5", frames: "1.75" },
    { measure: "onsets, mean distance", ms: "10.0", frames: "1.00" },
    { measure: "onsets, mean of found - true", ms: "10.0", frames: "1.00" },
    { measure: "offsets, mean distance", ms: "25.0", frames: "2.50" },
    { measure: "offsets, mean of found - true", ms: "25.0", frames: "2.50" },
    { measure: "silence found", ms: "", frames: "25.0 %" },
    { measure: "silence in truth", ms: "", frames: "50.0 %" },
    { measure: "sequences aligned", ms: "", frames: "1 of 1" },
  ]);
});

Deno.test("alignmentTable() tells distance from bias: one start early, one late", () => {
  const early: Alignment = {
    ...found,
    spans: [{ ...found.spans[0], start: 0 }, { ...found.spans[1], start: 9, end: 10 }],
  };
  const rows = alignmentTable({ batch }, [early], { frameSeconds: 0.0125 });
  const of = (measure: string) => {
    const { ms, frames } = rows.find((row) => row.measure === measure)!;
    return [ms, frames];
  };
  assertEquals(of("TSE, left and right boundaries"), ["25.0", "2.00"]);
  assertEquals(of("TSE, centres"), ["6.3", "0.50"]); // 1 late, and 0
  assertEquals(of("onsets, mean distance"), ["18.8", "1.50"]); // 2 early, 1 late
  assertEquals(of("onsets, mean of found - true"), ["-6.3", "-0.50"]);
  assertEquals(of("offsets, mean distance"), ["31.3", "2.50"]); // 4 late, 1 early
  assertEquals(of("offsets, mean of found - true"), ["18.8", "1.50"]);
});

Deno.test("alignmentTable() of nothing aligned has no errors, and says how many", () => {
  const rows = alignmentTable({ batch }, [none], { frameSeconds: 0.01 });
  assertEquals(rows.slice(0, 7).map(({ ms, frames }) => [ms, frames]), [
    ...Array(6).fill(["–", "–"]),
    ["", "–"],
  ]);
  assertEquals(rows[8].frames, "0 of 1");
});

Deno.test("alignmentTexts() writes times in seconds of found and true labels, each in its tier", () => {
  const data = dataSet({ kind: "phonemes" }, 0);
  const options = { frameSeconds: 0.01 };
  const [{ file, text }] = alignmentTexts({ data }, { batch }, [found], "textgrid", options);
  assertEquals(file, "sequence-1.TextGrid");
  const numbers = (tier: string) =>
    [...text.split(`name = "${tier}"`)[1].split("item [")[0].matchAll(/xm(?:in|ax) = ([\d.]+)/g)]
      .map((match) => Number(match[1]));
  assertEquals(new Set(numbers("labels")), new Set([0, 0.12, 0.03, 0.09]));
  assertEquals(new Set(numbers("true labels")), new Set([0, 0.12, 0.02, 0.05, 0.08, 0.11]));
  const [ctm] = alignmentTexts({ data }, { batch }, [found], "ctm", options);
  const columns = ctm.text.trim().split("\n").map((line) => line.split(/\s+/).slice(0, 5));
  assertEquals([
    ctm.file,
    columns.map(([name, , start, length, word]) => [name, +start, +length, word]),
  ], [
    "alignment.ctm",
    [["sequence-1", 0.03, 0.06, "1"], ["sequence-1", 0.09, 0.03, "2"]],
  ]);
});

/** Labels of a sequence that a TextGrid has, by tier, each with its first frame and the one after. */
function labelsByTier(text: string): Record<string, [string, number, number][]> {
  const tier = /name = "(.*)"([\s\S]*?)(?=item \[|$)/g;
  const interval = /xmin = (\S+)\s+xmax = (\S+)\s+text = "(.+)"/g;
  return Object.fromEntries([...text.matchAll(tier)].map(([, name, body]) => [
    name,
    [...body.matchAll(interval)].map(([, min, max, label]): [string, number, number] => {
      return [label, Math.round(100 * Number(min)), Math.round(100 * Number(max))];
    }),
  ]));
}

Deno.test("alignmentTexts() of a corpus of words has a tier of words and one of letters, found and true", () => {
  const data = dataSet({ kind: "words" }, 0), options = { frameSeconds: 0.01 };
  const word = { ...batch, words: [[[1, 2]]] };
  const [{ text }] = alignmentTexts({ data }, { batch: word }, [found], "textgrid", options);
  const [one, two] = data.names.slice(1, 3);
  assertEquals(labelsByTier(text), {
    "words": [[one + two, 3, 12]],
    "labels": [[one, 3, 9], [two, 9, 12]],
    "true words": [[one + two, 2, 11]],
    "true labels": [[one, 2, 5], [two, 8, 11]],
  });
  const [json] = alignmentTexts({ data }, { batch: word }, [found], "json", options);
  assertEquals(JSON.parse(json.text).spans.map(({ text }: { text: string }) => text), [one, two]);
});

Deno.test("alignmentTexts() of a corpus without words has no tier of words, and its own silence is no label", () => {
  const data = { ...dataSet({ kind: "phonemes" }, 0), silence: 7 };
  const pauses = { ...batch, alignment: batch.alignment.map((label) => label || 7) };
  const [{ text }] = alignmentTexts({ data }, { batch: pauses }, [found], "textgrid", {
    frameSeconds: 0.01,
  });
  assertEquals(labelsByTier(text), {
    "labels": [["1", 3, 9], ["2", 9, 12]],
    "true labels": [["1", 2, 5], ["2", 8, 11]],
  });
});

Deno.test("sequences that could not be aligned are left out of CTM and TextGrid, and not of JSON", () => {
  const data = dataSet({ kind: "phonemes" }, 0), options = { frameSeconds: 0.01 };
  const twice = {
    x: sequences([matrix(12, 1), matrix(12, 1)]),
    targets: [[1, 2], [1, 2]],
    alignment: Int32Array.from([...batch.alignment, ...batch.alignment]),
  };
  const files = (format: "textgrid" | "json") =>
    alignmentTexts({ data }, { batch: twice }, [none, found], format, options)
      .map(({ file }) => file);
  assertEquals(files("textgrid"), ["sequence-2.TextGrid"]);
  assertEquals(files("json"), ["sequence-1.json", "sequence-2.json"]);
  const [ctm] = alignmentTexts({ data }, { batch: twice }, [none, found], "ctm", options);
  assertEquals(ctm.text.includes("sequence-1 "), false);
});
