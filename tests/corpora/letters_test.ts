import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  alphabet,
  dataSet,
  drawText,
  letterCorpus,
  type LetterCorpusOptions,
  letterSizes,
  lettersText,
  textLabels,
  textWords,
} from "lib/corpora/mod.ts";
import { mean, RandomState, sequenceAt } from "lib/numeric/mod.ts";

Deno.test("drawText() draws known words with one space between them, all letters among them", () => {
  const rng = new RandomState(1), seen = new Set<string>(), words = new Set<string>();
  let longest = 0;
  for (let n = 0; n < 5000; n++) {
    const text = drawText(rng);
    for (const word of text.split(" ")) words.add(word);
    for (const character of text) seen.add(character);
    longest = Math.max(longest, text.length);
  }
  assertEquals([...words].sort(), textWords);
  assertEquals([...seen].sort(), [...alphabet].sort());
  assert(longest <= letterSizes({}).target && longest > 40);
});

Deno.test("textLabels() and lettersText() are inverse, and other characters are refused", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...alphabet)), (characters) => {
    const text = characters.join("");
    assertEquals(lettersText(textLabels(text)), text);
  }));
  assertEquals(textLabels("az '"), [1, 26, 27, 28]);
  for (const text of ["A", "a.b", "é", "1"]) {
    assertThrows(() => textLabels(text), RangeError, "small letters, spaces or apostrophes");
  }
});

Deno.test("letterCorpus() says letter after letter, each as long as its options say", () => {
  fc.assert(fc.property(fc.nat(1e6), (seed) => {
    const corpus = letterCorpus(0, { framesPerLetter: [2, 3] });
    const { x, targets, alignment, spans } = corpus.batch(new RandomState(seed), 3);
    targets.forEach((target, b) => {
      const labels = alignment.subarray(x.offsets[b], x.offsets[b + 1]);
      assertEquals(spans[b].map(({ label }) => label), target);
      let end = 0;
      for (const { start, label, end: next } of spans[b]) {
        assertEquals(start, end);
        assert(next - start === 2 || next - start === 3);
        assert(labels.subarray(start, next).every((one) => one === label));
        end = next;
      }
      assertEquals(end, labels.length);
    });
  }));
});

Deno.test("a letter sounds as its signature, its variation and its noise say", () => {
  const text = "a".repeat(400);
  const parts = (options: LetterCorpusOptions) => {
    const corpus = letterCorpus(7, { ...options, framesPerLetter: [3, 3], features: 1 });
    const { x } = corpus.say(new RandomState(2), text);
    const means = Array.from(
      { length: 400 },
      (_, n) => mean([...x.frames.data.subarray(3 * n, 3 * n + 3)]),
    );
    return { corpus, means, frames: x.frames.data };
  };
  const deviation = (values: ArrayLike<number>) => {
    const all = Array.from(values), middle = mean(all);
    return Math.sqrt(mean(all.map((value) => (value - middle) ** 2)));
  };
  const steady = parts({ variation: 0, noise: 0 });
  for (const value of steady.frames) assertEquals(value, steady.corpus.signatures.data[0]);
  assertAlmostEquals(deviation(parts({ variation: 2, noise: 0 }).means), 2, 0.2);
  assertAlmostEquals(deviation(parts({ variation: 0, noise: 0.5 }).frames), 0.5, 0.03);
  const { data } = letterCorpus(7, { features: 1 }).signatures;
  assertAlmostEquals(mean(parts({ signature: 3, variation: 0 }).means), 3 * data[0], 0.05);
});

Deno.test("with a tilt, letters lie in the order of the alphabet", () => {
  const corpus = letterCorpus(0, { signature: 0, variation: 0, noise: 0, tilt: 0.1 });
  const { x, spans: [spans] } = corpus.say(new RandomState(0), "az '");
  const first = spans.map(({ start }) => x.frames.data[start * corpus.features]);
  first.forEach((value, n) => assertAlmostEquals(value, [0, 2.5, 2.6, 2.7][n], 1e-12));
});

Deno.test("letterSizes() are never passed, and the seed draws the sounds of letters", () => {
  const options = { framesPerLetter: [2, 2], features: 5 } as const;
  const sizes = letterSizes(options), corpus = letterCorpus(0, options);
  const { x, targets } = corpus.batch(new RandomState(0), 300);
  assertEquals([sizes.features, sizes.labels], [corpus.features, corpus.labels]);
  assertEquals(corpus.names.length, corpus.labels);
  assert(Math.max(...targets.map((target) => target.length)) <= sizes.target);
  assert(Math.max(...targets.map((_, b) => sequenceAt(x, b).rows)) <= sizes.frames);
  assert(corpus.signatures.data[0] !== letterCorpus(1, options).signatures.data[0]);
  const { names, silence, knows } = dataSet({ kind: "letters" }, 0);
  assertEquals(names.slice(26), ["z", " ", "'"]);
  assertEquals([silence, knows], [0, ["alignment"]]);
});

Deno.test("letterCorpus() names the option that is out of range", () => {
  for (
    const [options, what] of [
      [{ features: 0 }, "features"],
      [{ framesPerLetter: [0, 1] }, "framesPerLetter must be whole numbers"],
      [{ signature: -1 }, "signature"],
      [{ variation: NaN }, "variation"],
      [{ tilt: -0.1 }, "tilt"],
      [{ noise: Infinity }, "noise"],
    ] as [LetterCorpusOptions, string][]
  ) {
    assertThrows(() => letterCorpus(0, options), RangeError, what);
  }
  assertThrows(
    () => letterCorpus(0).batch(new RandomState(0), 0),
    RangeError,
    "current value is 0",
  );
});
