import { createHash } from "node:crypto";
import type { Cell, Notebook } from "./notebook.ts";

/** What every notebook says about its kernel, so that any front end finds it. */
const KERNEL_METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

/** Cell metadata that records when and where a cell ran. */
const NOISE = ["execution", "ExecuteTime", "executionInfo", "outputId"];

/**
 * Gives a notebook the metadata of the Deno kernel and each cell a stable id, and drops the
 * metadata that running leaves behind.
 *
 * @param notebook The notebook as read.
 * @returns A new notebook; outputs are left as they are.
 */
export function normalizeNotebook(notebook: Notebook): Notebook {
  const taken = new Set<string>();
  const cells = notebook.cells.map((cell) => {
    const id = stableId(cell, taken);
    taken.add(id);
    const metadata = Object.fromEntries(
      Object.entries(cell.metadata).filter(([key]) => !NOISE.includes(key)),
    );
    return { ...cell, id, metadata };
  });
  return { metadata: { ...notebook.metadata, ...KERNEL_METADATA }, cells };
}

/** The cell's own id if it is valid and unique, else one from the hash of its content. */
function stableId(cell: Cell, taken: ReadonlySet<string>): string {
  if (/^[a-zA-Z0-9-_]{1,64}$/.test(cell.id) && !taken.has(cell.id)) return cell.id;
  const hash = createHash("sha256").update(`${cell.cell_type}\n${cell.source}`).digest("hex");
  const id = hash.slice(0, 8);
  let candidate = id;
  for (let n = 2; taken.has(candidate); n++) candidate = `${id}-${n}`;
  return candidate;
}
