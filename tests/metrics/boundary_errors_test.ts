import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { boundaryErrors, timeStampError } from "lib/metrics/mod.ts";

const at = (start: number, end: number) => ({ start, end });

Deno.test("boundaryErrors() are the means of the time stamp error, and shares of starts and ends", () => {
  const found = [at(0, 100), at(120, 200), at(200, 300)];
  const truth = [at(5, 80), at(100, 250), at(149, 352)];
  const { within10, within20, within50, count, ...means } = boundaryErrors(found, truth);
  assertEquals([within10, within20, within50, count], [1 / 6, 3 / 6, 4 / 6, 3]);
  const { count: _, ...rest } = timeStampError(found, truth);
  assertEquals(means, rest);
});

Deno.test("a boundary that is just so far off is within, whatever division into frames has lost", () => {
  for (let frame = 1; frame < 2000; frame++) {
    const seconds = 0.04 * frame + 0.02, time = 1000 * 0.04 * (seconds / 0.04);
    const { within10, within20 } = boundaryErrors([at(40 * frame, 40 * frame)], [at(time, time)]);
    assertEquals([within10, within20], [0, 1]);
  }
});

Deno.test("boundaryErrors() are 0 of what is where it should be, and grow with a shift", () => {
  const times = fc.array(fc.integer({ min: 0, max: 1e4 }), { minLength: 1 });
  fc.assert(fc.property(times, fc.integer({ min: -100, max: 100 }), (starts, shift) => {
    const truth = starts.map((start) => at(start, start + 7));
    const found = truth.map(({ start, end }) => at(start + shift, end + shift));
    const { tse, tseCenter, onsetBias, within20 } = boundaryErrors(found, truth);
    for (const error of [tse, tseCenter]) assertAlmostEquals(error, Math.abs(shift), 1e-9);
    assertAlmostEquals(onsetBias, shift, 1e-9);
    assertEquals(within20, Math.abs(shift) <= 20 ? 1 : 0);
  }));
});

Deno.test("boundaryErrors() of nothing are NaN, of other numbers of intervals an error", () => {
  const { tse, within10, count } = boundaryErrors([], []);
  assertEquals([tse, within10, count], [NaN, NaN, 0]);
  assertThrows(() => boundaryErrors([at(0, 1)], []), RangeError, "there are 1");
});
