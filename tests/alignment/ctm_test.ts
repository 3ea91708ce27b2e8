import { assert, assertEquals, assertLess, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type CtmSegment, ctmText, readCtm } from "lib/alignment/mod.ts";
import { mutilated } from "../support/mutilated.ts";
import { recordings } from "../support/recordings.ts";

const word = (start: number, end: number, text: string, more: Partial<CtmSegment> = {}) => ({
  recording: "7001",
  channel: "A",
  start,
  end,
  text,
  ...more,
});

/** Words of the kinds that NIST's specification shows. */
const specification = `;;
;;  a remark
;;

7001 A 3.21 0.3  HALLO -5.25
7001 A   *    *   <ALT_BEGIN>
7001 A 3.60 0.22 UM
7001 A   *    *   <ALT>
7001 A 3.60 0.12 UH
7001 A 3.75 0.12 UH
7001 A   *    *   <ALT>
7001 A   *    *   <ALT_END>
7001 A 4.10 0.5  WELT 1.75
`;

Deno.test("CTM: the specification's own kinds of lines are read", () => {
  const um = (branch: number) => ({ alternative: { stretch: 0, branch, branches: 3 } });
  assertEquals(readCtm(specification), [
    word(3.21, 3.51, "HALLO", { confidence: -5.25 }),
    word(3.6, 3.82, "UM", um(0)),
    word(3.6, 3.72, "UH", um(1)),
    word(3.75, 3.87, "UH", um(1)),
    word(4.1, 4.6, "WELT", { confidence: 1.75 }),
  ]);
});

Deno.test("CTM: alternatives are written as they are read, empty ones too", () => {
  assertEquals(
    ctmText(readCtm(specification)),
    `7001 A 3.21 0.3 HALLO -5.25
7001 A * * <ALT_BEGIN>
7001 A 3.6 0.22 UM
7001 A * * <ALT>
7001 A 3.6 0.12 UH
7001 A 3.75 0.12 UH
7001 A * * <ALT>
7001 A * * <ALT_END>
7001 A 4.1 0.5 WELT 1.75
`,
  );
  const tag = (text: string) => `7001 A * * ${text}\n`;
  const alternatives = tag("<ALT_BEGIN>") + tag("<ALT>") + "7001 A 1 1 a\n" + tag("<ALT_END>");
  assertEquals(ctmText(readCtm(alternatives + alternatives)), alternatives + alternatives);
  assertEquals(readCtm(tag("<alt_begin>") + tag("<Alt>") + tag("<alt_end>")), []);
});

Deno.test("CTM: a type and a speaker follow the confidence, and NA is none", () => {
  const lines = "7001 A 0 1 a 0.5 lex bo\n7001 A 1 1 b NA fp\n7001 A 2 1 c na lex bo\n";
  const rows = [
    word(0, 1, "a", { confidence: 0.5, type: "lex", speaker: "bo" }),
    word(1, 2, "b", { type: "fp" }),
    word(2, 3, "c", { type: "lex", speaker: "bo" }),
  ];
  assertEquals(readCtm(lines), rows);
  assertEquals(readCtm(ctmText(rows)), rows);
  assertEquals(ctmText([word(0, 1, "a", { speaker: "bo" })]), "7001 A 0 1 a NA lex bo\n");
  assertEquals(readCtm("7001 A 0 1 a NA"), [word(0, 1, "a")]);
});

Deno.test("CTM: only ASCII blanks part columns", () => {
  for (const text of ["10\u00a0000", "1\u00a01", "東\u3000京", "a\u2028b", "a\u0085b", "\ufeffa"]) {
    assertEquals(readCtm(ctmText([word(0, 1, text)])), [word(0, 1, text)]);
    assertEquals(readCtm(`7001 A 0 1 ${text} 0.9\n`), [word(0, 1, text, { confidence: 0.9 })]);
  }
  assertEquals(readCtm("\ufeff\t7001\tA  0\v1\fa \r\n"), [word(0, 1, "a")]);
  assertEquals(readCtm(" ;; a b c d e\r7001 A 0 1 a\r"), [word(0, 1, "a")]);
});

Deno.test("CTM: what is written is read back, to the bit", () => {
  fc.assert(fc.property(recordings, fc.boolean(), ({ segments }, confident) => {
    const rows = segments.map((s, n) => ({
      ...s,
      text: `w${n}`,
      recording: "rec-1",
      channel: "A",
      ...(confident ? { confidence: n / 10 - 0.35 } : {}),
    }));
    assertEquals(readCtm(ctmText(rows)), rows);
  }));
});

Deno.test("CTM: a time of centuries is written as it is, and -0 as 0", () => {
  const [recording, channel, text] = ["r1", "1", "a"];
  for (const [start, end] of [[1e300, 1.5e300], [9e6, 9e6 + 0.5], [-0, 0.5]]) {
    const line = ctmText([{ recording, channel, start, end, text }]);
    assertEquals(line, `r1 1 ${start} ${end - start} a\n`);
    assertEquals(readCtm(line), [{ recording, channel, start: start + 0, end, text }]);
  }
});

Deno.test("CTM: durations are short, and words may overlap or last no time", () => {
  assertEquals(ctmText([word(0.1, 0.1 + 0.2, "a")]), "7001 A 0.1 0.2 a\n");
  const rows = [word(0.5, 0.75, "a"), word(0.7, 0.7, "b"), word(0.6, 0.9, "c")];
  assertEquals(readCtm(ctmText(rows)), rows);
});

