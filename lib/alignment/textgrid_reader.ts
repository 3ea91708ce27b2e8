import { excerpt } from "../form/json.ts";
import { praatDecoded, PraatText, type PraatToken } from "./praat_text.ts";
import { timeTolerance } from "./segments.ts";
import { mended, type TextGrid, type Tier, TierError } from "./textgrid.ts";

/** A tier as the file has it: its domain, and where its items stand. */
interface RawTier {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly points: boolean;
  readonly items: { start: number; end: number; text: string; offset: number }[];
}

/**
 * Reads a TextGrid, as Praat's text: long, short or chronological.
 *
 * Like Praat, it takes the free-standing numbers, the texts in quotes and the flags in angle
 * brackets, and passes over all other words and comments ("!"). Items are put in the order of time.
 * Tiers with domains of their own are read: the grid goes from the first start to the last end.
 * Gaps become empty intervals, and boundaries that differ by `timeTolerance` or less become one.
 *
 * @param input The bytes of the file, or its text.
 * @param options.encoding That of bytes which are neither UTF-16 nor UTF-8; defaults to
 * "windows-1252".
 * @throws {SyntaxError} If it is no TextGrid, ends too early or goes on after its last tier, a
 * quote inside a text is not doubled, or intervals overlap or have not start < end; the message
 * names the line.
 *
 * @example
 * ```ts
 * import { readTextGrid, textGrid, textGridText } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const grid = textGrid({ words: [{ start: 0.5, end: 1, text: "are" }] }, 1);
 * assertEquals(readTextGrid(new TextEncoder().encode(textGridText(grid))), grid);
 * ```
 *
 * Source: the Praat manual, "TextGrid file formats"; Praat 6.1, fon/TextGrid.cpp.
 */
export function readTextGrid(
  input: string | Uint8Array,
  options: { encoding?: string } = {},
): TextGrid {
  const text = new PraatText(
    typeof input === "string" ? input : praatDecoded(input, options.encoding),
  );
  const chronological = text.text.startsWith('"Praat chronological TextGrid text file"');
  const { start, end, tiers } = chronological ? chronologicalGrid(text) : plainGrid(text);
  // Where there are no tiers, "item []:" stands after their number all the same.
  const rest = text.next(tiers.length > 0);
  if (rest.kind !== "end") lost(text, rest, "nothing more");
  for (const { items } of tiers) items.sort((a, b) => a.start - b.start);
  const hull = (of: (tier: RawTier) => number, grid: number, side: number) =>
    tiers.reduce((far, tier) => side * (of(tier) - far) > timeTolerance ? of(tier) : far, grid);
  try {
    return mended({
      start: hull(({ items, start }) => Math.min(start, items[0]?.start ?? start), start, -1),
      end: hull(
        ({ items, end }) => items.reduce((far, item) => Math.max(far, item.end), end),
        end,
        1,
      ),
      tiers: tiers.map(({ name, points, items }): Tier =>
        points
          ? { name, points: items.map(({ start: time, text }) => ({ time, text })) }
          : { name, intervals: items }
      ),
    });
  } catch (error) {
    if (error instanceof TierError) {
      text.fail(tiers[error.tier].items[error.item].offset, error.message);
    }
    return text.fail(0, (error as Error).message);
  }
}

/** Long or short: the tiers one after the other. */
function plainGrid(text: PraatText): { start: number; end: number; tiers: RawTier[] } {
  one(text, "ooTextFile", "ooTextFile short");
  one(text, "TextGrid", "TextGrid 0");
  const start = number(text, "xmin"), end = number(text, "xmax");
  const tiers: RawTier[] = [];
  if (flag(text) === "<absent>") return { start, end, tiers };
  for (let left = count(text, "the number of tiers"); left > 0; left--) {
    const points = one(text, "IntervalTier", "TextTier") === "TextTier";
    const tier = {
      name: string(text, "the name of a tier"),
      start: number(text, "xmin of a tier"),
      end: number(text, "xmax of a tier"),
      points,
      items: [] as RawTier["items"],
    };
    const what = points ? "a point" : "an interval";
    for (let n = count(text, `the number of ${points ? "points" : "intervals"}`); n > 0; n--) {
      item(text, tier, what);
    }
    tiers.push(tier);
  }
  return { start, end, tiers };
}

/** All tiers first, then all items in the order of time, each with the number of its tier. */
function chronologicalGrid(text: PraatText): { start: number; end: number; tiers: RawTier[] } {
  text.next();
  const start = number(text, "xmin"), end = number(text, "xmax");
  const tiers: RawTier[] = [];
  for (let left = count(text, "the number of tiers"); left > 0; left--) {
    tiers.push({
      points: one(text, "IntervalTier", "TextTier") === "TextTier",
      name: string(text, "the name of a tier"),
      start: number(text, "xmin of a tier"),
      end: number(text, "xmax of a tier"),
      items: [],
    });
  }
  for (let token = text.next(true); token.kind !== "end"; token = text.next(true)) {
    const tier = token.kind === "number" ? tiers[token.value as number - 1] : undefined;
    if (tier === undefined) return lost(text, token, `a number from 1 to ${tiers.length}`);
    item(text, tier, tier.points ? "a point" : "an interval");
  }
  return { start, end, tiers };
}

function item(text: PraatText, { points, items }: RawTier, what: string): void {
  const token = text.next();
  const { offset } = token;
  const start = token.kind === "number"
    ? token.value as number
    : lost(text, token, `${points ? "the time" : "xmin"} of ${what}`);
  const end = points ? start : number(text, `xmax of ${what}`);
  items.push({ start, end, text: string(text, `the text of ${what}`), offset });
}

function lost(text: PraatText, { kind, source, offset }: PraatToken, expected: string): never {
  const found = kind === "end" ? "it ends before" : `it is ${excerpt(source)}`;
  return text.fail(offset, `there must be ${expected}: ${found}`);
}

function number(text: PraatText, what: string): number {
  const token = text.next();
  return token.kind === "number" ? token.value as number : lost(text, token, what);
}

function count(text: PraatText, what: string): number {
  const token = text.next();
  const whole = token.kind === "number" && Number.isInteger(token.value) &&
    Number(token.value) >= 0;
  return whole ? token.value as number : lost(text, token, what);
}

function string(text: PraatText, what: string): string {
  const token = text.next();
  return token.kind === "text" ? token.value as string : lost(text, token, what);
}

function one(text: PraatText, ...values: string[]): string {
  const token = text.next();
  if (token.kind === "text" && values.includes(token.value as string)) return token.value as string;
  return lost(text, token, values.map((value) => `"${value}"`).join(" or "));
}

function flag(text: PraatText): string {
  const token = text.next();
  if (token.source === "<exists>" || token.source === "<absent>") return token.source;
  return lost(text, token, "<exists> or <absent>");
}
