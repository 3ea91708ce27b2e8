import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { averageBlankPosterior, framewiseCrossEntropy } from "lib/metrics/mod.ts";
import { matrix } from "lib/numeric/mod.ts";

const half = Math.log(0.5), quarter = Math.log(0.25);
const logProbs = matrix(2, 3, [half, quarter, quarter, quarter, half, quarter]);

Deno.test("framewiseCrossEntropy() is the mean over frames", () => {
  assertAlmostEquals(framewiseCrossEntropy(logProbs, [0, 1]), -half);
  assertAlmostEquals(framewiseCrossEntropy(logProbs, [1, 1]), -(quarter + half) / 2);
  assertEquals(framewiseCrossEntropy(matrix(1, 2, [0, -Infinity]), [1]), Infinity);
});

Deno.test("averageBlankPosterior() is the mean probability of ε", () => {
  assertAlmostEquals(averageBlankPosterior(logProbs), (0.5 + 0.25) / 2);
  assertAlmostEquals(averageBlankPosterior(logProbs, { blank: 2 }), 0.25);
});

Deno.test("framewise metrics refuse no frames, a wrong length and labels out of range", () => {
  assertThrows(() => framewiseCrossEntropy(matrix(0, 3), []), RangeError, "T is 0");
  assertThrows(() => averageBlankPosterior(matrix(0, 3)), RangeError, "T is 0");
  assertThrows(() => framewiseCrossEntropy(logProbs, [0]), RangeError, "each of 2 frames");
  assertThrows(() => framewiseCrossEntropy(logProbs, [0, 3]), RangeError, "frame 1 is 3");
  assertThrows(() => framewiseCrossEntropy(logProbs, [0.5, 0]), RangeError, "frame 0 is 0.5");
  assertThrows(() => averageBlankPosterior(logProbs, { blank: 3 }), RangeError, "below K = 3");
});