Deno.test("CTM: what cannot be a line is not written", () => {
  const at = (stretch: number, branch: number, branches: number) => ({
    alternative: { stretch, branch, branches },
  });
  const a = (more: Partial<CtmSegment>) => word(0, 1, "a", more);
  for (
    const [rows, what] of [
      [[a({ text: "two words" })], 'text of segment 0 is "two words"'],
      [[a({ text: "" })], 'text of segment 0 is ""'],
      [[a({ text: "\ud800" })], "text of segment 0"],
      [[a({ text: "<alt>" })], 'tag of an alternative: text of segment 0 is "<alt>"'],
      [[a({ recording: "" })], 'recording of segment 0 is ""'],
      [[a({ recording: ";;r" })], 'recording of segment 0 is ";;r"'],
      [[a({ recording: "\ufeffr" })], "byte order mark: recording of segment 0"],
      [[a({ channel: "a\tb" })], "channel of segment 0"],
      [[a({ type: "" })], 'type of segment 0 is ""'],
      [[a({ speaker: ";;" })], 'speaker of segment 0 is ";;"'],
      [[a({}), a({ end: -1 })], "segment 1 is 0 to -1"],
      [[a({ start: -1 })], "segment 0 is -1 to 1"],
      [[a({ start: NaN })], "NaN"],
      [[a({ end: Infinity })], "Infinity"],
      [[a({ confidence: NaN })], "that of segment 0 is NaN"],
      [[a({ confidence: -Infinity })], "that of segment 0 is -Infinity"],
      [[a(at(0, 1, 1))], "segment 0 has"],
      [[a(at(0, -1, 2))], "segment 0 has"],
      [[a(at(0.5, 0, 2))], "segment 0 has"],
      [[a(at(0, 1, 2)), a(at(0, 0, 2))], "segment 1 has"],
      [[a(at(0, 0, 2)), a(at(0, 1, 3))], "segment 1 has"],
      [[a(at(0, 0, 2)), a({ ...at(0, 1, 2), channel: "B" })], "segment 1 has"],
      [[a(at(0, 0, 2)), a({}), a(at(0, 1, 2))], "segment 2 has"],
    ] as const
  ) assertThrows(() => ctmText(rows), RangeError, what);
});

Deno.test("CTM: a byte order mark is the file's own, and no part of a later line", () => {
  assertEquals(readCtm("\ufeff7001 A 0 1 a\n")[0].recording, "7001");
  assertThrows(() => readCtm("7001 A 0 1 a\n\ufeff7001 A 1 1 b\n"), SyntaxError, "line 2");
});

Deno.test("CTM: what is no segment is refused with its line", () => {
  const alternatives = ["r 1 * * <ALT_BEGIN>", "r 1 0 1 a", "r 1 * * <ALT>", "r 1 * * <ALT_END>"];
  for (
    const [lines, what] of [
      [["r 1 0 1"], "line 2 must be: recording"],
      [["r 1 x 1 a"], "line 2 must be"],
      [["r 1 0 -1 a"], "line 2 must be"],
      [["r 1 -0.5 1 a"], "line 2 must be"],
      [["r 1 0x1 1 a"], "line 2 must be"],
      [["r 1 1e999 1 a"], "line 2 must be"],
      [["r 1 * * a"], "line 2 must be"],
      [["r 1 0 1 a b"], "line 2 must be"],
      [["r 1 0 1 a Infinity"], "line 2 must be"],
      [["r 1 0 1 a 0.5 ;; remark"], "line 2 must be"],
      [["r 1 0 1 a 0.5 lex s more"], "line 2 must be"],
      [["r 1 0 1 <ALT_BEGIN>"], "line 2 must have * for the times of <ALT_BEGIN>"],
      [["r 1 * 1 <ALT_BEGIN>"], "line 2 must have * for the times of <ALT_BEGIN>"],
      [["r 1 0 * <ALT_BEGIN>"], "line 2 must have * for the times of <ALT_BEGIN>"],
      [alternatives.slice(1), "line 3 must come after <ALT_BEGIN>"],
      [alternatives.slice(0, 3), "the alternatives of line 2 must have an <ALT_END>"],
      [[alternatives[0], ...alternatives], "line 3 must end the alternatives of line 2 before"],
      [[alternatives[0], "r 2 0 1 a"], "line 3 must be of recording and channel r 1"],
    ] as const
  ) assertThrows(() => readCtm(["", ...lines].join("\n")), SyntaxError, what);
});

Deno.test("CTM: a mutilated file is read and can be written again, or refused with a line", () => {
  fc.assert(
    fc.property(mutilated(specification + "r B 0 1 c NA lex bo\n"), (text) => {
      let rows: CtmSegment[];
      try {
        rows = readCtm(text);
      } catch (error) {
        assert(error instanceof SyntaxError, `${error}`);
        assertStringIncludes(error.message, "line ");
        return;
      }
      if (text.isWellFormed()) assertEquals(readCtm(ctmText(rows)), rows);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("CTM: a number of a million digits that goes wrong at its end is refused at once", () => {
  const begun = performance.now();
  assertThrows(() => readCtm(`r 1 ${"1".repeat(1e6)}x 1 a`), SyntaxError, "line 1 must be");
  assertLess(performance.now() - begun, 5000); // 40 ms; with the square of the digits, 20 minutes
});
