import { assert, assertEquals, assertThrows } from "@std/assert";
import { nearestMeanAccuracy } from "lib/metrics/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";

const frames = (cols: number, values: number[], labels: number[]) => ({
  x: matrix(labels.length, cols, values),
  labels: Int32Array.from(labels),
});

Deno.test("nearestMeanAccuracy() tells by the nearest mean of all features together", () => {
  // Means (1, 0) and (0, 3).
  const training = frames(2, [0, 0, 2, 0, 0, 3], [7, 7, 4]);
  const test = frames(2, [1, 1, 1, 2, 0, 9], [7, 7, 4]); // the middle one is nearer to (0, 3)
  assertEquals(nearestMeanAccuracy(training, test), 2 / 3);
});

Deno.test("two labels in Gaussian noise are told apart as often as theory says", () => {
  const rng = new RandomState(0);
  const draw = (N: number) => {
    const labels = Array.from({ length: N }, (_, n) => n % 2);
    return frames(1, labels.map((label) => 2 * label + rng.randn()), labels);
  };
  const accuracy = nearestMeanAccuracy(draw(20000), draw(20000));
  assert(Math.abs(accuracy - 0.8413) < 0.01, `Φ(1) = 0.8413, measured ${accuracy}`);
});

Deno.test("a label that was never trained on, or nothing to test, says so", () => {
  const training = frames(1, [0], [1]);
  assertThrows(() => nearestMeanAccuracy(training, frames(1, [0], [2])), RangeError, "2 is not");
  assertThrows(() => nearestMeanAccuracy(training, frames(1, [], [])), RangeError, "at least one");
});

Deno.test("of two means that are equally near, the one that came first in the training counts", () => {
  const test = frames(1, [1], [3]);
  assertEquals(nearestMeanAccuracy(frames(1, [0, 2], [3, 1]), test), 1);
  assertEquals(nearestMeanAccuracy(frames(1, [0, 2], [1, 3]), test), 0);
});

Deno.test("frames that are not finite, or not one label each, are refused", () => {
  const good = frames(1, [0], [1]), bad = frames(1, [NaN], [1]);
  assertThrows(() => nearestMeanAccuracy(bad, good), RangeError, "training frames must be finite");
  assertThrows(() => nearestMeanAccuracy(good, bad), RangeError, "test frames must be finite");
  const more = { ...good, labels: Int32Array.of(1, 1) };
  assertThrows(() => nearestMeanAccuracy(more, good), RangeError, "1 training frames: there are 2");
});
