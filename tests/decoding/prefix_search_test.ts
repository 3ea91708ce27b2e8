import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { greedyDecode, prefixBeamSearch, prefixSearch } from "lib/decoding/mod.ts";
import { softmaxOutput } from "lib/criteria/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { enumerateLabellings, randomLogProbs, smallLogProbs } from "../support/labellings.ts";

Deno.test("prefixSearch() finds the labelling with the highest probability of all", () => {
  fc.assert(
    fc.property(smallLogProbs, (logProbs) => {
      const { labels, logProb } = prefixSearch(logProbs);
      const sums = enumerateLabellings(logProbs);
      assertAlmostEquals(Math.exp(logProb), Math.max(...sums.values()), 1e-12);
      assertAlmostEquals(sums.get(labels.join())!, Math.exp(logProb), 1e-12);
    }),
    { numRuns: 100 },
  );
});

Deno.test("prefixSearch() agrees with an exact beam on longer input, and with any blank", () => {
  for (let seed = 0; seed < 5; seed++) {
    const logProbs = randomLogProbs(seed, 9, 3);
    for (const blank of [0, 2]) {
      const { labels, logProb } = prefixSearch(logProbs, { blank });
      const [best] = prefixBeamSearch(logProbs, { beamWidth: Infinity, blank });
      assertEquals(labels, best.labels);
      assertAlmostEquals(logProb, best.acoustic, 1e-11);
    }
  }
});

Deno.test("the best path is not the best labelling: two frames of ε 0.6, a 0.4", () => {
  const logProbs = matrix(2, 2, [0.6, 0.4, 0.6, 0.4].map(Math.log));
  assertEquals(greedyDecode(logProbs), []);
  const { labels, logProb } = prefixSearch(logProbs);
  assertEquals(labels, [1]);
  assertAlmostEquals(Math.exp(logProb), 0.64);
});

Deno.test("peaked input costs one extension per label and no more", () => {
  const y = [0.01, 0.98, 0.01, 0.98, 0.01, 0.01, 0.01, 0.01, 0.98].map(Math.log);
  const { labels, extended } = prefixSearch(matrix(3, 3, y));
  assertEquals(labels, [1, 2]);
  assert(extended <= 2, `${extended} prefixes were extended`);
});

/** Three undecided parts with sure blanks between them. */
function threeSections() {
  const parts = [randomLogProbs(1, 4, 3), randomLogProbs(2, 4, 3), randomLogProbs(3, 4, 3)];
  const sure = [0.99998, 0.00001, 0.00001].map(Math.log);
  const data = parts.flatMap(({ data }, n) => n === 0 ? [...data] : [...sure, ...data]);
  return matrix(14, 3, data);
}

Deno.test("a split at sure blanks finds the same labelling with fewer extensions", () => {
  const logProbs = threeSections();
  const whole = prefixSearch(logProbs);
  const split = prefixSearch(logProbs, { blankThreshold: 0.9999 });
  assertEquals(split.labels, whole.labels);
  assertAlmostEquals(split.logProb, whole.logProb, 1e-12);
  assert(split.extended < whole.extended);
});

Deno.test("a split at every frame that may be blank is as cheap as it is wrong", () => {
  const logProbs = matrix(2, 2, [0.6, 0.4, 0.6, 0.4].map(Math.log));
  const split = prefixSearch(logProbs, { blankThreshold: 0.5 });
  assertEquals([split.labels, split.extended], [[], 0]);
  assertAlmostEquals(Math.exp(split.logProb), 0.36);
});

Deno.test("prefixSearch() of no frames is the empty labelling", () => {
  assertEquals(prefixSearch(matrix(0, 2)), { labels: [], logProb: 0, extended: 0 });
});

Deno.test("prefixSearch() names the value that is out of range", () => {
  assertThrows(
    () => prefixSearch(matrix(2, 2, [-1, -1, 0, -Infinity])),
    RangeError,
    "the probabilities of a frame must sum to 1: those of frame 0 sum to 0.7",
  );
  assertThrows(() => prefixSearch(matrix(1, 2, [NaN, 0])), RangeError, "frame 0, label 0 is NaN");
  const logProbs = randomLogProbs(0, 3, 4);
  assertThrows(() => prefixSearch(logProbs, { blank: 4 }), RangeError, "current value is 4");
  for (const blankThreshold of [-1, NaN]) {
    assertThrows(
      () => prefixSearch(logProbs, { blankThreshold }),
      RangeError,
      `blankThreshold must be >= 0: current value is ${blankThreshold}`,
    );
  }
});

/** T frames of 5 labels that are about equally likely. */
function undecided(T: number) {
  const K = 5, rng = new RandomState(3);
  const scores = Float64Array.from({ length: T * K }, () => rng.random());
  return softmaxOutput.logProbs(matrix(T, K, scores));
}

Deno.test("undecided frames end in an error that names the bound and the ways out", () => {
  const error = assertThrows(
    () => prefixSearch(undecided(20), { maxExpansions: 2000 }),
    RangeError,
  );
  for (const part of ["within maxExpansions = 2000", "frames 0 to 19", "blankThreshold"]) {
    assert(error.message.includes(part), error.message);
  }
});

Deno.test("the bound counts the prefixes of all sections, and is kept to the last one", () => {
  for (const options of [{}, { blankThreshold: 0.9999 }]) {
    const { extended, ...found } = prefixSearch(threeSections(), options);
    assertEquals(
      prefixSearch(threeSections(), { ...options, maxExpansions: extended }),
      { ...found, extended },
    );
    assertThrows(
      () => prefixSearch(threeSections(), { ...options, maxExpansions: extended - 1 }),
      RangeError,
      `maxExpansions = ${extended - 1}`,
    );
  }
  for (const maxExpansions of [-1, 1.5, NaN]) {
    assertThrows(
      () => prefixSearch(matrix(0, 2), { maxExpansions }),
      RangeError,
      `maxExpansions must be a whole number >= 0 or Infinity: current value is ${maxExpansions}`,
    );
  }
});

Deno.test("without options the bound is 100,000 prefixes and nothing is split", () => {
  const logProbs = undecided(14);
  assertEquals(
    prefixSearch(logProbs),
    prefixSearch(logProbs, { blank: 0, blankThreshold: Infinity, maxExpansions: 100_000 }),
  );
  assertThrows(() => prefixSearch(undecided(20)), RangeError, "maxExpansions = 100000");
});

Deno.test("a frame whose blank has just the threshold's probability splits", () => {
  const logProbs = matrix(1, 2, [0.4, 0.6].map(Math.log));
  assertEquals(prefixSearch(logProbs, { blankThreshold: 0.4 }).labels, []);
  assertEquals(prefixSearch(logProbs, { blankThreshold: 0.4000001 }).labels, [1]);
});
