import { type CellModule, extractCells, locateLine } from "./cells.ts";
import { type Notebook, parseNotebook } from "./notebook.ts";

/** What `checkNotebooks` found. */
export interface TypeReport {
  ok: boolean;
  /** The compiler's messages, with places named by notebook, cell and line. */
  text: string;
}

/**
 * Type-checks the code cells of notebooks with `deno check`, each notebook as one module beside
 * it, so that imports resolve as in the kernel. Finds what the kernel does not report: syntax
 * errors, type errors, and a name declared in two cells. The modules are removed again.
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
  const remove = () => {
    for (const file of modules.keys()) {
      try {
        Deno.removeSync(file);
      } catch { /* it was never written, or is gone already */ }
    }
  };
  const onSignal = () => {
    remove();
    Deno.exit(130);
  };
  Deno.addSignalListener("SIGINT", onSignal);
  try {
    for (const path of paths) {
      const notebook: Notebook = parseNotebook(await Deno.readTextFile(path), path);
      const file = path.replace(/([^/\\]+)\.ipynb$/, `.$1.${Deno.pid}.cells.ts`);
      const module = extractCells(notebook);
      modules.set(file, { path, module });
      await Deno.writeTextFile(file, module.source);
    }
    if (modules.size === 0) return { ok: true, text: "" };
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", `${options.root}/deno.json`, ...modules.keys()],
      cwd: options.root,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).output();
    const text = nameCells(new TextDecoder().decode(stderr), modules, options.root);
    return { ok: success, text: text.trim() };
  } finally {
    remove();
    Deno.removeSignalListener("SIGINT", onSignal);
  }
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
    const shown = path.startsWith(root + "/") ? path.slice(root.length + 1) : path;
    const place = line ? locateLine(module, Number(line)) : null;
    return place ? `${shown}, cell ${place.cell}, line ${place.line}, column ${column}` : shown;
  });
}
