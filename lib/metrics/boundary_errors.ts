import type { Interval } from "../alignment/mod.ts";
import { timeStampError } from "./time_stamp_error.ts";

/** How far intervals were found from where they truly are, milliseconds; NaN where there are none. */
export interface BoundaryErrors {
  /** Time stamp error of left and right boundaries: the mean of `onset` and `offset`. */
  readonly tse: number;
  /** Time stamp error of centres. */
  readonly tseCenter: number;
  /** Mean distance of starts. */
  readonly onset: number;
  /** Mean distance of ends. */
  readonly offset: number;
  /** Mean of start - true start. */
  readonly onsetBias: number;
  /** Mean of end - true end. */
  readonly offsetBias: number;
  /** Share of boundaries, starts and ends, that are no further than 10 ms from the truth. */
  readonly within10: number;
  /** Likewise 20 ms. */
  readonly within20: number;
  /** Likewise 50 ms. */
  readonly within50: number;
  /** How many intervals were compared. */
  readonly count: number;
}

/** A nanosecond, milliseconds: what dividing times into frames and back may lose, and far more. */
const rounding = 1e-6;

/**
 * Compares intervals with where they truly are: the time stamp error, and the share of boundaries
 * that are right within 10, 20 and 50 ms.
 *
 * @param found In milliseconds.
 * @param reference The same intervals, where they truly are, in milliseconds.
 * @throws {RangeError} If there are not as many of one as of the other, or a time is not finite.
 *
 * @example
 * ```ts
 * import { boundaryErrors } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { tse, within10, within20 } = boundaryErrors(
 *   [{ start: 40, end: 80 }],
 *   [{ start: 33, end: 95 }],
 * );
 * assertEquals([tse, within10, within20], [11, 0.5, 1]);
 * ```
 *
 * Source: the alignment paper, appendix A.4.2; the shares are those of McAuliffe et al. 2017.
 */
export function boundaryErrors(
  found: readonly Interval[],
  reference: readonly Interval[],
): BoundaryErrors {
  const { count, ...means } = timeStampError(found, reference);
  const within = (limit: number) =>
    found.reduce(
      (sum, { start, end }, n) =>
        sum + near(start, reference[n].start, limit) + near(end, reference[n].end, limit),
      0,
    ) /
    (2 * count);
  return { ...means, within10: within(10), within20: within(20), within50: within(50), count };
}

function near(a: number, b: number, limit: number): number {
  return Math.abs(a - b) <= limit + rounding ? 1 : 0;
}
