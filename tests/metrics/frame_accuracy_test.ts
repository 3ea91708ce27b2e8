import { assertEquals, assertThrows } from "@std/assert";
import { phonemeCorpus } from "lib/corpora/mod.ts";
import { accuracyByPosition, frameAccuracy } from "lib/metrics/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";

Deno.test("frameAccuracy() counts silence as any other label", () => {
  assertEquals(frameAccuracy([0, 0, 1], [0, 2, 1]), 2 / 3);
  assertThrows(() => frameAccuracy([], []), RangeError, "at least one frame");
  assertThrows(() => frameAccuracy([1], [1, 2]), RangeError, "one true label");
});

Deno.test("places are counted from the start and from the end of every phone", () => {
  // Two phones of three frames and one of one frame, each cut at silence, label or sequence.
  const alignment = [1, 1, 1, 2, 2, 2, /* next sequence */ 2, 0];
  const path = [0, 1, 1, 2, 0, 2, /* */ 2, 2];
  assertEquals(accuracyByPosition(path, alignment, [0, 6, 8], 2), {
    start: [2 / 3, 1 / 2],
    end: [1 / 2, 1],
  });
});

Deno.test("equal labels at the ends of two sequences are two phones", () => {
  assertEquals(accuracyByPosition([1, 0, 1, 0], [1, 1, 1, 1], [0, 2, 4], 1), {
    start: [1],
    end: [0],
  });
});

Deno.test("the truth is right at every place; a place that no phone has is NaN", () => {
  const { x, alignment } = phonemeCorpus(0, { framesPerPhone: [2, 3] })
    .batch(new RandomState(3), 20);
  const { start, end } = accuracyByPosition(alignment, alignment, x.offsets, 4);
  assertEquals([...start, ...end], [1, 1, 1, NaN, NaN, 1, 1, 1]);
});

Deno.test("places out of range are named", () => {
  for (const places of [0, 1.5]) {
    assertThrows(
      () => accuracyByPosition([1], [1], [0, 1], places),
      RangeError,
      `current value is ${places}`,
    );
  }
});

Deno.test("offsets that do not rise from 0 to the number of frames are named, and never waited for", () => {
  const path = [1, 1, 2];
  for (
    const [offsets, what] of [
      [[-Infinity, 3], "from -Infinity to 3"],
      [[0, Infinity], "from 0 to Infinity"],
      [[0, 2], "its 3 frames: they run from 0 to 2"],
      [[0, 2, 1, 3], "sequence 1 runs from 2 to 1"],
      [[], "from undefined"],
    ] as const
  ) {
    assertThrows(() => accuracyByPosition(path, path, offsets, 1), RangeError, what);
  }
});
