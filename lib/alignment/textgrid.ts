import { nanoseconds, type Segment, SegmentError, timeTolerance, withoutGaps } from "./segments.ts";

/** A tier of segments that follow one another without gaps. */
export interface IntervalTier {
  /** What the tier is called, such as "words". */
  readonly name: string;
  /** In order of time, one touching the next. */
  readonly intervals: readonly Segment[];
  /** None: that is what tells it from a tier of points. */
  readonly points?: undefined;
}

/** A moment and what is there, such as a tone or a click. */
export interface Point {
  /** Seconds from the start of the recording. */
  readonly time: number;
  /** What is there, in words. */
  readonly text: string;
}

/** A tier of points in the order of time. Praat's class for it is TextTier. */
export interface PointTier {
  /** What the tier is called. */
  readonly name: string;
  /** In order of time. */
  readonly points: readonly Point[];
  /** None: that is what tells it from a tier of segments. */
  readonly intervals?: undefined;
}

/** A tier of either class; `intervals` or `points` says of which. */
export type Tier = IntervalTier | PointTier;

/** A Praat TextGrid, times in seconds. Every tier goes from its start to its end. */
export interface TextGrid {
  /** Seconds. */
  readonly start: number;
  /** Seconds, above `start`. */
  readonly end: number;
  /** From top to bottom. */
  readonly tiers: readonly Tier[];
}

/** Segments by the name of their tier. */
export type NamedSegments =
  | Readonly<Record<string, readonly Segment[]>>
  | readonly (readonly [name: string, segments: readonly Segment[]])[];

/**
 * A TextGrid of interval tiers from segments, with an empty interval in every gap.
 *
 * @param tiers Segments with the name of their tier, such as "words" and "labels": a list of pairs,
 * or a record, of which JavaScript puts names like "2" first.
 * @param end The end of the recording, seconds, rounded to the nanosecond.
 * @param options.overhang How far the last segment of a tier may reach past the end, seconds; there
 * it is cut. Recordings end inside their last frame, so that it defaults to 0.1, the longest frame
 * in use.
 * @throws {RangeError} If a segment has not start < end, segments overlap or lie outside.
 *
 * @example
 * ```ts
 * import { textGrid } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { tiers } = textGrid([["words", [{ start: 0.5, end: 1, text: "are" }]]], 0.996);
 * assertEquals(tiers[0].intervals?.map(({ end }) => end), [0.5, 0.996]);
 * ```
 */
export function textGrid(
  tiers: NamedSegments,
  end: number,
  options: { overhang?: number } = {},
): TextGrid {
  const { overhang = 0.1 } = options;
  const last = nanoseconds(end);
  const cut = (segments: readonly Segment[]) => {
    const final = segments.at(-1);
    return final === undefined || !(final.end > last && final.end <= last + overhang)
      ? segments
      : segments.with(-1, { ...final, end: last });
  };
  const pairs = Array.isArray(tiers) ? tiers : Object.entries(tiers);
  return mended({
    start: 0,
    end: last,
    tiers: pairs.map(([name, segments]) => ({ name, intervals: cut(segments) })),
  });
}

/**
 * A TextGrid as Praat's text, long (with the name of every number) or short. Gaps become empty
 * intervals, and boundaries that differ by `timeTolerance` or less become one.
 *
 * @param options.format Defaults to "long".
 * @throws {RangeError} If the grid or an interval has not start < end, intervals overlap, a tier
 * reaches out of the grid, points are not in the order of time, or a text has a character that
 * Praat cannot read: NUL, a carriage return, or half of a surrogate pair.
 *
 * Source: the Praat manual, "TextGrid file formats".
 */
