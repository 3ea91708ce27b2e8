import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  nanoseconds,
  readTextGrid,
  type Segment,
  segmentsOf,
  type TextGrid,
  textGrid,
  textGridText,
} from "lib/alignment/mod.ts";
import { recordings } from "../support/recordings.ts";

const segment = (start: number, end: number, text = "a"): Segment => ({ start, end, text });

Deno.test("TextGrid: what is written, long or short, is read back, any text in quotes", () => {
  fc.assert(fc.property(recordings, recordings, ({ segments, end }, other) => {
    const all = Math.max(end, other.end);
    const { start, tiers } = textGrid([["words", segments], ['a "tier"', other.segments]], all);
    const points = segments.map(({ start, text }) => ({ time: start, text }));
    const grid = { start, end: all, tiers: [...tiers, { name: "p", points }, tiers[0]] };
    for (const format of ["long", "short"] as const) {
      const text = textGridText(grid, { format });
      assertEquals(readTextGrid(text), grid);
      assertEquals(readTextGrid(new TextEncoder().encode(text)), grid);
    }
    // Nothing but empty text is added, and gaps are gone.
    const intervals = tiers[0].intervals!;
    assertEquals(intervals.filter(({ text }) => text !== ""), segments);
    assertEquals([intervals[0].start, intervals.at(-1)!.end], [0, all]);
    intervals.slice(1).forEach(({ start }, n) => assertEquals(start, intervals[n].end));
  }));
});

Deno.test("TextGrid: the text is Praat's, long and short", () => {
  const { start, end, tiers } = textGrid({ words: [segment(0.5, 1.25, 'say "a"')] }, 2);
  const points = [{ time: 0.25, text: "H*" }];
  const grid = { start, end, tiers: [...tiers, { name: "tones", points }] };
  assertEquals(
    textGridText(grid),
    `File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "words"
        xmin = 0
        xmax = 2
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 1.25
            text = "say ""a"""
        intervals [3]:
            xmin = 1.25
            xmax = 2
            text = ""
    item [2]:
        class = "TextTier"
        name = "tones"
        xmin = 0
        xmax = 2
        points: size = 1
        points [1]:
            number = 0.25
            mark = "H*"
`,
  );
  assertEquals(
    textGridText(grid, { format: "short" }).split("\n").slice(2, 28).join(" "),
    ' 0 2 <exists> 2 "IntervalTier" "words" 0 2 3 0 0.5 "" 0.5 1.25 "say ""a""" 1.25 2 "" ' +
      '"TextTier" "tones" 0 2 1 0.25 "H*"',
  );
});

Deno.test("textGrid() keeps the order of a list of tiers, and names that occur twice", () => {
  const word = [segment(0, 1)];
  const { tiers } = textGrid([["words", word], ["2", word], ["1", word], ["2", word]], 1);
  assertEquals(tiers.map(({ name }) => name), ["words", "2", "1", "2"]);
  assertEquals(textGrid({ b: word, a: [] }, 1).tiers.map(({ name }) => name), ["b", "a"]);
});

Deno.test("textGrid() cuts the last segment where the recording ends inside its last frame", () => {
  const seconds = 272_141 / 22050;
  const words = segmentsOf([{ start: 0, end: 1235 }], ["a"], { frames: 1235, frameSeconds: 0.01 });
  assertEquals(textGrid({ words }, seconds), {
    start: 0,
    end: nanoseconds(seconds),
    tiers: [{ name: "words", intervals: [segment(0, nanoseconds(seconds))] }],
  });
  const end = (options: { overhang?: number }) =>
    textGrid({ w: [segment(0, 1), segment(1, 2.2)] }, 2, options).tiers[0].intervals?.at(-1)?.end;
  assertEquals([end({ overhang: 0.2 + 1e-12 }), end({ overhang: 5 })], [2, 2]);
  assertThrows(() => end({}), RangeError, "end by 2: segment 1 is 1 to 2.2");
  assertEquals(textGrid({ w: [segment(0, 2.0999)] }, 2).end, 2);
  // Only the last segment, and never all of it.
  assertThrows(() => textGrid({ w: [segment(0, 2.01), segment(2.01, 2.02)] }, 2), RangeError);
  assertThrows(
    () => textGrid({ w: [segment(0, 2), segment(2, 2.05)] }, 2),
    RangeError,
    "segment 1",
  );
});

Deno.test("textGridText() writes no text that is none", () => {
  const none = undefined as unknown as string;
  for (const [name, text] of [["words", none], [none, "a"]]) {
    const intervals = [{ start: 0, end: 1, text }];
    const grid = { start: 0, end: 1, tiers: [{ name, intervals }] };
    assertThrows(() => textGridText(grid), RangeError, "must be a string");
  }
});

Deno.test("textGridText() fills gaps, and moves boundaries by the tolerance at most", () => {
  const grid = (...intervals: Segment[]): TextGrid => ({
    start: 0,
    end: 2,
    tiers: [{ name: "w", intervals }],
  });
  const back = (...intervals: Segment[]) =>
    readTextGrid(textGridText(grid(...intervals))).tiers[0].intervals;
  assertEquals(back(segment(0, 0.5), segment(1, 2 + 1e-9)), [
    segment(0, 0.5),
    segment(0.5, 1, ""),
    segment(1, 2),
  ]);
  assertEquals(back(), [segment(0, 2, "")]);
  const points = (...times: number[]) => ({
    start: 0,
    end: 2,
    tiers: [{ name: "p", points: times.map((time) => ({ time, text: "" })) }],
  });
  assertEquals(
    readTextGrid(textGridText(points(-1e-9, 1, 1, 2 + 1e-9))).tiers[0].points?.map((p) => p.time),
    [0, 1, 1, 2],
  );
  for (
    const [bad, what] of [
      [grid(segment(0, 1.5), segment(1, 2)), 'Tier "w": Segments must follow one another'],
      [grid(segment(0, 2), segment(2, 2)), "segment 1 is 2 to 2"],
      [grid(segment(0, 3)), "segment 0 is 0 to 3"],
      [{ start: 1, end: 1, tiers: [] }, "from 1 to 1"],
      [{ start: 0, end: NaN, tiers: [] }, "from 0 to NaN"],
      [points(1, 0.5), 'Tier "p": points must follow one another'],
      [points(2.1), "point 0 is at 2.1"],
      [points(NaN), "point 0 is at NaN"],
      [grid(segment(0, 2, "a\0")), 'one is "a\\u0000"'],
      [grid(segment(0, 2, "a\r\n")), 'one is "a\\r\\n"'],
      [grid(segment(0, 2, "\udc00")), 'one is "\\udc00"'],
      [{ ...grid(), tiers: [{ name: "\0", points: [] }] }, 'one is "\\u0000"'],
    ] as const
  ) assertThrows(() => textGridText(bad), RangeError, what);
  assertThrows(() => textGrid({ w: [segment(1, 3)] }, 2), RangeError, "end by 2");
});
