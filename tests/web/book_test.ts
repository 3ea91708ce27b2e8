import { assertEquals, assertThrows } from "@std/assert";
import { bookOf } from "../../web/build/book.ts";
import { openingOf, sourcesOf } from "../../web/build/readme.ts";
import { workOf } from "../../web/build/sources.ts";
import { smallBook } from "./books.ts";

Deno.test("bookOf() puts chapters in the order of their numbers, with title, page and what was found", () => {
  const { chapters } = smallBook();
  assertEquals(chapters.map(({ number, title, page }) => [number, title, page]), [
    ["00", "Start here", "00_start.html"],
    ["01", "First", "01_first.html"],
    ["02", "Second", "02_second.html"],
  ]);
  assertEquals(chapters[0].found, "Much holds. Some\ndoes not.");
});

Deno.test("bookOf() finds the parts in the list of the first chapter, and loses no chapter that it does not name", () => {
  const parts = smallBook().parts.map((
    { title, chapters },
  ) => [title, ...chapters.map((c) => c.number)]);
  assertEquals(parts, [["The book", "00"], ["The write-up", "01"], ["More", "02"]]);
});

Deno.test("bookOf() reads the glossary from the table of the first chapter", () => {
  assertEquals(smallBook().terms, [
    {
      id: "label",
      heading: "label, blank",
      words: ["label", "blank"],
      meaning: "what a frame can be called",
    },
    { id: "alpha", heading: "$\\alpha$", words: [], meaning: "a scale" },
  ]);
});

Deno.test("bookOf() numbers the claims of each chapter as its page does", () => {
  const claims = smallBook().claims.map((
    { chapter, id, claim },
  ) => [chapter.number, id, claim.verdict]);
  assertEquals(claims, [["01", "claim-1", "no"]]);
});

Deno.test("bookOf() refuses a notebook that does not begin with its number and title", () => {
  const text = JSON.stringify({ nbformat: 4, cells: [] });
  assertThrows(() => bookOf({ "00_a.ipynb": text }, ""), SyntaxError, "00_a.ipynb");
});

Deno.test("openingOf() finds what the project is and what CTC is, and says so where it does not", () => {
  assertEquals(openingOf(smallBook().readme), ["What it is.", "What CTC is."]);
  assertThrows(() => openingOf("# A\n\nOne.\n\n## B\n"), SyntaxError, "expected two paragraphs");
});

Deno.test("sourcesOf() finds the list of the sources, and says so where there is none", () => {
  const readme = "## Sources\n\nThese:\n\n- A. Graves.\n  _CTC_. 2006.\n- Others.\n\nMIT.\n";
  assertEquals(sourcesOf(readme), "- A. Graves.\n  _CTC_. 2006.\n- Others.\n");
  assertThrows(() => sourcesOf("## Sources\n\nNone.\n"), SyntaxError, "expected a list");
});

Deno.test("workOf() names the work that a source begins with, else this project", () => {
  assertEquals(
    [
      "the alignment paper, Table 10",
      "the write-up's first open question, on connected digits; ours",
      'concept page: "each frame"',
      "Graves et al. 2006, eq. 16; the alignment paper, eq. 8",
      "Chung et al. 2014, abstract",
      "results/write-up",
      "ours; the alignment paper, section 7.1.1",
    ].map(workOf),
    [
      "the alignment paper",
      "the write-up",
      "the concept page",
      "Graves et al. 2006",
      "Chung et al. 2014",
      "this project",
      "this project",
    ],
  );
});
