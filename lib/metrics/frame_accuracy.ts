import { requireLabels, requireOffsets } from "../numeric/mod.ts";
import { requireFrames } from "./framewise.ts";

/** How often frames inside phones are named rightly, by the frame's place. */
export interface AccuracyByPosition {
  /** Shares at the 1st, 2nd, … frame; NaN where no phone is long enough. */
  readonly start: readonly number[];
  /** Shares at the last frame but n, …, the last but one, the last. */
  readonly end: readonly number[];
}

/**
 * The share of frames whose label is the true one.
 *
 * @param path [N] the label found for every frame
 * @param alignment [N] the true one
 * @throws {RangeError} If there is no frame, or not one true label per frame.
 *
 * @example
 * ```ts
 * import { frameAccuracy } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(frameAccuracy([0, 1, 1, 2], [0, 1, 2, 2]), 0.75);
 * ```
 *
 * Source: Graves & Schmidhuber 2005, section 5: "the percentage of frames correctly classified".
 */
export function frameAccuracy(path: ArrayLike<number>, alignment: ArrayLike<number>): number {
  requireSameLength("a frame accuracy", path, alignment);
  requireLabels("compute a frame accuracy", path, alignment);
  let right = 0;
  for (let t = 0; t < path.length; t++) if (path[t] === alignment[t]) right++;
  return right / path.length;
}

/**
 * The share of phones whose frame at one place has the true label: at the n first places counted
 * from the start of the phone, and at the n last. A phone too short to have a place is left out
 * there; silence, label 0, is no phone.
 *
 * @param path [N] the label found for every frame
 * @param alignment [N] the true one; a phone is a run of equal labels within a sequence
 * @param offsets [B + 1] where the sequences begin
 * @param places The number n.
 * @throws {RangeError} If there is no frame, not one true label per frame, n is not a whole number
 * >= 1, or offsets do not rise from 0 to N.
 *
 * @example
 * ```ts
 * import { accuracyByPosition } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const alignment = [0, 1, 1, 1, 0, 2, 2], path = [0, 2, 1, 1, 0, 2, 0];
 * const { start, end } = accuracyByPosition(path, alignment, [0, 7], 2);
 * assertEquals([start, end], [[0.5, 0.5], [1, 0.5]]);
 * ```
 */
export function accuracyByPosition(
  path: ArrayLike<number>,
  alignment: ArrayLike<number>,
  offsets: ArrayLike<number>,
  places: number,
): AccuracyByPosition {
  requireSameLength("an accuracy by position", path, alignment);
  if (!Number.isInteger(places) || places < 1) {
    throw new RangeError(
      `Cannot compute an accuracy by position as places must be a whole number >= 1: ` +
        `current value is ${places}`,
    );
  }
  requireLabels("compute an accuracy by position", path, alignment);
  requireOffsets("compute an accuracy by position", offsets, path.length);
  const right = new Float64Array(2 * places), all = new Float64Array(2 * places);
  const count = (at: number, t: number) => {
    all[at]++;
    if (path[t] === alignment[t]) right[at]++;
  };
  for (let b = 0; b + 1 < offsets.length; b++) {
    for (let start = offsets[b], end: number; start < offsets[b + 1]; start = end) {
      end = start + 1;
      while (end < offsets[b + 1] && alignment[end] === alignment[start]) end++;
      if (alignment[start] === 0) continue;
      for (let i = 0; i < Math.min(places, end - start); i++) {
        count(i, start + i);
        count(2 * places - 1 - i, end - 1 - i);
      }
    }
  }
  const shares = Array.from(right, (n, i) => n / all[i]);
  return { start: shares.slice(0, places), end: shares.slice(places) };
}

function requireSameLength(
  what: string,
  path: ArrayLike<number>,
  alignment: ArrayLike<number>,
): void {
  requireFrames(what, path.length);
  if (path.length !== alignment.length) {
    throw new RangeError(
      `Cannot compute ${what} as there must be one true label for each of ${path.length} frames: ` +
        `there are ${alignment.length}`,
    );
  }
}
