import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import { readTextGrid, type TextGrid, textGrid, textGridText } from "lib/alignment/mod.ts";
import { mutilated } from "../support/mutilated.ts";

const head = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n';
/** The intervals of a grid of one tier: what stands after "exists", as [start, end, text]. */
const intervals = (rest: string) =>
  readTextGrid(head + rest).tiers[0].intervals?.map(({ start, end, text }) => [start, end, text]);
const one = '1 "IntervalTier" "w" ';
const plain = `0 1 <exists> ${one}0 1 1 0 1 "a"\n`;

// Values of this file are those that Praat 6.1.38 (praat-parselmouth 0.4.7) reads, but where a
// comment says otherwise.

Deno.test("readTextGrid() passes over comments and names, and takes spacing as it comes", () => {
  assertEquals(
    intervals(`0 1.5e0 ! from nought "to" <one> and a 0.5\n<exists>${one}0 1.5 1
    xmin = 0 foo!bar (1) item [1]: xmax = +1.5E+0 text = "two\nlines!" !end`),
    [
      [0, 1.5, "two\nlines!"],
    ],
  );
  assertEquals(intervals(plain.replaceAll(" ", "\u00a0\f\v\t\u2028")), [[0, 1, "a"]]);
  assertEquals(intervals(`0 1 <exists> ${one}0 1 1 0 1 ""`), [[0, 1, ""]]);
  for (const first of ['"ooTextFile short"\n"TextGrid"', '"ooTextFile" "TextGrid 0"']) {
    assertEquals(readTextGrid(`File type = ${first}\n${plain}`).end, 1);
  }
  for (const none of ["0 1 <absent>", "0 1 <exists> 0"]) {
    assertEquals(readTextGrid(head + none), { start: 0, end: 1, tiers: [] });
  }
  assertEquals(intervals(`-1 1 <exists> ${one}-1 1 1 -1 1 "a"`), [[-1, 1, "a"]]);
});

Deno.test("readTextGrid() takes numbers with units, percentages and fractions", () => {
  assertEquals(intervals(`0s 1seconds <exists> ${one}0 100% 1 0 2/2 "a"`), [[0, 1, "a"]]);
  assertEquals(intervals(`0 0.5 <exists> ${one}0 0.5 1 0 50% "a"`), [[0, 0.5, "a"]]);
});

Deno.test("readTextGrid() refuses numbers that it would have to guess", () => {
  // Praat reads the first number of each and passes over the rest.
  for (const bad of ["1,5", "1-2", "1.5.2", "--undefined--", "-", "1/0", "1e999", "+x", '1"a"']) {
    assertThrows(() => intervals(`0 ${bad} <exists> 0`), SyntaxError, "line 4: a number must be");
  }
  for (const count of ["1.5", "-1"]) {
    assertThrows(() => intervals(`0 1 <exists> ${count} "x"`), SyntaxError, `it is ${count}`);
  }
});

Deno.test("readTextGrid() reads points, in any order", () => {
  const grid = readTextGrid(
    `${head}0 1 <exists> 3 "TextTier" "tones" 0 1 2 number = 0.75 mark = "L%" time = 0.25 "H*" ` +
      `"IntervalTier" "w" 0 1 1 0 1 "a" "TextTier" "none" 0 1 0`,
  );
  assertEquals(grid.tiers, [
    { name: "tones", points: [{ time: 0.25, text: "H*" }, { time: 0.75, text: "L%" }] },
    { name: "w", intervals: [{ start: 0, end: 1, text: "a" }] },
    { name: "none", points: [] },
  ]);
});

Deno.test("readTextGrid() reads chronological files", () => {
  const text = `"Praat chronological TextGrid text file"
0 1   ! Time domain.
2   ! Number of tiers.
"IntervalTier" "w" 0 1
"TextTier" "p" 0 1
1 0 0.5
"a"

2 0.3
"pt"

1 0.5 1
"b"
`;
  assertEquals(readTextGrid(text), {
    start: 0,
    end: 1,
    tiers: [
      {
        name: "w",
        intervals: [{ start: 0, end: 0.5, text: "a" }, { start: 0.5, end: 1, text: "b" }],
      },
      { name: "p", points: [{ time: 0.3, text: "pt" }] },
    ],
  });
  for (const tier of ["3", "0", "1.5", '"x"']) {
    const bad = text.replace("\n2 0.3", `\n${tier} 0.3`);
    assertThrows(
      () => readTextGrid(bad),
      SyntaxError,
      "line 9: there must be a number from 1 to 2",
    );
  }
});

