import { type CellModule, extractCells, locateLine } from "./cells.ts";
import { readLock, unlocked, unlockedImports } from "./imports.ts";
import { parseNotebook } from "./notebook.ts";
import { supervise } from "./supervised.ts";

/** What `checkNotebooks` found. */
export interface TypeReport {
  ok: boolean;
  /** The compiler's messages, with places named by notebook, cell and line. */
  text: string;
}

/**
 * Type-checks the code cells of notebooks with `deno check`, each notebook as one module beside
 * it, so that imports resolve as in the kernel. Finds what the kernel does not report: syntax
 * errors, type errors, and a name declared in two cells; and what the lockfile does not have, before
 * anything is fetched. The modules are removed again.
 *
 * @param paths Paths of the notebooks.
 * @param options `root`: absolute path of the project, whose `deno.json` applies.
 * @returns Whether all cells are sound, and the compiler's messages.
 * @throws {SyntaxError} If a file is no notebook.
 */
export async function checkNotebooks(
  paths: readonly string[],
  options: { root: string },
): Promise<TypeReport> {
  const modules = new Map<string, { path: string; module: CellModule }>();
  const files: Record<string, string> = {};
  const unknown: string[] = [];
  const lock = await readLock(options.root);
  for (const path of paths) {
    const notebook = parseNotebook(await Deno.readTextFile(path), path);
    for (const { cell, problem } of unlockedImports(notebook, lock)) {
      unknown.push(`${relative(path, options.root)}, cell ${cell}: ${problem}`);
    }
    const file = path.replace(/([^/\\]+)\.ipynb$/, `.$1.${Deno.pid}.cells.ts`);
    const module = extractCells(notebook);
    modules.set(file, { path, module });
    files[file] = module.source;
  }
  if (unknown.length > 0) return { ok: false, text: unknown.join("\n") };
  if (modules.size === 0) return { ok: true, text: "" };
  const { root } = options;
  const check = supervise({
    args: ["check", "--quiet", "--frozen", "--config", `${root}/deno.json`, ...modules.keys()],
    cwd: root,
    files,
  });
  const { success } = await check.status;
  const text = nameCells(await check.log(), modules, root).trim();
  if (!text.startsWith("error: The lockfile is out of date")) return { ok: success, text };
  const added = [...text.matchAll(/\+\s+"((?:npm|jsr|https?):[^"]+)":/g)];
  return { ok: false, text: `a cell: ${unlocked(added.map(([, specifier]) => specifier))}` };
}

/** Replaces `file:///…/.name.cells.ts:12:7` by `notebooks/name.ipynb, cell 3, line 2, column 7`. */
function nameCells(
  text: string,
  modules: ReadonlyMap<string, { path: string; module: CellModule }>,
  root: string,
): string {
  return text.replace(/file:\/\/[^\s:]*?(\/[^\s/:]+\.cells\.ts)(?::(\d+):(\d+))?/g, (...match) => {
    const [whole, name, line, column] = match as string[];
    const entry = [...modules].find(([file]) => file.endsWith(name));
    if (!entry) return whole;
    const { path, module } = entry[1];
    const shown = relative(path, root);
    const place = line ? locateLine(module, Number(line)) : null;
    return place ? `${shown}, cell ${place.cell}, line ${place.line}, column ${column}` : shown;
  });
}

function relative(path: string, root: string): string {
  return path.startsWith(root + "/") ? path.slice(root.length + 1) : path;
}
