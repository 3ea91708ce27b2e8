/** One row of a table, text by column: what a terminal, the README and a notebook all print. */
export type TableRow = Readonly<Record<string, string>>;

/**
 * Rows as a Markdown table, its columns aligned so that it reads well as plain text too.
 *
 * @param rows At least one; the keys of the first are the columns.
 * @throws {RangeError} If there is no row.
 * @throws {TypeError} If a row has no text for a column.
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
  if (rows.length === 0) throw new RangeError("Cannot make a table as it must have a row");
  const columns = Object.keys(rows[0]);
  rows.forEach((row, n) => {
    const missing = columns.find((column) => typeof row[column] !== "string");
    if (missing === undefined) return;
    throw new TypeError(
      `Cannot make a table as every row must have text for "${missing}": row ${n} has none`,
    );
  });
  return markdownGrid(columns, rows.map((row) => columns.map((column) => row[column])));
}

/** Headings and lines of texts as a Markdown table, see {@link markdownTable}. */
export function markdownGrid(
  headings: readonly string[],
  texts: readonly (readonly string[])[],
): string {
  const lines = [headings, ...texts].map((row) => row.map((text) => text.replaceAll("|", "\\|")));
  const widths = headings.map((_, c) => Math.max(3, ...lines.map((row) => row[c].length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, c) => text.padEnd(widths[c])).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return [line(lines[0]), rule, ...lines.slice(1).map(line)].join("\n");
}

/** How a source's figure and ours compare. */
export type Verdict = "reproduced" | "same direction" | "not reproduced";
