import type { Notebook } from "./notebook.ts";

/** A notebook's code cells as one TypeScript module. */
export interface CellModule {
  /** The module's source. */
  source: string;
  /** First line (1-based) of each code cell in the module, with the cell's number. */
  starts: { cell: number; line: number }[];
}

/** A place in a notebook; the cell's number counts cells of every kind, from 1. */
export interface CellLocation {
  cell: number;
  line: number;
}

/**
 * Puts a notebook's code cells end to end, as the module that `deno check` sees. A semicolon on
 * its own line keeps cells apart, so that no cell continues the expression before it.
 *
 * @param notebook The notebook.
 * @returns The module and where its cells begin.
 *
 * @example
 * ```ts
 * import { extractCells } from "lib/jupyter/runner/cells.ts";
 * const cell = { cell_type: "code" as const, id: "a", metadata: {}, source: "const x = 1;" };
 * console.log(extractCells({ metadata: {}, cells: [cell] }).starts); // [{ cell: 1, line: 1 }]
 * ```
 */
export function extractCells(notebook: Notebook): CellModule {
  const parts: string[] = [];
  let line = 1;
  const starts: CellModule["starts"] = [];
  notebook.cells.forEach((cell, i) => {
    if (cell.cell_type !== "code") return;
    starts.push({ cell: i + 1, line });
    parts.push(cell.source, ";");
    line += cell.source.split("\n").length + 1;
  });
  return { source: [...parts, "export {};", ""].join("\n"), starts };
}

/**
 * Says which cell a line of the module came from.
 *
 * @param module The module.
 * @param line The line in the module, from 1.
 * @returns The cell's number and the line within it, or `null` if the module has no cell there.
 */
export function locateLine(module: CellModule, line: number): CellLocation | null {
  const start = module.starts.findLast((start) => start.line <= line);
  return start ? { cell: start.cell, line: line - start.line + 1 } : null;
}
