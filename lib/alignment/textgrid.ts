import { requireSegments, type Segment, withoutGaps } from "./segments.ts";

/** One tier of a TextGrid: segments that follow one another without gaps. */
export interface Tier {
  readonly name: string;
  readonly intervals: readonly Segment[];
}

/** A Praat TextGrid of interval tiers, times in seconds. */
export interface TextGrid {
  readonly start: number;
  readonly end: number;
  readonly tiers: readonly Tier[];
}

/**
 * A TextGrid from segments, with an empty interval in every gap.
 *
 * @param tiers Segments by the name of their tier, such as "words" and "labels".
 * @param end The end of the recording, seconds.
 * @throws {RangeError} If a segment has not start < end, segments overlap or lie outside.
 *
 * @example
 * ```ts
 * import { textGrid } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { tiers } = textGrid({ words: [{ start: 0.5, end: 1, text: "are" }] }, 1);
 * assertEquals(tiers[0].intervals.map(({ text }) => text), ["", "are"]);
 * ```
 */
export function textGrid(tiers: Record<string, readonly Segment[]>, end: number): TextGrid {
  return {
    start: 0,
    end,
    tiers: Object.entries(tiers).map(([name, segments]) => ({
      name,
      intervals: withoutGaps(segments, 0, end),
    })),
  };
}

/**
 * A TextGrid as Praat's text, long (with the name of every number) or short.
 *
 * @param options.format Defaults to "long".
 * @throws {RangeError} If a tier is empty or has a gap, an interval has not start < end, or a tier
 * does not go from the start of the grid to its end.
 *
 * Source: the Praat manual, "TextGrid file formats".
 */
export function textGridText(
  grid: TextGrid,
  options: { format?: "long" | "short" } = {},
): string {
  requireGrid(grid);
  const long = options.format !== "short";
  const lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""];
  const put = (indent: number, name: string, value: string | number) => {
    const text = typeof value === "string" ? quoted(value) : String(value);
    lines.push(long ? `${" ".repeat(4 * indent)}${name} = ${text}` : text);
  };
  const head = (indent: number, text: string) => {
    if (long) lines.push(`${" ".repeat(4 * indent)}${text}:`);
  };
  put(0, "xmin", grid.start);
  put(0, "xmax", grid.end);
  lines.push(long ? "tiers? <exists>" : "<exists>");
  put(0, "size", grid.tiers.length);
  head(0, "item []");
  grid.tiers.forEach(({ name, intervals }, n) => {
    head(1, `item [${n + 1}]`);
    put(2, "class", "IntervalTier");
    put(2, "name", name);
    put(2, "xmin", grid.start);
    put(2, "xmax", grid.end);
    put(2, "intervals: size", intervals.length);
    intervals.forEach(({ start, end, text }, i) => {
      head(2, `intervals [${i + 1}]`);
      put(3, "xmin", start);
      put(3, "xmax", end);
      put(3, "text", text);
    });
  });
  return lines.join("\n") + "\n";
}

/**
 * Reads a TextGrid of interval tiers, long or short. As Praat does, it takes the free-standing
 * numbers, the texts in quotes and the flags in angle brackets, and passes over all else.
 *
 * @throws {SyntaxError} If it is no TextGrid, has a tier of points, ends too early, or its
 * intervals do not follow one another; the message names the line.
 */
export function readTextGrid(text: string): TextGrid {
  const tokens = tokensOf(text);
  let at = 0;
  const fail = (expected: string): never => {
    const found = tokens[at];
    throw new SyntaxError(
      `Cannot read the TextGrid as there must be ${expected}: ` +
        (found === undefined ? "it ends before" : `line ${found.line} has ${found.source}`),
    );
  };
  const next = <T>(kind: "number" | "string" | "flag", what: string): T => {
    const token = tokens[at];
    if (token === undefined || typeof token.value !== (kind === "flag" ? "boolean" : kind)) {
      fail(what);
    }
    at++;
    return token.value as T;
  };
  const exactly = (expected: string) => {
    if (tokens[at]?.value !== expected) fail(quoted(expected));
    at++;
  };
  const count = (what: string) => {
    const n = next<number>("number", what);
    if (!Number.isInteger(n) || n < 0) {
      at--;
      fail(what);
    }
    return n;
  };
  exactly("ooTextFile");
  exactly("TextGrid");
  const start = next<number>("number", "xmin"), end = next<number>("number", "xmax");
  const exist = next<boolean>("flag", "<exists> or <absent>");
  const tiers: Tier[] = [];
  for (let left = exist ? count("the number of tiers") : 0; left > 0; left--) {
    exactly("IntervalTier");
    const name = next<string>("string", "the name of a tier");
    next("number", "xmin of a tier");
    next("number", "xmax of a tier");
    const intervals: Segment[] = [];
    for (let n = count("the number of intervals"); n > 0; n--) {
      intervals.push({
        start: next<number>("number", "xmin of an interval"),
        end: next<number>("number", "xmax of an interval"),
        text: next<string>("string", "the text of an interval"),
      });
    }
    tiers.push({ name, intervals });
  }
  const grid = { start, end, tiers };
  try {
    requireGrid(grid);
  } catch (error) {
    throw new SyntaxError(`Cannot read the TextGrid: ${(error as Error).message}`);
  }
  return grid;
}

interface Token {
  readonly value: number | string | boolean;
  readonly source: string;
  readonly line: number;
}

/** Texts in quotes, flags, and numbers with a space or a line's end on either side. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [source] of text.matchAll(/"(?:[^"]|"")*"|<[^>\s]*>|![^\n]*|[^\s"]+|\n/g)) {
    const value = valueOf(source);
    if (value !== undefined) tokens.push({ value, source, line });
    line += source.split("\n").length - 1;
  }
  return tokens;
}

function valueOf(source: string): Token["value"] | undefined {
  if (source.length >= 2 && source.startsWith('"')) {
    return source.slice(1, -1).replaceAll('""', '"');
  }
  if (source === "<exists>") return true;
  if (source === "<absent>") return false;
  if (/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(source)) return Number(source);
  return undefined;
}

/** In quotes, with quotes inside doubled. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function requireGrid({ start, end, tiers }: TextGrid): void {
  if (!(Number.isFinite(start) && Number.isFinite(end) && start < end)) {
    throw new RangeError(`A TextGrid must have start < end: it goes from ${start} to ${end}`);
  }
  for (const { name, intervals } of tiers) {
    try {
      requireSegments(intervals, start, end);
    } catch (error) {
      throw new RangeError(`Tier ${quoted(name)}: ${(error as Error).message}`);
    }
    let at = start;
    for (const segment of [...intervals, { start: end, end }]) {
      if (segment.start !== at) {
        throw new RangeError(
          `The intervals of a tier must have no gap: tier ${quoted(name)} has one from ${at} to ` +
            `${segment.start}`,
        );
      }
      at = segment.end;
    }
  }
}
