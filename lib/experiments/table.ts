/** One row of a table, text by column: what a terminal, the README and a notebook all print. */
export type TableRow = Readonly<Record<string, string>>;

/**
 * Rows as a Markdown table, its columns aligned so that it reads well as plain text too.
 *
 * @param rows At least one; the keys of the first are the columns.
 *
 * @example
 * ```ts
 * import { markdownTable } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   markdownTable([{ model: "BLSTM", PER: "0.000" }]),
 *   "| model | PER   |\n| ----- | ----- |\n| BLSTM | 0.000 |",
 * );
 * ```
 */
export function markdownTable(rows: readonly TableRow[]): string {
  const columns = Object.keys(rows[0]);
  const cells = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  const widths = columns.map((_, c) => Math.max(3, ...cells.map((row) => row[c].length)));
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, c) => text.padEnd(widths[c])).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join("\n");
}

/** How a source's figure and ours compare. */
export type Verdict = "reproduced" | "same direction" | "not reproduced";
