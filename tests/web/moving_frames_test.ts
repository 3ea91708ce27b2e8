import { assertAlmostEquals, assertEquals } from "@std/assert";
import { frameAt, packFrames, runsOf, unpackFrames } from "../../web/build/moving_frames.ts";

const frames = [
  { step: 1, probs: Float64Array.of(1, 0, 0.5, 0.5) },
  { step: 11, probs: Float64Array.of(0, 1, 0.5, 0.5) },
];

Deno.test("unpackFrames() gives back what was packed, to half a 255th", () => {
  const back = unpackFrames(packFrames(frames, 2));
  assertEquals(back.map(({ step }) => step), [1, 11]);
  for (const [n, { probs }] of back.entries()) {
    probs.forEach((p, i) => assertAlmostEquals(p, frames[n].probs[i], 0.5 / 255 + 1e-9));
  }
});

Deno.test("frameAt() lies between its neighbours, and ends at the last", () => {
  assertEquals(frameAt(frames, 0.5), { step: 6, probs: Float64Array.of(0.5, 0.5, 0.5, 0.5) });
  assertEquals(frameAt(frames, 1), frames[1]);
});

Deno.test("runsOf() merges the repeats of the best path", () => {
  const probs = Float64Array.of(0.9, 0.1, 0.2, 0.8, 0.3, 0.7, 1, 0);
  assertEquals(runsOf(probs, 2), [
    { label: 0, start: 0, end: 1 },
    { label: 1, start: 1, end: 3 },
    { label: 0, start: 3, end: 4 },
  ]);
});
