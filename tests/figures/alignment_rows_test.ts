import { assertEquals } from "@std/assert";
import { alignmentRows } from "lib/figures/mod.ts";
import { matrix } from "lib/numeric/mod.ts";

Deno.test("alignmentRows() writes a word only where its bar is wide enough for it", () => {
  const truth = [{ start: 0, end: 4 }, { start: 4, end: 40 }];
  const figure = alignmentRows({ x: matrix(40, 2), labels: ["falcon", "a"], truth, rows: [] });
  const written = [...figure.querySelectorAll("text")].map(({ textContent }) => textContent);
  assertEquals(written.filter((text) => text === "falcon").length, 1);
  const narrow = alignmentRows({
    x: matrix(80, 2),
    labels: ["falcon", "a"],
    truth: [{ start: 0, end: 2 }, { start: 4, end: 40 }],
    rows: [],
  });
  const left = [...narrow.querySelectorAll("text")].map(({ textContent }) => textContent);
  assertEquals([left.includes("falcon"), left.includes("a")], [false, true]);
});

Deno.test("alignmentRows() draws no boundary over a letter", () => {
  const truth = [{ start: 2, end: 4 }, { start: 4, end: 9 }];
  const rows = [{ name: "wide", spans: [{ start: 0, end: 4 }, { start: 4, end: 9 }] }];
  const figure = alignmentRows({ x: matrix(10, 2), labels: ["α", "β"], truth, rows });
  const drawn = [...figure.querySelectorAll("*")];
  const last = drawn.findLastIndex((node) => node.hasAttribute("stroke-dasharray"));
  const letters = drawn.filter(({ tagName, textContent }) =>
    tagName === "text" && (textContent === "α" || textContent === "β")
  );
  assertEquals(letters.length, 4);
  for (const letter of letters) {
    assertEquals(drawn.indexOf(letter) > last, true, "a line is drawn over a letter");
    assertEquals(letter.getAttribute("paint-order"), "stroke");
    const bar = drawn.findLast((node) =>
      node.tagName === "rect" && node.getAttribute("fill") === letter.getAttribute("stroke")
    );
    assertEquals(bar?.getAttribute("fill-opacity") ?? null, null, "the rim shows on its bar");
  }
});