export function textGridText(
  grid: TextGrid,
  options: { format?: "long" | "short" } = {},
): string {
  const { start, end, tiers } = mended(grid);
  const long = options.format !== "short";
  const lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""];
  const put = (indent: number, name: string, value: string | number) => {
    const text = typeof value === "number" ? String(value) : quoted(value);
    lines.push(long ? `${" ".repeat(4 * indent)}${name} = ${text}` : text);
  };
  const head = (indent: number, text: string) => {
    if (long) lines.push(`${" ".repeat(4 * indent)}${text}:`);
  };
  put(0, "xmin", start);
  put(0, "xmax", end);
  lines.push(long ? "tiers? <exists>" : "<exists>");
  put(0, "size", tiers.length);
  head(0, "item []");
  tiers.forEach(({ name, intervals, points }, n) => {
    head(1, `item [${n + 1}]`);
    put(2, "class", intervals === undefined ? "TextTier" : "IntervalTier");
    put(2, "name", name);
    put(2, "xmin", start);
    put(2, "xmax", end);
    put(
      2,
      intervals === undefined ? "points: size" : "intervals: size",
      (intervals ?? points).length,
    );
    intervals?.forEach(({ start, end, text }, i) => {
      head(2, `intervals [${i + 1}]`);
      put(3, "xmin", start);
      put(3, "xmax", end);
      put(3, "text", text);
    });
    points?.forEach(({ time, text }, i) => {
      head(2, `points [${i + 1}]`);
      put(3, "number", time);
      put(3, "mark", text);
    });
  });
  return lines.join("\n") + "\n";
}

/** In quotes, with quotes inside doubled. */
function quoted(text: string): string {
  if (typeof text !== "string" || /[\0\r]/.test(text) || !text.isWellFormed()) {
    throw new RangeError(
      `A text of a TextGrid must be a string and have no NUL, no carriage return and no half of ` +
        `a surrogate pair: one is ${JSON.stringify(text)}`,
    );
  }
  return `"${text.replaceAll('"', '""')}"`;
}

/** A fault in one tier: its number, from 0, and that of the interval or point. */
export class TierError extends RangeError {
  /** The name of the class, as errors print it. */
  override readonly name = "TierError";
  /** The number of the tier, from 0. */
  readonly tier: number;
  /** The number of the interval or point in it, from 0. */
  readonly item: number;

  /**
   * A fault of one interval or point.
   *
   * @param tier The number of the tier, from 0.
   * @param item The number of the interval or point in it, from 0.
   * @param message What is wrong with it.
   */
  constructor(tier: number, item: number, message: string) {
    super(message);
    this.tier = tier;
    this.item = item;
  }
}

/**
 * The same grid, its interval tiers without gaps.
 *
 * @throws {RangeError} As {@link textGridText} says.
 */
export function mended({ start, end, tiers }: TextGrid): TextGrid {
  if (!(Number.isFinite(start) && Number.isFinite(end) && start < end)) {
    throw new RangeError(`A TextGrid must have start < end: it goes from ${start} to ${end}`);
  }
  return { start, end, tiers: tiers.map((tier, n) => mendedTier(tier, n, start, end)) };
}

function mendedTier(tier: Tier, n: number, start: number, end: number): Tier {
  const { name, intervals, points } = tier;
  if (intervals === undefined) {
    let before = start;
    const inside = points.map(({ time, text }, i) => {
      const at = time < start && time >= start - timeTolerance
        ? start
        : time > end && time <= end + timeTolerance
        ? end
        : time;
      if (!(at >= before && at <= end)) {
        throw new TierError(
          n,
          i,
          `Tier ${JSON.stringify(name)}: points must follow one another and lie by ${end}: ` +
            `point ${i} is at ${time}, after ${before}`,
        );
      }
      before = at;
      return { time: at, text };
    });
    return { name, points: inside };
  }
  try {
    return { name, intervals: withoutGaps(intervals, start, end) };
  } catch (error) {
    if (!(error instanceof SegmentError)) throw error;
    throw new TierError(n, error.segment, `Tier ${JSON.stringify(name)}: ${error.message}`);
  }
}