Deno.test("readTextGrid() decodes bytes as Praat does", () => {
  const text = head + plain.replace('"a"', '"ŋɛ𝄞"');
  const utf16 = (big: boolean) =>
    Uint8Array.from(
      `\ufeff${text}`.split("").flatMap((unit) => {
        const code = unit.charCodeAt(0);
        return big ? [code >> 8, code & 255] : [code & 255, code >> 8];
      }),
    );
  const utf8 = new TextEncoder().encode(text);
  for (const bytes of [utf16(true), utf16(false), utf8, Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8)]) {
    assertEquals(readTextGrid(bytes).tiers[0].intervals?.[0].text, "ŋɛ𝄞");
  }
  assertEquals(readTextGrid(`\ufeff${text}`).end, 1);
  const latin1 = Uint8Array.from(
    head + plain.replace('"a"', '"\xe9t\xe9"'),
    (c) => c.charCodeAt(0),
  );
  assertEquals(readTextGrid(latin1).tiers[0].intervals?.[0].text, "été");
  const mac = readTextGrid(latin1, { encoding: "macintosh" });
  assertEquals(mac.tiers[0].intervals?.[0].text, "ÈtÈ");
});

Deno.test("readTextGrid() says that a text is UTF-16 decoded as something else", () => {
  const text = Array.from(head + plain, (c) => `${c}\0`).join("");
  for (const bad of [`\ufffd\ufffd${text}`, text, new TextEncoder().encode(text)]) {
    assertThrows(() => readTextGrid(bad), SyntaxError, "UTF-16");
  }
  const broken = Uint8Array.of(0xff, 0xfe, 0, 0xd8);
  assertThrows(() => readTextGrid(broken), SyntaxError, "its UTF-16 is broken");
});

Deno.test("readTextGrid() takes every line's end, in texts too", () => {
  const text = head + plain.replace('"a"', '"a\nb"');
  for (const end of ["\n", "\r\n", "\r"]) {
    const { tiers } = readTextGrid(text.replaceAll("\n", end));
    assertEquals(tiers[0].intervals?.[0].text, "a\nb");
  }
});

Deno.test("readTextGrid() fits tiers of other domains and rounded boundaries into one grid", () => {
  // Praat keeps every tier's own domain, and leaves gaps as they are.
  const cases: [string, [number, number, string][]][] = [
    [`1.5 <exists> ${one}0.02 1.48 2 0.02 0.7 "a" 0.7 1.48 "b"`, [
      [0, 0.02, ""],
      [0.02, 0.7, "a"],
      [0.7, 1.48, "b"],
      [1.48, 1.5, ""],
    ]],
    [`12 <exists> ${one}0 9.5 1 0 9.5 "a"`, [[0, 9.5, "a"], [9.5, 12, ""]]],
    [`1 <exists> ${one}0 1 0`, [[0, 1, ""]]],
    [`1 <exists> ${one}0 1 2 0 0.333333333 "a" 0.3333333333 1 "b"`, [
      [0, 0.333333333, "a"],
      [0.333333333, 1, "b"],
    ]],
    [`2.3456780001 <exists> ${one}0 2.345678 1 0 2.345678 "a"`, [[0, 2.3456780001, "a"]]],
    [`2.345678 <exists> ${one}0 2.3456780001 1 0 2.3456780001 "a"`, [[0, 2.345678, "a"]]],
    [`3 <exists> ${one}0 4 1 0 4 "a"`, [[0, 4, "a"]]],
    [`3 <exists> ${one}-1 3 1 -0.5 4 "a"`, [[-1, -0.5, ""], [-0.5, 4, "a"]]],
    [`3 <exists> ${one}0 3 2 2 3 "b" 0 2 "a"`, [[0, 2, "a"], [2, 3, "b"]]],
    [`3 <exists> ${one}0 3 2 0 2.0000000001 "a" 2 3 "b"`, [
      [0, 2.0000000001, "a"],
      [2.0000000001, 3, "b"],
    ]],
  ];
  for (const [rest, expected] of cases) assertEquals(intervals(`0 ${rest}`), expected, rest);
  const points = (rest: string) => readTextGrid(`${head}0 ${rest}`);
  assertEquals(points('1 <exists> 1 "TextTier" "p" 0 1 1 2 "b"').end, 2);
  assertEquals(points('1 <exists> 1 "TextTier" "p" 0 1 1 -2 "b"').start, -2);
  assertEquals(points('1 <exists> 1 "TextTier" "p" 0 1 1 1.000000001 "b"').tiers, [
    { name: "p", points: [{ time: 1, text: "b" }] },
  ]);
  // All tiers go as far as the longest.
  const two = points(`1 <exists> 2 "IntervalTier" "v" 0 1 1 0 1 "a" "IntervalTier" "w" 0 2 0`);
  assertEquals(two.tiers[0].intervals?.at(-1), { start: 1, end: 2, text: "" });
});

Deno.test("readTextGrid() refuses quotes that are not doubled, and names the line", () => {
  // Praat: "Character h following quote (line 5). End of string or undoubled quote?"
  for (const text of ['"say "hi""', '"say "hi" now"', '"hello"x', '"a"2', '"a""']) {
    assertThrows(
      () => intervals(`0 1 <exists> ${one}0 1 1\n0 1 ${text}\n`),
      SyntaxError,
      "line 5: ",
    );
  }
  assertEquals(intervals(`0 1 <exists> ${one}0 1 1 0 1 "say ""hi"""`), [[0, 1, 'say "hi"']]);
});

