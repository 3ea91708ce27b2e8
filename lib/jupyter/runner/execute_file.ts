import { writeWhole } from "../../write_whole.ts";
import { compareNotebooks } from "./compare.ts";
import { formatCells } from "./format_cells.ts";
import { normalizeNotebook } from "./normalize.ts";
import { formatNotebook, parseNotebook } from "./notebook.ts";
import { type CellFailure, runNotebook, type RunOptions } from "./run.ts";

/** How one notebook file fared. */
export type FileResult =
  | { status: "ok"; changed: boolean }
  | { status: "failed"; failure: CellFailure }
  | { status: "stale"; differences: string[] };

/**
 * Executes one notebook file. Either writes it back, formatted and with its fresh outputs, or
 * (`check`) writes nothing and compares. A notebook that fails is left untouched.
 *
 * @param path Path of the `.ipynb` file.
 * @param options Those of `runNotebook` but `cwd`, which is the file's directory; and `check`.
 * @returns How it fared.
 * @throws {SyntaxError} If the file is no notebook, or formatting would change an equation.
 * @throws {KernelStartError} If the kernel does not start.
 */
export async function executeFile(
  path: string,
  options: Omit<RunOptions, "cwd"> & { check?: boolean },
): Promise<FileResult> {
  const { root, check = false } = options;
  const text = await Deno.readTextFile(path);
  const committed = parseNotebook(text, path);
  const notebook = await formatCells(normalizeNotebook(committed), root, path);
  const cwd = path.replace(/[/\\][^/\\]*$/, "");
  const result = await runNotebook(notebook, { ...options, cwd });
  if (!result.ok) return { status: "failed", failure: result.failure };
  const fresh = formatNotebook(result.notebook);
  if (!check) {
    if (fresh !== text) await writeWhole(path, fresh);
    return { status: "ok", changed: fresh !== text };
  }
  const differences = compareNotebooks(committed, result.notebook);
  if (differences.length === 0 && fresh !== text) {
    differences.push("the file is not as the runner writes it (format, cell ids or metadata)");
  }
  return differences.length > 0
    ? { status: "stale", differences }
    : { status: "ok", changed: false };
}
