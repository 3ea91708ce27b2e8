import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { averageLogPosterior, logFrequencies } from "lib/criteria/mod.ts";
import { fromRows } from "../support/matrices.ts";
import { matrix } from "lib/numeric/mod.ts";

Deno.test("averageLogPosterior() is the log of the mean over all frames of all matrices", () => {
  const parts = [fromRows([[0.8, 0.2], [0.6, 0.4]]), fromRows([[0.1, 0.9]])]
    .map((m) => ({ ...m, data: m.data.map(Math.log) }));
  const average = averageLogPosterior(parts);
  assertAlmostEquals(average[0], Math.log(0.5), 1e-15);
  assertAlmostEquals(average[1], Math.log(0.5), 1e-15);
});

Deno.test("averageLogPosterior() does not underflow, and knows what is impossible", () => {
  const average = averageLogPosterior([fromRows([[0, -2000, -Infinity], [0, -2000, -Infinity]])]);
  assertEquals([...average], [0, -2000, -Infinity]);
  assertThrows(() => averageLogPosterior([matrix(0, 2)]), RangeError, "at least one frame");
});

Deno.test("logFrequencies() counts labels, smoothed or not", () => {
  assertEquals([...logFrequencies([0, 0, 0, 1], 2)], [Math.log(0.75), Math.log(0.25)]);
  assertEquals(logFrequencies([0], 2)[1], -Infinity);
  assertAlmostEquals(logFrequencies([0], 2, { smoothing: 1 })[1], Math.log(1 / 3));
  assertThrows(() => logFrequencies([], 2), RangeError, "at least one frame: T is 0");
  assertThrows(() => logFrequencies([], 2, { smoothing: 1 }), RangeError, "T is 0");
  for (const smoothing of [-1, NaN, Infinity]) {
    assertThrows(
      () => logFrequencies([0], 2, { smoothing }),
      RangeError,
      `smoothing must be finite and >= 0: current value is ${smoothing}`,
    );
  }
  for (const bad of [2, -1, 0.5, NaN]) {
    assertThrows(() => logFrequencies([0, bad], 2), RangeError, `frame 1 is ${bad}`);
  }
});
