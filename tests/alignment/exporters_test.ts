import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  alignmentJson,
  ctcTopology,
  ctmText,
  hmmTopology,
  nanoseconds,
  readAlignmentJson,
  readCtm,
  readTextGrid,
  type Segment,
  segmentsOf,
  textGrid,
  textGridText,
  viterbi,
} from "lib/alignment/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { randomMatrix } from "../support/matrices.ts";

const segment = (start: number, end: number, text = "a"): Segment => ({ start, end, text });

/** Segments of random spans of a random frame length, and the end of their recording. */
const recordings = fc.record({
  lengths: fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 9 })), { maxLength: 8 }),
  frameSeconds: fc.constantFrom(0.01, 0.0125, 0.1, 1 / 3, 0.04),
  texts: fc.infiniteStream(fc.string({ minLength: 1, maxLength: 4, unit: "grapheme" })),
  rest: fc.nat(3),
}).map(({ lengths, frameSeconds, texts, rest }) => {
  let at = 0;
  const spans = lengths.map(([gap, n]) => {
    const start = at + gap;
    at = start + n;
    return { start, end: at };
  });
  const frames = Math.max(1, at + rest);
  const names = spans.map(() => texts.next().value as string);
  return {
    segments: segmentsOf(spans, names, { frames, frameSeconds }),
    end: nanoseconds(frames * frameSeconds),
  };
});

Deno.test("TextGrid: what is written, long or short, is read back, any text in quotes", () => {
  fc.assert(fc.property(recordings, recordings, ({ segments, end }, other) => {
    const all = Math.max(end, other.end);
    const grid = textGrid({ words: segments, 'a "tier"': other.segments }, all);
    for (const format of ["long", "short"] as const) {
      assertEquals(readTextGrid(textGridText(grid, { format })), grid);
    }
    // Nothing but empty text is added, and gaps are gone.
    const [{ intervals }] = grid.tiers;
    assertEquals(intervals.filter(({ text }) => text !== ""), segments);
    assertEquals([intervals[0].start, intervals.at(-1)!.end], [0, all]);
    intervals.slice(1).forEach(({ start }, n) => assertEquals(start, intervals[n].end));
  }));
});

Deno.test("TextGrid: the text is Praat's, long and short", () => {
  const grid = textGrid({ words: [segment(0.5, 1.25, 'say "a"')] }, 2);
  assertEquals(
    textGridText(grid),
    `File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2
tiers? <exists>
size = 1
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
`,
  );
  assertEquals(
    textGridText(grid, { format: "short" }).split("\n").slice(2, 15).join(" "),
    ' 0 2 <exists> 1 "IntervalTier" "words" 0 2 3 0 0.5 ""',
  );
});

Deno.test("TextGrid: comments, other spacing and no tiers are read", () => {
  const text = `File type = "ooTextFile" Object class = "TextGrid"
    0 1.5e0 ! from nought to one and a half
    <exists> 1 "IntervalTier" "w" 0 1.5 1 0 1.5 "two
lines"`;
  assertEquals(readTextGrid(text).tiers[0].intervals, [segment(0, 1.5, "two\nlines")]);
  const none = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n1\n<absent>\n';
  assertEquals(readTextGrid(none), { start: 0, end: 1, tiers: [] });
});

Deno.test("TextGrid: gaps, overlaps and empty intervals are neither written nor read", () => {
  const grid = (...intervals: Segment[]) => ({
    start: 0,
    end: 2,
    tiers: [{ name: "w", intervals }],
  });
  const cases: [Segment[], string][] = [
    [[segment(0, 1)], 'tier "w" has one from 1 to 2'],
    [[segment(0, 0.5), segment(1, 2)], 'tier "w" has one from 0.5 to 1'],
    [[segment(0, 1.5), segment(1, 2)], "segment 1 is 1 to 2, after 1.5"],
    [[segment(0, 2), segment(2, 2)], "segment 1 is 2 to 2"],
    [[segment(0, 3)], "segment 0 is 0 to 3"],
    [[], 'tier "w" has one from 0 to 2'],
  ];
  for (const [intervals, what] of cases) {
    assertThrows(() => textGridText(grid(...intervals)), RangeError, what);
    const rows = intervals.map(({ start, end }) => `${start} ${end} "a"`).join(" ");
    const text = `"ooTextFile" "TextGrid" 0 2 <exists> 1 "IntervalTier" "w" 0 2 ` +
      `${intervals.length} ${rows}`;
    assertThrows(() => readTextGrid(text), SyntaxError, what);
  }
  assertThrows(() => textGrid({ w: [segment(1, 3)] }, 2), RangeError, "end by 2");
  assertThrows(() => textGridText({ start: 1, end: 1, tiers: [] }), RangeError, "from 1 to 1");
});

Deno.test("readTextGrid() says at which line it was lost", () => {
  const head = 'File type = "ooTextFile"\nObject class = "TextGrid"\n';
  for (
    const [text, what] of [
      ["", 'there must be "ooTextFile": it ends before'],
      ['"ooTextFile" "Pitch"', 'there must be "TextGrid": line 1 has "Pitch"'],
      [`${head}0\n"x"`, 'xmax: line 4 has "x"'],
      [`${head}0 1 <exists>\n1\n"TextTier"`, '"IntervalTier": line 5 has "TextTier"'],
      [`${head}0 1 <exists> 1 "IntervalTier" "w" 0 1\n1.5`, "number of intervals: line 4 has 1.5"],
      [`${head}0 1 <exists> 1 "IntervalTier" "w" 0 1 1 0 1`, "text of an interval: it ends before"],
    ]
  ) assertThrows(() => readTextGrid(text), SyntaxError, what);
});

