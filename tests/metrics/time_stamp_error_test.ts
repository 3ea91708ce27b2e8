import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { meanLabelDuration, silenceRatio, timeStampError } from "lib/metrics/mod.ts";

const interval = fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 20 }))
  .map(([start, n]) => ({ start, end: start + n }));

Deno.test("timeStampError() follows appendix A.4.2 by hand", () => {
  const found = [{ start: 0, end: 4 }, { start: 6, end: 9 }];
  const reference = [{ start: 2, end: 4 }, { start: 5, end: 12 }];
  // left: 2, 1; right: 0, 3; centres 2 and 7.5 against 3 and 8.5
  assertEquals(timeStampError(found, reference), {
    tse: 6 / 4,
    tseCenter: 1,
    onset: 1.5,
    offset: 1.5,
    onsetBias: -0.5,
    offsetBias: -1.5,
    count: 2,
  });
});

Deno.test("timeStampError() is 0 of equals, and moves by d when all words move by d", () => {
  fc.assert(fc.property(fc.array(interval, { minLength: 1 }), fc.integer(), (words, d) => {
    const moved = words.map(({ start, end }) => ({ start: start + d, end: end + d }));
    const tse = timeStampError(moved, words, { frameLength: 10 });
    const size = Math.abs(10 * d);
    for (const value of [tse.tse, tse.tseCenter, tse.onset, tse.offset]) {
      assertAlmostEquals(value, size, 1e-9 * size);
    }
    assertAlmostEquals(tse.onsetBias, 10 * d, 1e-9 * size);
  }));
});

Deno.test("timeStampError() of widened words has no error at the centre", () => {
  const tse = timeStampError([{ start: 1, end: 9 }], [{ start: 3, end: 7 }]);
  assertEquals([tse.tse, tse.tseCenter], [2, 0]);
});

Deno.test("timeStampError() of no words is NaN, of unequally many an error", () => {
  assertEquals(timeStampError([], []).tse, NaN);
  assertThrows(() => timeStampError([], [{ start: 0, end: 1 }]), RangeError, "there are 0");
  for (const frameLength of [0, -1, NaN, Infinity]) {
    assertThrows(() => timeStampError([], [], { frameLength }), RangeError, `${frameLength}`);
  }
});

Deno.test("silenceRatio() and meanLabelDuration() count frames", () => {
  assertEquals(silenceRatio(Int32Array.of(0, 1, 2, 0)), 0.5);
  assertEquals(silenceRatio([2, 2, 1], { silence: 2 }), 2 / 3);
  assertThrows(() => silenceRatio([]), RangeError, "T is 0");
  const spans = [{ start: 0, end: 2 }, { start: 2, end: 6 }];
  assertEquals(meanLabelDuration(spans), 3);
  assertEquals(meanLabelDuration(spans, { frameLength: 40 }), 120);
  assertEquals(meanLabelDuration([]), NaN);
});

Deno.test("intervals and lengths of frames that are not finite are refused", () => {
  const good = [{ start: 0, end: 1 }];
  for (const value of [NaN, Infinity]) {
    for (const bad of [[{ start: value, end: 1 }], [{ start: 0, end: value }]]) {
      const message = `interval 0 is ${bad[0].start} to ${bad[0].end}`;
      assertThrows(() => timeStampError(bad, good), RangeError, message);
      assertThrows(() => timeStampError(good, bad), RangeError, message);
      assertThrows(() => meanLabelDuration(bad), RangeError, message);
    }
  }
  for (const frameLength of [0, -1, NaN, Infinity]) {
    const message = `frameLength must be > 0: current value is ${frameLength}`;
    assertThrows(() => meanLabelDuration(good, { frameLength }), RangeError, message);
  }
});
