import type { Interval } from "../alignment/mod.ts";

/** How far words were found from where they are, in frames or in the unit of `frameLength`. */
export interface TimeStampError {
  /** TSE of left and right boundaries: (Σ |start - true| + |end - true|) / 2N. */
  tse: number;
  /** TSE of centres: Σ |(start + end) / 2 - true| / N. */
  tseCenter: number;
  /** Σ |start - true| / N */
  onset: number;
  /** Σ |end - true| / N */
  offset: number;
  /** Σ (start - true) / N: below 0 where words are found too early. */
  onsetBias: number;
  /** Σ (end - true) / N */
  offsetBias: number;
  /** How many words were compared, N. */
  count: number;
}

/**
 * The time stamp error: the distance of the boundaries of words (or of labels) from those of a
 * reference alignment.
 *
 * @param found The words of all sequences, as aligned.
 * @param reference The same words, where they truly are.
 * @param options.frameLength Length of a frame in whatever unit the result shall have, such as 10 for
 * milliseconds; defaults to 1, which counts frames. Not `frameSeconds`, which is in seconds everywhere.
 * @returns NaN for all means if there is no word.
 * @throws {RangeError} If there are not as many words found as there are in the reference, a start or
 * end is not finite, or the length of a frame is not above 0.
 *
 * @example
 * ```ts
 * import { timeStampError } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const tse = timeStampError([{ start: 3, end: 5 }], [{ start: 2, end: 8 }], { frameLength: 10 });
 * assertEquals([tse.tse, tse.tseCenter, tse.onset, tse.offsetBias], [20, 10, 10, -30]);
 * ```
 *
 * Source: the alignment paper, appendix A.4.2; Zhang et al. 2021 for the centre.
 */
export function timeStampError(
  found: readonly Interval[],
  reference: readonly Interval[],
  options: { frameLength?: number } = {},
): TimeStampError {
  const { frameLength = 1 } = options;
  requireFrameLength("a time stamp error", frameLength);
  requireIntervals("a time stamp error", found);
  requireIntervals("a time stamp error", reference);
  const count = reference.length;
  if (found.length !== count) {
    throw new RangeError(
      `Cannot compute a time stamp error as there must be one interval found for each of the ` +
        `${count} in the reference: there are ${found.length}`,
    );
  }
  const mean = (error: (start: number, end: number) => number) =>
    frameLength *
    found.reduce(
      (sum, { start, end }, n) => sum + error(start - reference[n].start, end - reference[n].end),
      0,
    ) / count;
  const onset = mean((start) => Math.abs(start));
  const offset = mean((_, end) => Math.abs(end));
  return {
    tse: (onset + offset) / 2,
    tseCenter: mean((start, end) => Math.abs(start + end) / 2),
    onset,
    offset,
    onsetBias: mean((start) => start),
    offsetBias: mean((_, end) => end),
    count,
  };
}

/**
 * Checks the length of a frame.
 *
 * @throws {RangeError} If it is not above 0 and finite.
 */
export function requireFrameLength(what: string, frameLength: number): void {
  if (!(frameLength > 0 && frameLength < Infinity)) {
    throw new RangeError(
      `Cannot compute ${what} as frameLength must be > 0: current value is ${frameLength}`,
    );
  }
}

/**
 * Checks intervals.
 *
 * @throws {RangeError} Naming the first interval whose start or end is not finite.
 */
export function requireIntervals(what: string, intervals: readonly Interval[]): void {
  intervals.forEach(({ start, end }, n) => {
    if (!Number.isFinite(start) || !Number.isFinite(end)) {
      throw new RangeError(
        `Cannot compute ${what} as intervals must be finite: interval ${n} is ${start} to ${end}`,
      );
    }
  });
}
