import { type Interval, requireSpans } from "./spans.ts";

/** A piece of a recording with its text, times in seconds: what exporters write. */
export interface Segment {
  /** Seconds from the start of the recording. */
  readonly start: number;
  /** Seconds from the start of the recording. */
  readonly end: number;
  /** What is said; empty for a silence. */
  readonly text: string;
}

/**
 * From spans in frames to segments in seconds, to the nanosecond.
 *
 * @param spans Spans in order, inside `frames` frames.
 * @param texts One text per span.
 * @param options.frames T of the whole sequence.
 * @param options.frameSeconds Length of a frame.
 * @throws {RangeError} If spans overlap, are empty or leave the frames, there is not one text per
 * span, or a frame is shorter than a nanosecond or not finite.
 *
 * @example
 * ```ts
 * import { segmentsOf } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const segments = segmentsOf([{ start: 1, end: 3 }], ["a"], { frames: 4, frameSeconds: 0.25 });
 * assertEquals(segments, [{ start: 0.25, end: 0.75, text: "a" }]);
 * ```
 */
export function segmentsOf(
  spans: readonly Interval[],
  texts: readonly string[],
  options: { frames: number; frameSeconds: number },
): Segment[] {
  const { frames, frameSeconds } = options;
  if (!(frameSeconds >= 1e-9 && frameSeconds < Infinity)) {
    throw new RangeError(
      `Cannot time spans as frameSeconds must be >= 1e-9 and finite: ` +
        `current value is ${frameSeconds}`,
    );
  }
  requireSpans(spans, frames);
  if (texts.length !== spans.length) {
    throw new RangeError(
      `Cannot time spans as there must be one text for each of ${spans.length} spans: ` +
        `there are ${texts.length}`,
    );
  }
  return spans.map(({ start, end }, n) => ({
    start: nanoseconds(start * frameSeconds),
    end: nanoseconds(end * frameSeconds),
    text: texts[n],
  }));
}

/**
 * Seconds rounded to whole nanoseconds: 0.0875, not 0.08750000000000001. Sums and differences of
 * such times, rounded again, are exact.
 */
export function nanoseconds(seconds: number): number {
  // Beyond 104 days doubles are coarser than that. -0 becomes 0.
  return Math.abs(seconds) < 9e6 ? Math.round(seconds * 1e9) / 1e9 + 0 : seconds;
}

/**
 * How far two times may lie apart and still be one boundary, seconds: less than half a sample of
 * any recording of speech, and more than programs lose when they print or round a time.
 */
export const timeTolerance = 1e-5;

/** A segment that does not fit among its neighbours, and its place in the list, from 0. */
export class SegmentError extends RangeError {
  /** The name of the class, as errors print it. */
  override readonly name = "SegmentError";
  /** The place of the segment, from 0. */
  readonly segment: number;

  /**
   * A fault of one segment.
   *
   * @param segment The place of the segment, from 0.
   * @param message What is wrong with it.
   */
  constructor(segment: number, message: string) {
    super(message);
    this.segment = segment;
  }
}

/**
 * The same segments, one touching the next, from `start` to `end`: gaps become segments of empty
 * text, and boundaries that differ by {@link timeTolerance} or less become one.
 *
 * @param segments In the order of time. One of empty text that lasts no longer than the tolerance
 * may be left out.
 * @throws {SegmentError} If a segment has not start < end, or reaches into the one before it or out
 * of start … end by more than the tolerance.
 *
 * @example
 * ```ts
 * import { withoutGaps } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const words = [{ start: 0, end: 1 / 3, text: "a" }, { start: 0.333333, end: 1, text: "b" }];
 * assertEquals(withoutGaps(words, 0, 1.5), [
 *   { start: 0, end: 1 / 3, text: "a" },
 *   { start: 1 / 3, end: 1, text: "b" },
 *   { start: 1, end: 1.5, text: "" },
 * ]);
 * ```
 */
export function withoutGaps(
  segments: readonly Segment[],
  start: number,
  end: number,
): Segment[] {
  const full: Segment[] = [];
  let at = start;
  segments.forEach((segment, n) => {
    const { text } = segment;
    const first = Math.abs(segment.start - at) <= timeTolerance ? at : segment.start;
    const last = Math.abs(segment.end - end) <= timeTolerance ? end : segment.end;
    if (!(segment.start < segment.end && first < last)) {
      if (text === "" && Math.abs(segment.end - segment.start) <= timeTolerance) return;
      throw new SegmentError(
        n,
        `A segment must have start < end: segment ${n} is ${segment.start} to ${segment.end}` +
          (segment.start < segment.end ? `, after ${at} and before ${end}` : ""),
      );
    }
    if (!(first >= at && last <= end)) {
      throw new SegmentError(
        n,
        `Segments must follow one another and end by ${end}: segment ${n} is ${segment.start} ` +
          `to ${segment.end}, after ${at}`,
      );
    }
    if (first > at) full.push({ start: at, end: first, text: "" });
    full.push({ start: first, end: last, text });
    at = last;
  });
  if (at < end) full.push({ start: at, end, text: "" });
  return full;
}
