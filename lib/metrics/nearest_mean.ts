import type { LabelledFrames } from "../corpora/phones.ts";
import { requireFinite } from "../numeric/mod.ts";

/**
 * How often the nearest class mean is the right one: the share of test frames whose label's mean
 * over the training frames is nearer than every other label's. About the simplest classifier there
 * is, and the best one where every label is its mean plus the same noise in every direction.
 *
 * label(x) = argminₖ ‖x - meanₖ‖²
 *
 * @param training Frames to take the means of; every label of the test must be there.
 * @param test Frames to classify.
 * @throws {RangeError} If a label of the test is not in the training, there is no test frame, a frame
 * is not finite, or there is not one label per frame.
 *
 * @example
 * ```ts
 * import { nearestMeanAccuracy } from "lib/metrics/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const training = { x: matrix(3, 1, [0, 2, 9]), labels: Int32Array.of(1, 1, 2) }; // means 1, 9
 * const test = { x: matrix(2, 1, [4, 6]), labels: Int32Array.of(1, 1) };
 * assertEquals(nearestMeanAccuracy(training, test), 0.5);
 * ```
 */
export function nearestMeanAccuracy(training: LabelledFrames, test: LabelledFrames): number {
  requireLabelled("training", training);
  requireLabelled("test", test);
  const means = classMeans(training);
  if (test.labels.length === 0) {
    throw new RangeError("Cannot measure accuracy as there must be at least one test frame");
  }
  const unknown = test.labels.find((label) => !means.has(label));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot measure accuracy as every label must be among the training frames: ${unknown} is not`,
    );
  }
  const { data, cols } = test.x;
  let right = 0;
  test.labels.forEach((label, n) => {
    if (nearest(means, data.subarray(n * cols, (n + 1) * cols)) === label) right++;
  });
  return right / test.labels.length;
}

function requireLabelled(which: string, { x, labels }: LabelledFrames): void {
  requireFinite(`The ${which} frames`, x);
  if (labels.length !== x.rows) {
    throw new RangeError(
      `Cannot measure accuracy as there must be one label for each of ${x.rows} ${which} frames: ` +
        `there are ${labels.length}`,
    );
  }
}

function classMeans({ x, labels }: LabelledFrames): Map<number, Float64Array> {
  const sums = new Map<number, Float64Array>();
  const counts = new Map<number, number>();
  labels.forEach((label, n) => {
    const sum = sums.get(label) ?? new Float64Array(x.cols);
    for (let i = 0; i < x.cols; i++) sum[i] += x.data[n * x.cols + i];
    sums.set(label, sum);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  });
  sums.forEach((sum, label) => {
    for (let i = 0; i < sum.length; i++) sum[i] /= counts.get(label)!;
  });
  return sums;
}

/** Of equally near means, the one that came first in the training. */
function nearest(means: ReadonlyMap<number, Float64Array>, x: Float64Array): number {
  let best = -1, least = Infinity;
  means.forEach((mean, label) => {
    let distance = 0;
    for (let i = 0; i < x.length; i++) distance += (x[i] - mean[i]) ** 2;
    if (distance < least) [best, least] = [label, distance];
  });
  return best;
}
