import { type Interval, requireSpans } from "./spans.ts";

/** A piece of a recording with its text, times in seconds: what exporters write. */
export interface Segment {
  /** Seconds from the start of the recording. */
  readonly start: number;
  readonly end: number;
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
 * span, or the length of a frame is not above 0.
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
  if (!(frameSeconds > 0 && frameSeconds < Infinity)) {
    throw new RangeError(
      `Cannot time spans as frameSeconds must be > 0: current value is ${frameSeconds}`,
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
  return Math.round(seconds * 1e9) / 1e9;
}

/**
 * Checks that segments lie in time one after the other, start < end, inside start … end.
 *
 * @throws {RangeError} Naming the first segment that does not.
 */
export function requireSegments(segments: readonly Segment[], start: number, end: number): void {
  let before = start;
  segments.forEach((segment, n) => {
    const { start, end: last } = segment;
    if (!(Number.isFinite(start) && Number.isFinite(last) && start < last)) {
      throw new RangeError(
        `A segment must have start < end: segment ${n} is ${start} to ${last}`,
      );
    }
    if (start < before || last > end) {
      throw new RangeError(
        `Segments must follow one another and end by ${end}: segment ${n} is ${start} to ` +
          `${last}, after ${before}`,
      );
    }
    before = last;
  });
}

/** The same segments, with empty text in every gap from `start` to `end`. */
export function withoutGaps(
  segments: readonly Segment[],
  start: number,
  end: number,
): Segment[] {
  requireSegments(segments, start, end);
  const full: Segment[] = [];
  let at = start;
  for (const segment of segments) {
    if (segment.start > at) full.push({ start: at, end: segment.start, text: "" });
    full.push(segment);
    at = segment.end;
  }
  if (at < end) full.push({ start: at, end, text: "" });
  return full;
}
