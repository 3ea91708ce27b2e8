import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { storeOf } from "lib/experiments/mod.ts";
import { parameterCount } from "lib/models/mod.ts";
import { unopenedDataSet } from "lib/corpora/mod.ts";
import { buildModel } from "lib/training/mod.ts";
import {
  alignerExperiment,
  claims,
  digits,
  figures,
  placed,
  placeSpoken,
  results,
  speakers,
  spokenClaims,
} from "lib/studies/human_speech/mod.ts";
import { lines } from "lib/studies/phones_from_sound/heard.ts";
import runs from "../../results/speech.json" with { type: "json" };
import librivox from "../../results/librivox.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
import { untaught } from "../support/speech_models.ts";

const found = await results(storeOf({ speech: runs, librivox }));

Deno.test("human speech: the aligner's weights take less than 2 MB, in either precision", () => {
  const { model, corpus } = alignerExperiment(), data = unopenedDataSet(corpus);
  const weights = parameterCount(buildModel(model, data.features, data.labels));
  assertEquals(weights, 2 * 400 * (156 + 100 + 1) + 201 * 42);
});

Deno.test("human speech: no batch can be drawn of a data set that is not opened", () => {
  const { corpus } = alignerExperiment();
  assertThrows(
    () => unopenedDataSet(corpus).train.batch(undefined!, 1),
    RangeError,
    "must be opened first",
  );
});

Deno.test("human speech: six folds, each without one speaker", () => {
  const unseen = digits.entries([0]).map(({ experiment: { corpus } }) =>
    corpus.kind === "digits" && corpus.testSpeaker
  );
  assertEquals(unseen, [...speakers]);
});

Deno.test("human speech: words are off by what lies between the two alignments", () => {
  const word = { word: "a", found: [100, 250], reference: [110, 220] } as const;
  const { words, offBy } = placed({
    source: "",
    recordings: [{ name: "one", seconds: 1, words: [word] }],
  });
  assertEquals(offBy, [[{ word: "a", onset: -10, offset: 30 }]]);
  assertEquals([words.tse, words.within10, words.count], [20, 0.5, 1]);
});

Deno.test("human speech: 71 words, as the notebook says", () => {
  assertEquals(found.words.count, 71);
  assertAlmostEquals(found.words.tse, 19.1, 0.05);
});

Deno.test("human speech: every row can fail", () => assertEveryRowCanFail(claims, found));

Deno.test("human speech: the figure of digits names every speaker", () => {
  const texts = [...figures["unseen-speakers"](found).querySelectorAll("text")]
    .map(({ textContent }) => textContent);
  assertEquals(speakers.filter((speaker) => !texts.includes(speaker)), []);
});

Deno.test("human speech: the words of every sentence that is spoken are placed, and the bar can be missed", async () => {
  const spoken = lines(["slt"], "test", 2);
  const { count } = await placeSpoken(untaught({ kind: "voices", stack: 4 }), spoken);
  assertEquals(count, spoken.flatMap(({ text }) => text.split(" ")).length);
  assertEveryRowCanFail(spokenClaims, { count, tse: 14.9 });
});
