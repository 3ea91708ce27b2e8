import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { hotwords, logProbability } from "lib/decoding/mod.ts";

const label = fc.integer({ min: 1, max: 3 });
const phrases = fc.array(fc.array(label, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 4,
});

/** Σ over all places and different phrases of the phrase's length, one comparison at a time. */
function matchedLabels(phrases: readonly number[][], labels: readonly number[]): number {
  const different = new Set(phrases.map((phrase) => phrase.join()));
  let sum = 0;
  for (let start = 0; start < labels.length; start++) {
    for (let end = start + 1; end <= labels.length; end++) {
      if (different.has(labels.slice(start, end).join())) sum += end - start;
    }
  }
  return sum;
}

Deno.test("hotwords() pays bonus · length for every occurrence, overlapping or not, and no more", () => {
  fc.assert(
    fc.property(phrases, fc.array(label, { maxLength: 12 }), (phrases, labels) => {
      const lm = hotwords(phrases, { labels: 4, bonus: 0.5 });
      assertAlmostEquals(
        logProbability(lm, labels),
        0.5 * matchedLabels(phrases, labels),
        1e-12,
      );
    }),
    { numRuns: 300 },
  );
});

Deno.test("a partial match is paid ahead, label by label, and refunded when it breaks", () => {
  const lm = hotwords([[1, 2, 3]], { labels: 5, bonus: 2 });
  const paid: number[] = [];
  let state = lm.start();
  for (const label of [1, 2, 4, 1, 2, 3, 4]) {
    const step = lm.next(state, label);
    paid.push(step.logProb);
    state = step.state;
  }
  // The last label of a phrase earns 6 and takes back the 4 that were paid ahead.
  assertEquals(paid, [2, 2, -4, 2, 2, 2, 0]);
  assertEquals(lm.end(state), 0);
});

Deno.test("an end in the middle of a phrase refunds what was paid", () => {
  const lm = hotwords([[1, 2, 3]], { labels: 5, bonus: 2 });
  const { state } = lm.next(lm.next(lm.start(), 1).state, 2);
  assertEquals(lm.end(state), -4);
});

Deno.test("a match that breaks goes on as the start of another phrase", () => {
  const lm = hotwords([[1, 2, 3], [2, 4]], { labels: 5, bonus: 1 });
  assertEquals(logProbability(lm, [1, 2, 4]), 2);
});

Deno.test("hotwords() names the phrase that cannot be matched", () => {
  const options = { labels: 4, bonus: 1 };
  assertThrows(() => hotwords([], options), RangeError, "at least one phrase: there are 0");
  assertThrows(() => hotwords([[1], []], options), RangeError, "phrase 1 has 0");
  for (const label of [4, -1, 1.5, NaN]) {
    assertThrows(() => hotwords([[label]], options), RangeError, `phrase 0 has ${label}`);
  }
  assertThrows(
    () => hotwords([[1]], { labels: 4, bonus: NaN }),
    RangeError,
    "bonus must be finite: current value is NaN",
  );
  for (const labels of [0, 1.5, NaN]) {
    assertThrows(
      () => hotwords([[0]], { labels, bonus: 1 }),
      RangeError,
      `labels must be a whole number >= 1: current value is ${labels}`,
    );
  }
  assertEquals(logProbability(hotwords([[0]], { labels: 1, bonus: 1 }), [0, 0]), 2);
});

Deno.test("a bonus whose sum over a phrase is not finite is refused", () => {
  for (const bonus of [1e308, -1e308]) {
    assertThrows(() => hotwords([[1, 2]], { labels: 4, bonus }), RangeError, `bonus is ${bonus}`);
  }
});
