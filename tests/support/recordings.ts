import fc from "fast-check";
import { nanoseconds, segmentsOf } from "lib/alignment/mod.ts";

/** Segments of random spans of a random frame length, and the end of their recording. */
export const recordings = fc.record({
  lengths: fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 9 })), { maxLength: 8 }),
  frameSeconds: fc.constantFrom(0.01, 0.0125, 0.1, 1 / 3, 0.04),
  texts: fc.infiniteStream(fc.string({ minLength: 1, maxLength: 4, unit: "grapheme" })),
  rest: fc.nat(3),
}).map(({ lengths, frameSeconds, texts, rest }) => {
  let at = 0;
  const spans = lengths.map(([gap, n]) => {
    const start = at + gap;
    at = start + n;
    return { start, end: at };
  });
  const frames = Math.max(1, at + rest);
  const names = spans.map(() => texts.next().value as string);
  return {
    segments: segmentsOf(spans, names, { frames, frameSeconds }),
    end: nanoseconds(frames * frameSeconds),
  };
});
