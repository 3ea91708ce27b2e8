import { assertEquals } from "@std/assert";
import { type PaperTableName, paperTables } from "lib/experiments/mod.ts";
import { linesOf } from "../support/printed_tables.ts";

for (const number of [10, 11, 12, 13]) {
  const { rows } = paperTables[`table-${number}` as PaperTableName];
  const headings = Object.keys(rows[0].columns).length;

  Deno.test(`Table ${number} is, figure by figure, what our copy of the paper prints`, () => {
    const printed = linesOf(number).map((cells) =>
      Array.from({ length: headings + 8 }, (_, n) => parseFloat(cells[n]))
    );
    const ours = rows.map(({ columns, theirs: { ler, frameCe, blank, tse } }) => [
      ...Object.values(columns).map(parseFloat), // "14 (ours 20)" is 14, a word NaN
      ...[ler, frameCe, blank, tse].flatMap(({ mean, deviation }) => [mean, deviation]),
    ]);
    assertEquals(ours, printed);
  });
}
