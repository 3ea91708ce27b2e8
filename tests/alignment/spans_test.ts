import { assertEquals, assertThrows } from "@std/assert";
import { requireSpans, runSpans, wordSpans } from "lib/alignment/mod.ts";

Deno.test("runSpans() gives every run of a label, in order, and leaves silence out", () => {
  assertEquals(runSpans([0, 2, 2, 1, 0, 1]), [
    { index: 0, label: 2, start: 1, end: 3 },
    { index: 1, label: 1, start: 3, end: 4 },
    { index: 2, label: 1, start: 5, end: 6 },
  ]);
  assertEquals(runSpans([]), []);
  assertEquals(runSpans([0, 0, 5], { silence: 5 }), [{ index: 0, label: 0, start: 0, end: 2 }]);
});

Deno.test("runSpans() refuses a label that is not a whole number >= 0", () => {
  for (const label of [NaN, -1, 0.5, Infinity]) {
    assertThrows(() => runSpans([0, 1, label]), RangeError, `current value is ${label}`);
  }
});

Deno.test("wordSpans() refuses spans that are not finite, or empty", () => {
  const words = [[2, 1]];
  for (const [start, end] of [[NaN, 8], [6, NaN], [6, Infinity], [6, 6]]) {
    const spans = [{ start: 2, end: 4 }, { start, end }];
    assertThrows(() => wordSpans(spans, words), RangeError, `${start} to ${end}`);
  }
});

Deno.test("wordSpans() goes from the first letter's start to the last letter's end", () => {
  const spans = runSpans([0, 2, 2, 1, 0, 1]);
  assertEquals(wordSpans(spans, [[2, 1], [1]]), [{ start: 1, end: 4 }, { start: 5, end: 6 }]);
  assertThrows(() => wordSpans(spans, [[2]]), RangeError, "each of the 1 labels: there are 3");
  assertThrows(() => wordSpans(spans, [[2, 1, 1], []]), RangeError, "word 1 has none");
  assertThrows(() => wordSpans(spans, [[], [2, 1, 1]]), RangeError, "word 0 has none");
});

Deno.test("requireSpans() names the span that is empty, overlaps or leaves the frames", () => {
  requireSpans([{ start: 0, end: 2 }, { start: 2, end: 3 }], 3);
  for (
    const [spans, what] of [
      [[[0, 0]], "span 0 is 0 to 0"],
      [[[0, 2], [1, 3]], "span 1 is 1 to 3, after frame 2"],
      [[[0, 4]], "span 0 is 0 to 4"],
      [[[-1, 1]], "span 0 is -1 to 1"],
      [[[0.5, 1]], "span 0 is 0.5 to 1"],
    ] as const
  ) {
    assertThrows(
      () => requireSpans(spans.map(([start, end]) => ({ start, end })), 3),
      RangeError,
      what,
    );
  }
});
