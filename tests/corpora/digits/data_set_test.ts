import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { speechFeatures } from "lib/audio/mod.ts";
import {
  completeDigitOptions,
  connectDigits,
  digitDataSet,
  digitNames,
  digitSizes,
} from "lib/corpora/digits.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { toneDigits } from "../../support/spoken_digits.ts";

const options = { testSpeaker: "bob", features: { cepstra: 5, deltas: 0 } };

Deno.test("connected digits lie where they are said to, to the sample, in noise that is quiet", () => {
  const said = [toneDigits[3], toneDigits[20], toneDigits[8]];
  const { samples, segments, words, speaker } = connectDigits(new RandomState(1), said, [50, 90]);
  assertEquals([speaker, segments!.map(({ text }) => text)], ["ann", ["zero", "two", "one"]]);
  assertEquals(words, segments);
  let before = 0;
  segments!.forEach(({ start, end }, n) => {
    const [from, to] = [start, end].map((time) => Math.round(8000 * time));
    assertEquals(samples.slice(from, to), said[n].samples);
    assertEquals(from - before >= 400 && from - before <= 720, true);
    assertEquals(samples.subarray(before, from).every((x) => Math.abs(x) < 120), true);
    before = to;
  });
  assertEquals(samples.length > before, true);
});

Deno.test("the test speaker is never trained on, and dev has the recordings that training has not", () => {
  const data = digitDataSet(toneDigits, 1, options);
  const { train, dev, test } = data;
  assertEquals([data.labels, data.names.slice(0, 3), data.silence], [11, ["ε", "zero", "one"], 0]);
  assertEquals(data.knows, ["alignment", "words", "speakers"]);
  const batch = train.batch(new RandomState(1), 40);
  assertEquals([...new Set(batch.speakers)].sort(), ["ann", "cy"]);
  assertEquals(train.sequences, undefined);
  assertEquals(batch.targets.every(({ length }) => length >= 3 && length <= 7), true);
  assertEquals(batch.words![0], batch.targets[0].map((label) => [label]));
  const all = (source: typeof dev) => source.batch(new RandomState(0), source.sequences!);
  assertEquals(new Set(all(test).speakers), new Set(["bob"]));
  assertEquals(all(test).targets.flat().length, 70);
  const counts = Array.from(
    digitNames,
    (_, digit) => all(dev).targets.flat().filter((label) => label === digit + 1).length,
  );
  assertEquals(counts, Array(10).fill(10));
});

Deno.test("what is left out means 3 to 7 digits with pauses of 50 to 400 ms, george to test, 39 MFCC", () => {
  const { testSpeaker, digitsPerSequence, pauseMs, augment, features } = completeDigitOptions({});
  assertEquals([testSpeaker, digitsPerSequence, pauseMs], ["george", [3, 7], [50, 400]]);
  assertEquals([augment, speechFeatures(8000, features).cols], [undefined, 39]);
});

Deno.test("numbers of digits are inclusive, in training and in the utterances that are fixed", () => {
  const { train } = digitDataSet(toneDigits, 1, options);
  const lengths = (targets: readonly (readonly number[])[]) =>
    [...new Set(targets.map(({ length }) => length))].sort();
  assertEquals(lengths(train.batch(new RandomState(1), 60).targets), [3, 4, 5, 6, 7]);
  const { dev, test } = digitDataSet(toneDigits, 1, { ...options, digitsPerSequence: [1, 2] });
  for (const { batch, sequences } of [dev, test]) {
    assertEquals(lengths(batch(new RandomState(0), sequences!).targets), [1, 2]);
  }
});

Deno.test("training has the recordings of index 5 and 6, which are told by their lengths, and no other", () => {
  const { train } = digitDataSet(toneDigits, 1, options);
  const { spans } = train.batch(new RandomState(1), 20);
  const samples = spans!.flat().map(({ start, end }) => Math.round(80 * (end - start)));
  assertEquals([...new Set(samples)].sort(), [1000 + 8 * 5, 1000 + 8 * 6]);
});

Deno.test("pauses between digits are noise of deviation 16", () => {
  const { samples, segments } = connectDigits(new RandomState(2), [toneDigits[0]], [2000, 2000]);
  const pause = samples.subarray(0, Math.round(8000 * segments![0].start));
  const deviation = Math.sqrt(pause.reduce((sum, x) => sum + x * x, 0) / pause.length);
  assertEquals(pause.length, 16000);
  assertAlmostEquals(deviation, 16, 4 * 16 / Math.sqrt(2 * 16000));
});

Deno.test("digits are drawn from the seed and the batch's stream alone", () => {
  const of = (seed: number) => digitDataSet(toneDigits, seed, options);
  const test = (seed: number) => of(seed).test.batch(new RandomState(9), 4);
  assertEquals(test(3), test(3));
  assertNotEquals(test(3).targets, test(4).targets);
  assertEquals(of(3).train.batch(new RandomState(1), 4), of(4).train.batch(new RandomState(1), 4));
  const augment = { warps: [0.9, 1.1], snr: [10, 20] } as const;
  const noisy = digitDataSet(toneDigits, 3, { ...options, augment });
  const heard = noisy.train.batch(new RandomState(1), 4);
  assertEquals(noisy.train.batch(new RandomState(1), 4), heard);
  assertEquals(noisy.test.batch(new RandomState(9), 4), test(3));
});

Deno.test("frames and target of digits stay within the sizes that memory goes by", () => {
  const sizes = digitSizes(options), data = digitDataSet(toneDigits, 1, options);
  const { x, targets, spans } = data.train.batch(new RandomState(1), 1);
  assertEquals([sizes.features, sizes.labels], [data.features, data.labels]);
  assertEquals(x.frames.rows <= sizes.frames && targets[0].length <= sizes.target, true);
  assertAlmostEquals(spans![0][0].end - spans![0][0].start, 12.5, 0.7);
});

Deno.test("a test speaker who is not there, or alone, is named", () => {
  const cases = [
    [toneDigits, { testSpeaker: "dee" }, "dee is to be tested, and there are ann, bob, cy"],
    [toneDigits.slice(0, 70), { testSpeaker: "ann" }, "ann is to be tested, and there are ann"],
    [[], {}, "george is to be tested, and there are none"],
  ] as const;
  for (const [digits, options, message] of cases) {
    assertThrows(() => digitDataSet(digits, 1, options), RangeError, message);
  }
});
