import { assertEquals } from "@std/assert";
import { deltas, mfcc, normalizeUtterance, speechFeatures, stackFrames } from "lib/audio/mod.ts";
import { noisySound } from "../support/sounds.ts";

Deno.test("speechFeatures() are the steps that they are said to be, in their order", () => {
  const x = noisySound(4000);
  const base = mfcc(x, { sampleRate: 16000, snipEdges: false, warp: 1.06 });
  const expected = stackFrames(normalizeUtterance(deltas(base)), 4);
  const features = speechFeatures(16000, { stack: 4 });
  assertEquals(features.compute(x, 1.06), expected);
  assertEquals([features.cols, features.frames(4000)], [expected.cols, expected.rows]);
  const plain = deltas(mfcc(x, { sampleRate: 16000, snipEdges: false }));
  const normalized = (normalize: "none" | "mean" | "variance") =>
    speechFeatures(16000, { normalize }).compute(x);
  assertEquals(normalized("none"), plain);
  assertEquals(normalized("mean"), normalizeUtterance(plain, { variance: false }));
  assertEquals(normalized("variance"), normalizeUtterance(plain));
});

Deno.test("the frames of Graves 2006 are 26 values wide, every 5 ms", () => {
  const { cols, frameSeconds } = speechFeatures(16000, { lengthMs: 10, shiftMs: 5, deltas: 1 });
  assertEquals([cols, frameSeconds], [26, 0.005]);
  const mel = speechFeatures(8000, { base: "log-mel", deltas: 0, normalize: "none" });
  assertEquals([mel.cols, mel.frames(8000)], [40, 100]);
});
