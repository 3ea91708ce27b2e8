import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { runSpans } from "lib/alignment/mod.ts";
import {
  dataSet,
  homophoneCorpus,
  type HomophoneCorpusOptions,
  homophoneSizes,
} from "lib/corpora/mod.ts";
import { RandomState, sequenceAt } from "lib/numeric/mod.ts";

const isPlural = (label: number) => label % 2 === 0;

Deno.test("homophoneCorpus() makes all words of a text agree with each other and with its article", () => {
  const { targets } = homophoneCorpus().batch(new RandomState(1), 500);
  for (const target of targets) {
    assertEquals(new Set(target.map(isPlural)).size, 1);
    assert(target.slice(1).every((label) => label > 2), "an article stands first or not at all");
  }
});

Deno.test("homophoneCorpus() draws plurals, articles and every word as often as its options say", () => {
  const options = { plural: 0.3, article: 0.8, wordsPerText: [1, 3] } as const;
  const { targets } = homophoneCorpus(options).batch(new RandomState(2), 20_000);
  const shareOf = (holds: (target: readonly number[]) => boolean) =>
    targets.filter(holds).length / targets.length;
  assertAlmostEquals(shareOf((target) => isPlural(target[0])), 0.3, 0.01);
  assertAlmostEquals(shareOf((target) => target[0] <= 2), 0.8, 0.01);
  for (const n of [1, 2, 3]) {
    assertAlmostEquals(shareOf((t) => t.filter((label) => label > 2).length === n), 1 / 3, 0.01);
  }
  const words = targets.flat().filter((label) => label > 2);
  for (const label of [3, 4, 5, 6, 7, 8, 9, 10]) {
    const due = (isPlural(label) ? 0.3 : 0.7) / 4;
    assertAlmostEquals(words.filter((word) => word === label).length / words.length, due, 0.01);
  }
});

Deno.test("homophoneCorpus() without noise sounds alike in singular and plural, but for the article", () => {
  const corpus = homophoneCorpus({ noise: 0 });
  const { x, alignment } = corpus.batch(new RandomState(3), 200);
  const soundOf = new Map<number, string>();
  alignment.forEach((label, t) => {
    const row = x.frames.data.subarray(t * corpus.features, (t + 1) * corpus.features).join();
    assertEquals(soundOf.get(label) ?? row, row);
    soundOf.set(label, row);
  });
  assertEquals(soundOf.get(0), Array(6).fill(0).join());
  assert(soundOf.get(1) !== soundOf.get(2));
  for (const label of [3, 5, 7, 9]) assertEquals(soundOf.get(label), soundOf.get(label + 1));
  assertEquals(new Set(soundOf.values()).size, 7);
});

Deno.test("homophoneCorpus() sets every word between silences, each as long as its options say", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
    const corpus = homophoneCorpus({ framesPerWord: [1, 3], framesPerSilence: [2, 4] });
    const { x, targets, alignment } = corpus.batch(new RandomState(seed), 3);
    targets.forEach((target, b) => {
      const labels = alignment.subarray(x.offsets[b], x.offsets[b + 1]);
      const spans = runSpans(labels);
      assertEquals(spans.map(({ label }) => label), target);
      let end = 0;
      for (const span of [...spans, { start: labels.length, end: labels.length }]) {
        assert(span.start - end >= 2 && span.start - end <= 4);
        end = span.end;
      }
      assert(spans.every(({ start, end }) => end - start >= 1 && end - start <= 3));
    });
  }));
});

Deno.test("homophoneCorpus() has noise of the deviation that its options say", () => {
  const options = { noise: 0.4 }, silent = { noise: 0 };
  const [noisy, clean] = [options, silent].map((o) =>
    homophoneCorpus(o).batch(new RandomState(5), 1)
  );
  const D = 6, words = clean.alignment.filter((label) => label > 0).length;
  assertEquals(noisy.alignment, clean.alignment);
  const rest = noisy.x.frames.data.map((value, i) => value - 0.6 * clean.x.frames.data[i]);
  assertEquals(clean.x.frames.data.reduce((a, b) => a + b), words);
  assertEquals(rest.length, D * clean.alignment.length);
  const { x, alignment } = homophoneCorpus(options).batch(new RandomState(6), 500);
  const silence = [...alignment.keys()].filter((t) => alignment[t] === 0)
    .flatMap((t) => [...x.frames.data.subarray(t * D, (t + 1) * D)]);
  const square = silence.reduce((sum, value) => sum + value * value, 0) / silence.length;
  assertAlmostEquals(Math.sqrt(square), 0.4, 0.005);
});

Deno.test("homophoneSizes() are reached and never passed", () => {
  const options = {
    framesPerWord: [2, 2],
    framesPerSilence: [3, 3],
    wordsPerText: [1, 3],
  } as const;
  const sizes = homophoneSizes(options), corpus = homophoneCorpus(options);
  const { x, targets } = corpus.batch(new RandomState(0), 200);
  assertEquals([sizes.features, sizes.labels], [corpus.features, corpus.labels]);
  assertEquals(corpus.names.length, corpus.labels);
  assertEquals(Math.max(...targets.map((target) => target.length)), sizes.target);
  assertEquals(Math.max(...targets.map((_, b) => sequenceAt(x, b).rows)), sizes.frames);
  assertEquals(homophoneSizes({ article: 0 }).target, 5);
});

Deno.test("an experiment opens homophones by their kind", () => {
  const { names, silence, knows } = dataSet({ kind: "homophones", words: ["chat"] }, 0);
  assertEquals(names, ["ε", "le", "les", "chat", "chats"]);
  assertEquals([silence, knows], [0, ["alignment"]]);
});

Deno.test("homophoneCorpus() names the option that is out of range", () => {
  for (
    const [options, what] of [
      [{ words: [] }, "words"],
      [{ words: [""] }, "words[0]"],
      [{ wordsPerText: [0, 1] }, "wordsPerText must be whole numbers"],
      [{ framesPerWord: [3, 2] }, "framesPerWord must be whole numbers"],
      [{ framesPerSilence: [1, 1.5] }, "current values are 1 and 1.5"],
      [{ plural: 1.5 }, "plural must be from 0 to 1: current value is 1.5"],
      [{ article: -1 }, "article must be from 0 to 1: current value is -1"],
      [{ noise: NaN }, "current value is NaN"],
    ] as [HomophoneCorpusOptions, string][]
  ) {
    assertThrows(() => homophoneCorpus(options), RangeError, what);
  }
  assertThrows(
    () => homophoneCorpus().batch(new RandomState(0), 0),
    RangeError,
    "current value is 0",
  );
});
