import { assertEquals } from "@std/assert";
import { columnsOf, rowsOf, type TableName } from "lib/studies/synthetic_tables/mod.ts";
import { linesOf } from "../support/printed_tables.ts";

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
