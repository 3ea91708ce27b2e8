import type { Interval } from "../alignment/mod.ts";
import { requireLabel } from "../numeric/mod.ts";
import { requireFrames } from "./framewise.ts";
import { requireFrameLength, requireIntervals } from "./time_stamp_error.ts";

/**
 * The share of frames that are silence (or blank) in a frame-by-frame labelling. Of the labels of
 * an alignment it is the silence ratio, of the likeliest label of every frame
 * (`bestPath(logProbs)`) the blank rate.
 *
 * @param labels [T] one label per frame
 * @param options.silence The label that is counted; defaults to 0.
 * @throws {RangeError} If there is no frame, or a label or `silence` is not a whole number >= 0.
 *
 * @example
 * ```ts
 * import { silenceRatio } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(silenceRatio([0, 3, 3, 0]), 0.5);
 * ```
 *
 * Source: the alignment paper, section 1 and Tables 2 to 6.
 */
export function silenceRatio(
  labels: ArrayLike<number>,
  options: { silence?: number } = {},
): number {
  const { silence = 0 } = options;
  requireFrames("a ratio of silence", labels.length);
  requireLabel("compute a ratio of silence", "silence", silence);
  let count = 0;
  for (let t = 0; t < labels.length; t++) {
    requireLabel("compute a ratio of silence", "every label", labels[t]);
    if (labels[t] === silence) count++;
  }
  return count / labels.length;
}

/**
 * The mean duration of labels, Σ (end - start) / N.
 *
 * @param spans The spans of all labels of all sequences.
 * @param options.frameLength Length of a frame in whatever unit the result shall have, such as 10 for
 * milliseconds; defaults to 1, which counts frames. Not `frameSeconds`, which is in seconds everywhere.
 * @returns NaN if there is no span.
 * @throws {RangeError} If a span's start or end or the length of a frame is not finite, or the latter
 * is not above 0.
 *
 * Source: the alignment paper, Table 2, "average phoneme duration".
 */
export function meanLabelDuration(
  spans: readonly Interval[],
  options: { frameLength?: number } = {},
): number {
  const { frameLength = 1 } = options;
  requireFrameLength("a mean duration", frameLength);
  requireIntervals("a mean duration", spans);
  return frameLength * spans.reduce((sum, { start, end }) => sum + end - start, 0) / spans.length;
}
