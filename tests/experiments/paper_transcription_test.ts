import { assertEquals } from "@std/assert";
import { alignmentTimeRows } from "lib/experiments/mod.ts";
import { columnsOf, rowsOf, type TableName } from "lib/studies/synthetic_tables/mod.ts";
import copied from "../fixtures/alignment-paper-tables.tsv" with { type: "text" };

/** The lines of a table as cells; an empty cell is as the one above it. */
function linesOf(table: number): string[][] {
  const [, body] = copied.split(`# Table ${table}\n`);
  let above: string[] = [];
  return body.split("#")[0].trimEnd().split("\n").map((line) => {
    const cells = line.split("\t");
    if (above.length === 0) { while (cells[0] === "") cells.shift(); // a line that lost its place
     }
    above = cells.map((cell, n) => cell === "" ? above[n] : cell);
    return above;
  });
}

for (const number of [10, 11, 12, 13]) {
  const table = `table-${number}` as TableName;
  const rows = Object.values(rowsOf(table));
  const headings = Object.keys(columnsOf(table, rows[0])).length;

  Deno.test(`Table ${number} is, figure by figure, what our copy of the paper prints`, () => {
    const printed = linesOf(number).map((cells) =>
      Array.from({ length: headings + 8 }, (_, n) => parseFloat(cells[n]))
    );
    const ours = rows.map((row) => [
      ...Object.values(columnsOf(table, row)).map(parseFloat), // "14 (ours 20)" is 14, a word NaN
      ...Object.values(row.theirs).flatMap(({ mean, deviation }) => [mean, deviation]),
    ]);
    assertEquals(ours, printed);
  });
}

Deno.test("Table 14 is, figure by figure, what our copy of the paper prints", () => {
  const ours = alignmentTimeRows.map(({ priorScale, blankShift, tse, tseCenter, silence }) => [
    ...[priorScale, blankShift, tse, tseCenter, silence],
  ]);
  assertEquals(ours, linesOf(14).map((cells) => cells.map(Number)));
});
