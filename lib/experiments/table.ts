/** A table of text: what a terminal, the README and a notebook all print. */
export interface Table {
  readonly columns: readonly string[];
  /** One text per column in every row. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table as Markdown, its columns aligned so that it reads well as plain text too.
 *
 * @example
 * ```ts
 * import { markdownTable } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   markdownTable({ columns: ["model", "PER"], rows: [["BLSTM", "0.000"]] }),
 *   "| model | PER   |\n| ----- | ----- |\n| BLSTM | 0.000 |",
 * );
 * ```
 */
export function markdownTable({ columns, rows }: Table): string {
  const widths = columns.map((name, c) =>
    Math.max(3, name.length, ...rows.map((r) => r[c].length))
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => cell.padEnd(widths[c])).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return [line(columns), rule, ...rows.map(line)].join("\n");
}

/** How a source's figure and ours compare. */
export type Verdict = "reproduced" | "same direction" | "not reproduced";
