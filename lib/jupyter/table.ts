import { markdownGrid } from "../experiments/table.ts";
import { $display, type Displayable } from "./display.ts";
import { escapeHtml, formatColumn, isFigure } from "./format.ts";

/** Options of {@linkcode table}. */
export interface TableOptions<Row> {
  /** Keys of the columns in order, or key → heading; defaults to the keys of the first row. */
  columns?: readonly (keyof Row & string)[] | Partial<Record<keyof Row & string, string>>;
  /** A line above the table, defaults to none. */
  caption?: string;
  /** Decimals of the numbers of a column; defaults to three significant digits of the largest. */
  decimals?: Partial<Record<keyof Row & string, number>>;
}

/**
 * Makes an HTML table of plain objects, with a Markdown and a plain-text twin: the last
 * expression of a cell, or an argument of `show`. The numbers of a column are rounded alike; columns
 * of figures are right-aligned.
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
  const { columns = Object.keys(rows[0] ?? {}), caption = "", decimals } = options;
  const [keys, headings] = Array.isArray(columns)
    ? [columns, columns]
    : [Object.keys(columns), Object.values(columns) as string[]];
  const written = keys.map((key) =>
    formatColumn(rows.map((row) => row[key as keyof Row]), decimals?.[key as keyof Row & string])
  );
  const texts = rows.map((_, r) => written.map((column) => column[r]));
  return {
    [$display]: () => ({
      "text/html": htmlTable(headings, texts, caption),
      "text/markdown": (caption && `${caption}\n\n`) + markdownGrid(headings, texts),
      "text/plain": (caption && `${caption}\n`) + plainTable(headings, texts),
    }),
  };
}

/** Lays out an HTML table; columns of figures are right-aligned. */
export function htmlTable(
  headings: readonly string[],
  texts: readonly (readonly string[])[],
  caption = "",
): string {
  const right = figureColumns(headings, texts);
  const line = (tag: string, cells: readonly string[]) =>
    cells.map((text, c) =>
      `<${tag} style="text-align: ${right[c] ? "right" : "left"}">${escapeHtml(text)}</${tag}>`
    )
      .join("");
  return [
    "<table>",
    ...(caption ? [`<caption>${escapeHtml(caption)}</caption>`] : []),
    `<thead><tr>${line("th", headings)}</tr></thead>`,
    "<tbody>",
    ...texts.map((cells) => `<tr>${line("td", cells)}</tr>`),
    "</tbody>",
    "</table>",
  ].join("\n");
}

/** Lays out a table in columns of spaces; columns of figures are right-aligned. */
export function plainTable(
  headings: readonly string[],
  texts: readonly (readonly string[])[],
): string {
  const all = [headings, ...texts];
  const widths = headings.map((_, c) =>
    all.reduce((most, line) => Math.max(most, (line[c] ?? "").length), 0)
  );
  const right = figureColumns(headings, texts);
  const cell = (text: string, c: number) =>
    right[c] ? text.padStart(widths[c]) : text.padEnd(widths[c]);
  return all.map((line) => line.map(cell).join("  ").trimEnd()).join("\n");
}

/** Which columns hold figures alone. */
function figureColumns(
  headings: readonly string[],
  texts: readonly (readonly string[])[],
): boolean[] {
  return headings.map((_, c) => texts.length > 0 && texts.every((line) => isFigure(line[c])));
}
