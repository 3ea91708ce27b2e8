import { markdownGrid } from "../experiments/table.ts";
import { $display, type Displayable } from "./display.ts";
import { escapeHtml, formatValue } from "./format.ts";

/** Options of {@linkcode table}. */
export interface TableOptions<Row> {
  /** Keys of the columns in order, or key → heading; defaults to the keys of the first row. */
  columns?: readonly (keyof Row & string)[] | Partial<Record<keyof Row & string, string>>;
  /** A line above the table, defaults to none. */
  caption?: string;
}

/**
 * Makes an HTML table of plain objects, with a Markdown and a plain-text twin: the last
 * expression of a cell, or an argument of `show`. Numbers are shown to six digits.
 *
 * @param rows One object per row.
 * @param options See {@linkcode TableOptions}.
 * @returns The table.
 *
 * @example
 * ```ts
 * import { table } from "lib/jupyter/table.ts";
 * table([{ T: 1, paths: 7 }, { T: 2, paths: 49 }], { columns: { T: "frames", paths: "paths" } });
 * ```
 */
export function table<Row extends object>(
  rows: readonly Row[],
  options: TableOptions<Row> = {},
): Displayable {
  const { columns = Object.keys(rows[0] ?? {}), caption = "" } = options;
  const [keys, headings] = Array.isArray(columns)
    ? [columns, columns]
    : [Object.keys(columns), Object.values(columns) as string[]];
  const cells = rows.map((row) => keys.map((key) => row[key as keyof Row] as unknown));
  const texts = cells.map((line) => line.map(formatValue));
  return {
    [$display]: () => ({
      "text/html": htmlTable(headings, cells, caption),
      "text/markdown": (caption && `${caption}\n\n`) + markdownGrid(headings, texts),
      "text/plain": (caption && `${caption}\n`) + plainTable(headings, texts),
    }),
  };
}

/** Lays out an HTML table; numbers are right-aligned. */
export function htmlTable(
  headings: readonly string[],
  cells: readonly (readonly unknown[])[],
  caption = "",
): string {
  const line = (tag: string, values: readonly unknown[]) =>
    values.map((value) => {
      const align = typeof value === "number" ? ` align="right"` : "";
      return `<${tag}${align}>${escapeHtml(formatValue(value))}</${tag}>`;
    }).join("");
  return [
    "<table>",
    ...(caption ? [`<caption>${escapeHtml(caption)}</caption>`] : []),
    `<thead><tr>${line("th", headings)}</tr></thead>`,
    "<tbody>",
    ...cells.map((values) => `<tr>${line("td", values)}</tr>`),
    "</tbody>",
    "</table>",
  ].join("\n");
}

/** Lays out a table in columns of spaces. */
export function plainTable(
  headings: readonly string[],
  texts: readonly (readonly string[])[],
): string {
  const all = [headings, ...texts];
  const widths = headings.map((_, i) =>
    all.reduce((most, line) => Math.max(most, (line[i] ?? "").length), 0)
  );
  return all
    .map((line) => line.map((text, i) => text.padEnd(widths[i])).join("  ").trimEnd())
    .join("\n");
}