Deno.test("CTM: what is written is read back, to the bit", () => {
  fc.assert(fc.property(recordings, fc.boolean(), ({ segments }, confident) => {
    const rows = segments.map((s, n) => ({
      ...s,
      text: `w${n}`,
      recording: "rec-1",
      channel: "A",
      ...(confident ? { confidence: n / 10 } : {}),
    }));
    assertEquals(readCtm(ctmText(rows)), rows);
  }));
});

Deno.test("CTM: durations are short, comments are passed over", () => {
  const row = { recording: "r", channel: "1", ...segment(0.1, 0.1 + 0.2) };
  assertEquals(ctmText([row]), "r 1 0.1 0.2 a\n");
  assertEquals(readCtm(";; a comment\r\n\r\nr 1 0.5 0.25 a 0.9\r\n"), [
    { recording: "r", channel: "1", start: 0.5, end: 0.75, text: "a", confidence: 0.9 },
  ]);
});

Deno.test("CTM: what cannot be a line is not written, what is none not read", () => {
  const row = { recording: "r", channel: "1", ...segment(0, 1) };
  for (
    const [rows, what] of [
      [[{ ...row, text: "two words" }], 'text of segment 0 is "two words"'],
      [[{ ...row, recording: "" }], 'recording of segment 0 is ""'],
      [[{ ...row, end: 0 }], "segment 0 is 0 to 0"],
      [[row, { ...row, start: 0.5, end: 2 }], "segment 1 is 0.5 to 2, after 1"],
      [[{ ...row, confidence: 2 }], "that of segment 0 is 2"],
      [[{ ...row, start: NaN }], "NaN"],
    ] as const
  ) assertThrows(() => ctmText(rows), RangeError, what);
  ctmText([row, { ...row, channel: "2" }]); // other channels may overlap
  for (const line of ["r 1 0 1", "r 1 x 1 a", "r 1 0 -1 a", "r 1 0 1 a 0.5 more"]) {
    assertThrows(() => readCtm(`\n${line}`), SyntaxError, "line 2 must be");
  }
});

Deno.test("JSON: an alignment is read back, and its spans fit its frames", () => {
  const logProbs = randomMatrix(new RandomState(1), 9, 3);
  const { score, spans } = viterbi(logProbs, hmmTopology([[1, 1], [2]], { silence: 0 }));
  const text = alignmentJson({ score, spans }, { frames: 9, frameSeconds: 0.01 });
  assertEquals(readAlignmentJson(text), { frames: 9, frameSeconds: 0.01, score, spans });
  const names = ["ε", "l", "e"];
  const named = readAlignmentJson(
    alignmentJson({ score, spans }, { frames: 9, frameSeconds: 0.01, names }),
  );
  assertEquals(named.spans.map(({ text }) => text), ["l", "l", "e"]);
});

Deno.test("JSON: a target without a path has a score of null, read as -Infinity", () => {
  const alignment = viterbi(matrix(1, 3), ctcTopology([1, 2]));
  const text = alignmentJson(alignment, { frames: 1, frameSeconds: 0.01 });
  assertEquals(text, '{"frames":1,"frameSeconds":0.01,"score":null,"spans":[]}\n');
  assertEquals(readAlignmentJson(text).score, -Infinity);
});

Deno.test("JSON: what is no alignment is neither written nor read", () => {
  const span = { index: 0, label: 1, start: 0, end: 2, score: -1 };
  const options = { frames: 2, frameSeconds: 0.01 };
  for (
    const [change, more, what] of [
      [{ end: 3 }, {}, "span 0 is 0 to 3"],
      [{ start: 2 }, {}, "span 0 is 2 to 2"],
      [{ label: NaN }, {}, "finite label"],
      [{}, { frameSeconds: 0 }, "2 frames of 0 seconds"],
      [{}, { frames: 0.5 }, "0.5 frames"],
    ] as const
  ) {
    const alignment = { score: -1, spans: [{ ...span, ...change }] };
    assertThrows(() => alignmentJson(alignment, { ...options, ...more }), RangeError, what);
    const text = JSON.stringify({ ...options, ...more, ...alignment });
    assertThrows(() => readAlignmentJson(text), SyntaxError, "Cannot read the alignment");
  }
  for (const text of ["", "{}", "[1]", '{"frames":2,"frameSeconds":1,"score":0,"spans":{}}']) {
    assertThrows(() => readAlignmentJson(text), SyntaxError, "Cannot read the alignment");
  }
});

Deno.test("segmentsOf() times spans, and refuses what does not fit", () => {
  const at = (frameSeconds: number, texts = ["a"], frames = 4) => () =>
    segmentsOf([{ start: 1, end: 3 }], texts, { frames, frameSeconds });
  assertEquals(at(0.5)(), [segment(0.5, 1.5)]);
  for (const bad of [0, -1, NaN, Infinity]) assertThrows(at(bad), RangeError, `${bad}`);
  assertThrows(at(1, []), RangeError, "1 spans: there are 0");
  assertThrows(at(1, ["a"], 2), RangeError, "inside 2 frames");
  assert(at(0.01)()[0].start < at(0.01)()[0].end);
});
