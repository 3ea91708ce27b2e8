import { formatNotebook, type Notebook, parseNotebook } from "./notebook.ts";

/**
 * Formats the cells of a notebook, code and Markdown, as `deno fmt` does with the project's
 * options. A cell that does not parse is left as it is.
 *
 * @param notebook The notebook, with the metadata that names its language.
 * @param root Absolute path of the project.
 * @param name The file's name, for messages.
 * @returns A new notebook.
 * @throws {Error} If `deno fmt` fails.
 * @throws {SyntaxError} If formatting a Markdown cell would change an equation.
 */
export async function formatCells(
  notebook: Notebook,
  root: string,
  name: string,
): Promise<Notebook> {
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
  const cells = notebook.cells.map((cell, i) => {
    const { source } = formatted.cells[i];
    if (cell.cell_type === "markdown") {
      checkEquations(cell.source, source, `${name}, cell ${i + 1}`);
    }
    return { ...cell, source };
  });
  return { ...notebook, cells };
}

/**
 * Refuses a formatting that changes an equation: `deno fmt` knows no mathematics, and takes a
 * line of an equation that begins with `+`, `-` or `*` for a list.
 *
 * @param before The Markdown as written.
 * @param after The Markdown as formatted.
 * @param where File and cell, for the message.
 * @throws {SyntaxError} If an equation differs in more than white space.
 */
export function checkEquations(before: string, after: string, where: string): void {
  const [old, now] = [findEquations(before), findEquations(after)];
  const changed = old.find((equation, i) => equation !== now[i]);
  if (changed === undefined) return;
  throw new SyntaxError(
    `${where}: deno fmt would change the equation ${changed}: ` +
      "begin no line of it with +, - or *",
  );
}

/** All equations, `$$…$$` and `$…$`, without their white space; code is passed over. */
function findEquations(markdown: string): string[] {
  const prose = markdown.replace(/```[\s\S]*?```|`[^`\n]*`/g, "");
  return (prose.match(/\$\$[\s\S]*?\$\$|\$[^$\n]+\$/g) ?? [])
    .map((equation) => equation.replace(/\s+/g, ""));
}
