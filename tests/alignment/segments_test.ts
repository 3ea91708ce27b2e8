import { assertEquals, assertThrows } from "@std/assert";
import {
  type Segment,
  SegmentError,
  segmentsOf,
  textGrid,
  timeTolerance,
  withoutGaps,
} from "lib/alignment/mod.ts";

const segment = (start: number, end: number, text = "a"): Segment => ({ start, end, text });

Deno.test("segmentsOf() times spans, and refuses what does not fit", () => {
  const at = (frameSeconds: number, texts = ["a"], frames = 4) => () =>
    segmentsOf([{ start: 1, end: 3 }], texts, { frames, frameSeconds });
  assertEquals(at(0.5)(), [segment(0.5, 1.5)]);
  assertEquals(at(0.0875)(), [segment(0.0875, 0.2625)]);
  assertEquals(at(1e-9)(), [segment(1e-9, 3e-9)]);
  for (const bad of [0, -1, NaN, Infinity, 1e-300, 9e-10]) {
    assertThrows(at(bad), RangeError, `current value is ${bad}`);
  }
  assertThrows(at(1, []), RangeError, "1 spans: there are 0");
  assertThrows(at(1, ["a"], 2), RangeError, "inside 2 frames");
  assertThrows(at(1, ["a"], NaN), RangeError, "a whole number of frames: there are NaN");
});

Deno.test("T frames fill their recording, for every T and frame length, with one interval", () => {
  for (const frameSeconds of [0.01, 0.02, 0.0125, 0.03, 0.04, 0.1, 256 / 22050]) {
    for (let frames = 1; frames <= 1000; frames++) {
      const words = segmentsOf([{ start: 0, end: frames }], ["a"], { frames, frameSeconds });
      const { end, tiers } = textGrid({ words }, frames * frameSeconds);
      assertEquals(tiers[0].intervals, [segment(0, end)]);
    }
  }
});

Deno.test("withoutGaps() fills gaps with empty text", () => {
  assertEquals(withoutGaps([segment(1, 2), segment(3, 4)], 0, 5), [
    segment(0, 1, ""),
    segment(1, 2),
    segment(2, 3, ""),
    segment(3, 4),
    segment(4, 5, ""),
  ]);
  assertEquals(withoutGaps([], 1, 2), [segment(1, 2, "")]);
});

Deno.test("withoutGaps() takes boundaries that differ by the tolerance for one, and no others", () => {
  const near = 0.9 * timeTolerance, far = 1.1 * timeTolerance;
  for (const off of [near, -near, 1e-17, -1e-9]) {
    const mended = withoutGaps([segment(off, 1 + off), segment(1, 2 + off, "b")], 0, 2);
    assertEquals(mended, [segment(0, 1 + off), segment(1 + off, 2, "b")]);
  }
  assertEquals(withoutGaps([segment(timeTolerance, 1)], 0, 1), [segment(0, 1)]);
  assertEquals(withoutGaps([segment(far, 1), segment(1 + far, 2 - far)], 0, 2).length, 5);
  assertThrows(
    () => withoutGaps([segment(0, 1 + far), segment(1, 2)], 0, 2),
    SegmentError,
    "after",
  );
  assertThrows(() => withoutGaps([segment(-far, 1)], 0, 2), SegmentError, "segment 0");
  assertThrows(() => withoutGaps([segment(1, 2 + far)], 0, 2), SegmentError, "end by 2");
});

Deno.test("six decimals and single precision are one boundary, a sample at 44.1 kHz is none", () => {
  const pieces = (end: number, next: number) =>
    withoutGaps([segment(0, end), segment(next, 200)], 0, 200).length;
  assertEquals([pieces(1 / 3, 0.333333), pieces(0.333333, 1 / 3)], [2, 2]);
  assertEquals(pieces(100.1, Math.fround(100.1)), 2);
  assertEquals(pieces(1, 1 + 1 / 44100), 3);
});

Deno.test("withoutGaps() leaves out slivers of empty text, and refuses those of any other", () => {
  assertEquals(withoutGaps([segment(0, 1), segment(1, 1 + 5e-17, "")], 0, 1), [segment(0, 1)]);
  assertEquals(withoutGaps([segment(0, 1), segment(1, 1, ""), segment(1, 2)], 0, 2), [
    segment(0, 1),
    segment(1, 2),
  ]);
  const error = assertThrows(
    () => withoutGaps([segment(0, 1), segment(1, 1), segment(1, 2)], 0, 2),
    SegmentError,
    "A segment must have start < end: segment 1 is 1 to 1",
  );
  assertEquals(error.segment, 1);
  for (const bad of [segment(NaN, 1), segment(0, NaN), segment(1, 0), segment(0, Infinity)]) {
    assertThrows(() => withoutGaps([bad], 0, 2), SegmentError, "segment 0 is");
  }
});
