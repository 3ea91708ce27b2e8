import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { gradientAlignment, gradScore, gradScoreExt, percentile } from "lib/alignment/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { fromRows, randomMatrix } from "../support/matrices.ts";
import { patterns, segmentations } from "../support/segmentations.ts";

/** G of a target whose labels peak at the given frames. */
const peaks = (T: number, at: readonly number[]) =>
  fromRows(at.map((peak) => Array.from({ length: T }, (_, t) => -3 * Math.abs(t - peak))));

Deno.test("gradScore() is a log softmax over time, beside a constant for blank", () => {
  const { data, rows, cols } = gradScore(randomMatrix(new RandomState(1), 3, 5), {
    blankScore: -4,
  });
  assertEquals([rows, cols], [5, 4]);
  for (let s = 1; s < 4; s++) {
    let sum = 0;
    for (let t = 0; t < 5; t++) sum += Math.exp(data[t * 4 + s]);
    assertAlmostEquals(sum, 1, 1e-12);
  }
  for (let t = 0; t < 5; t++) assertEquals(data[t * 4], -4);
  assertEquals(gradScore(matrix(1, 1)).data[0], -6);
});

Deno.test("gradScoreExt() follows eqs. 43 to 48 by hand", () => {
  const G = fromRows([[0, 1, 2, 0, 1], [1, 0, 0, 2, 0]]);
  const softmax = [0, 1].map((s) => {
    const row = [...G.data.subarray(s * 5, s * 5 + 5)].map(Math.exp);
    const total = row.reduce((a, b) => a + b);
    return row.map((v) => v / total);
  });
  const g = [0, 1, 2, 3, 4].map((t) => Math.log((softmax[0][t] + softmax[1][t]) / 2));
  const sorted = g.toSorted((a, b) => a - b);
  const l = sorted[2] + 0.4 * (sorted[3] - sorted[2]); // place 0.6 · 4 = 2.4
  const ours = gradScoreExt(G);
  g.forEach((value, t) => {
    const blank = Math.exp(2 * l - value);
    const total = blank + softmax[0][t] + softmax[1][t];
    const expected = [blank, softmax[0][t], softmax[1][t]].map((v) => Math.log(v / total));
    expected.forEach((v, k) => assertAlmostEquals(ours.data[t * 3 + k], v, 1e-12));
  });
});

Deno.test("percentile() interpolates as NumPy does by default", () => {
  const values = Float64Array.of(4, 1, 3, 2);
  assertEquals([0, 50, 100].map((q) => percentile(values, q)), [1, 2.5, 4]);
  assertAlmostEquals(percentile(values, 60), 2.8); // numpy.percentile([1, 2, 3, 4], 60)
  assertEquals(percentile(Float64Array.of(7), 60), 7);
});

Deno.test("gradientAlignment() equals enumeration over ε anywhere and labels of any length", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 6 }), (seed, T) => {
      const target = [2, 2, 1];
      for (const score of [gradScore, gradScoreExt]) {
        const scores = score(randomMatrix(new RandomState(seed), 3, T, 3));
        const pattern = patterns.gradient(target);
        const totals = [...segmentations(pattern, T)].map((path) =>
          path.reduce((sum, slot, t) => sum + scores.data[t * 4 + pattern[slot].index + 1], 0)
        );
        const best = totals.reduce((a, b) => Math.max(a, b), -Infinity);
        const ours = gradientAlignment(scores, target);
        if (best === -Infinity) assertEquals([ours.score, ours.spans], [best, []]);
        else {
          assertAlmostEquals(ours.score, best, 1e-10);
          assertEquals(ours.spans.map(({ index, label }) => [index, label]), [[0, 2], [1, 2], [
            2,
            1,
          ]]);
        }
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("gradientAlignment() finds labels where their gradients are, equal neighbours apart", () => {
  for (const score of [gradScore, gradScoreExt]) {
    const { spans, labels } = gradientAlignment(score(peaks(20, [3, 10, 16])), [5, 5, 7], {
      blank: 9,
    });
    assertEquals(spans.map(({ label }) => label), [5, 5, 7]);
    [3, 10, 16].forEach((peak, s) => assert(spans[s].start <= peak && peak < spans[s].end));
    assertEquals([labels[0], labels[3], labels[10], labels[16]], [9, 5, 5, 7]);
  }
});

Deno.test("gradient scores refuse what is empty, not finite, or does not fit", () => {
  assertThrows(() => gradScore(matrix(2, 0)), RangeError, "T is 0");
  assertThrows(() => gradScore(matrix(1, 1), { blankScore: NaN }), RangeError, "value is NaN");
  assertThrows(() => gradScore(fromRows([[0, -Infinity]])), RangeError, "column 1 is -Infinity");
  assertThrows(() => gradScoreExt(matrix(0, 2)), RangeError, "at least one label");
  assertThrows(() => gradScoreExt(matrix(1, 2), { percentile: 101 }), RangeError, "101");
  assertThrows(() => gradientAlignment(matrix(3, 3), [1]), RangeError, "2 scores per frame");
  assertThrows(() => gradientAlignment(matrix(3, 2), [0]), RangeError, "label 0 is 0");
});