Deno.test("readTextGrid() refuses what follows the last tier, but for comments", () => {
  // Praat passes over it: a count that is too small would cut tiers or intervals off.
  assertEquals(readTextGrid(`${head}${plain}\n! "that" 1 all\n`).end, 1);
  for (const rest of ["x", '"x"', "1", "<exists>", "0 1", '1 2 "b"']) {
    assertThrows(
      () => readTextGrid(`${head}${plain}${rest}`),
      SyntaxError,
      "line 5: there must be nothing more",
    );
  }
});

Deno.test("readTextGrid() says at which line it was lost", () => {
  const grid = `${head}0 2 <exists>\n${one}0 2`;
  for (
    const [text, what] of [
      ["", 'line 1: there must be "ooTextFile" or "ooTextFile short": it ends before'],
      ['"ooTextFile"\n"Pitch"', 'line 2: there must be "TextGrid" or "TextGrid 0": it is "Pitch"'],
      [`${head}0\n"x"`, 'line 5: there must be xmax: it is "x"'],
      [`${head}0 1 <here>`, "line 4: there must be <exists> or <absent>: it is <here>"],
      [`${head}0 1 <exists>\n1\n"PitchTier"`, 'line 6: there must be "IntervalTier" or "TextTier"'],
      [`${grid}\n1.5`, "line 6: there must be the number of intervals: it is 1.5"],
      [`${grid} 1 0 1`, "line 5: there must be the text of an interval: it ends before"],
      [`${grid} 1 0 1\n"abc`, "line 6: the text that begins here must end in a quote"],
      [`${grid} 2\n0 1.5 "a"\n1 2 "b"`, 'line 7: Tier "w": Segments must follow one another'],
      [`${grid} 2\n1 2 "b"\n0 1.5 "a"`, 'line 6: Tier "w": Segments must follow one another'],
      [`${grid} 2\n0 2 "a"\n2 2 "b"`, 'line 7: Tier "w": A segment must have start < end'],
      [`${grid} 1\n2 0 "a"`, "line 6: Tier"],
      [`${head}1 1 <exists> 0`, "A TextGrid must have start < end: it goes from 1 to 1"],
    ]
  ) assertThrows(() => readTextGrid(text), SyntaxError, what);
});

Deno.test("readTextGrid() reads a grid without tiers as it is written", () => {
  const grid = { start: 0, end: 2, tiers: [] };
  assertEquals(readTextGrid(textGridText(grid)), grid);
  assertThrows(() => readTextGrid(`${textGridText(grid)} 7`), SyntaxError, "nothing more");
});

Deno.test("readTextGrid() reads a mutilated file so that it can be written, or names the line", () => {
  const points = [{ time: 0.5, text: 'say "a"' }];
  const { start, end, tiers } = textGrid(
    [["w", [{ start: 0.5, end: 1, text: "é" }]], ["v", []]],
    2,
  );
  const grid = { start, end, tiers: [...tiers, { name: "p", points }] };
  const texts = (["long", "short"] as const).map((format) => textGridText(grid, { format }));
  const broken = fc.oneof(...texts.map(mutilated)).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(broken, fc.boolean(), (text, asBytes) => {
      let grid: TextGrid;
      try {
        grid = readTextGrid(asBytes ? new TextEncoder().encode(text) : text);
      } catch (error) {
        assert(error instanceof SyntaxError, `${error}`);
        assertMatch(error.message, /line \d+: /);
        return;
      }
      assertEquals(readTextGrid(textGridText(grid)), grid);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("readTextGrid() takes time in proportion to the file", () => {
  const rows = Array.from({ length: 100_000 }, (_, n) => `${n}\n${n + 1}\n"a ""${n}"""`);
  const text = `${head}0 100000 <exists> ${one}0 100000 100000\n${rows.join("\n")}\n`;
  const before = performance.now();
  assertEquals(readTextGrid(text).tiers[0].intervals?.length, 100_000);
  const quotes = `${head}0 1 <exists> ${one}0 1 1 0 1 "${'""'.repeat(1_000_000)}"`;
  assertEquals(readTextGrid(quotes).tiers[0].intervals?.[0].text.length, 1_000_000);
  assertThrows(() => readTextGrid(quotes.slice(0, -1)), SyntaxError, "line 4");
  assert(performance.now() - before < 10_000);
});

Deno.test("TextGrid: what is wrong is told on one line, though a text goes over several", () => {
  const { message } = assertThrows(
    () => readTextGrid('File type = "ooTextFile"\nObject class = "Text\nGrid"\n'),
    SyntaxError,
  );
  assertEquals(
    message,
    'Cannot read the TextGrid: line 2: there must be "TextGrid" or "TextGrid 0": it is "Text\\u000aGrid"',
  );
});
