import { formatNotebook, type Notebook, parseNotebook } from "./notebook.ts";

/**
 * Formats the cells of a notebook, code and Markdown, as `deno fmt` does with the project's
 * options. A cell that does not parse is left as it is.
 *
 * @param notebook The notebook, with the metadata that names its language.
 * @param root Absolute path of the project.
 * @returns A new notebook.
 * @throws {Error} If `deno fmt` fails.
 */
export async function formatCells(notebook: Notebook, root: string): Promise<Notebook> {
  const bare = {
    ...notebook,
    cells: notebook.cells.map((cell) => ({ ...cell, outputs: [], execution_count: null })),
  };
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "ipynb", "-"],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  writer.write(new TextEncoder().encode(formatNotebook(bare))).then(() => writer.close());
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(`Cannot format cells: ${new TextDecoder().decode(stderr)}`);
  const formatted = parseNotebook(new TextDecoder().decode(stdout), "formatted notebook");
  return {
    ...notebook,
    cells: notebook.cells.map((cell, i) => ({ ...cell, source: formatted.cells[i].source })),
  };
}
