import { lockedSpecifiers, readLock, unlocked, unlockedImports } from "./imports.ts";
import { type Execution, startKernel } from "./kernel.ts";
import { cleanOutput, cleanText } from "./noise.ts";
import type { Notebook, Output } from "./notebook.ts";
import { type Displays, foldOutput, settleOutputs } from "./outputs.ts";

/** The cell at which a notebook stopped. */
export interface CellFailure {
  /** The cell's number among cells of every kind, from 1. */
  cell: number;
  source: string;
  /** One line: the error, the time-out, or how the kernel ended. */
  problem: string;
  /** The stack or the kernel's last words, possibly empty. */
  detail: string;
}

/** How running a notebook ended. */
export type RunResult =
  | { ok: true; notebook: Notebook }
  | { ok: false; failure: CellFailure };

/** Options of {@linkcode runNotebook}. */
export interface RunOptions {
  /** Directory the kernel runs in: the notebook's own. */
  cwd: string;
  /** Absolute path of the project, removed from outputs. */
  root: string;
  /** Seconds each cell may take, defaults to 120. */
  timeout?: number;
  /** Called before each cell: its number, the number of cells, its source. */
  onStart?: (cell: number, cells: number, source: string) => void;
  /** Called after each cell that succeeded: how long it took, in seconds. */
  onEnd?: (seconds: number) => void;
}

/**
 * Executes a notebook's code cells in a fresh kernel and collects their outputs, cleared of
 * execution noise. Stops at the first cell that fails, unless the cell is tagged
 * `raises-exception` and fails by an error that it shows. An error that nobody caught fails the
 * cell after which it is found, tagged or not.
 *
 * @param notebook The notebook; its outputs are ignored.
 * @param options See {@linkcode RunOptions}.
 * @returns A new notebook with fresh outputs, or the cell at which it stopped.
 * @throws {KernelStartError} If the kernel does not start.
 */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<RunResult> {
  const { cwd, root, timeout = 120, onStart = () => {}, onEnd = () => {} } = options;
  const lock = await readLock(root);
  const [unknown] = unlockedImports(notebook, lock);
  if (unknown) return { ok: false, failure: { ...unknown, detail: "" } };
  const kernel = await startKernel({ cwd });
  const displays: Displays = new Map();
  const cells = [];
  let count = 0;
  let last: { cell: number; source: string } | undefined;
  try {
    for (const [i, cell] of notebook.cells.entries()) {
      if (cell.cell_type !== "code") {
        cells.push(cell);
        continue;
      }
      const outputs: Output[] = [];
      if (cell.source.trim() === "") {
        cells.push({ ...cell, outputs, execution_count: null });
        continue;
      }
      onStart(i + 1, notebook.cells.length, cell.source);
      const start = performance.now();
      const execution = await kernel.execute(cell.source, {
        timeout,
        onOutput: (message) => foldOutput(outputs, message, displays),
      });
      const place = { cell: i + 1, source: cell.source };
      const problem = await restoreLock(root, lock);
      if (problem) return { ok: false, failure: { ...place, problem, detail: "" } };
      const expected = execution.status === "error" && execution.shown && mayRaise(cell.metadata);
      if (execution.status !== "ok" && !expected) {
        return { ok: false, failure: { ...place, ...describe(execution, root) } };
      }
      onEnd((performance.now() - start) / 1000);
      count += 1;
      cells.push({ ...cell, outputs: settleOutputs(outputs), execution_count: count });
      last = place;
    }
    const end = last && await kernel.settle();
    if (last && end && end.status !== "ok") {
      return { ok: false, failure: { ...last, ...describe(end, root) } };
    }
  } finally {
    await kernel.stop();
  }
  // Only now: a later cell may have updated an earlier one's display.
  const cleaned = cells.map((cell) => {
    const outputs = cell.outputs?.map((output) => {
      const clean = cleanOutput(output, root);
      return clean.output_type === "execute_result"
        ? { ...clean, execution_count: cell.execution_count ?? null }
        : clean;
    });
    return cell.cell_type === "code" ? { ...cell, outputs } : cell;
  });
  return { ok: true, notebook: { ...notebook, cells: cleaned } };
}

/** Puts back a lockfile that a cell has changed, by an import whose address it has computed. */
async function restoreLock(root: string, lock: string | undefined): Promise<string | undefined> {
  const now = await readLock(root);
  if (lock === undefined || now === undefined || now === lock) return undefined;
  await Deno.writeTextFile(`${root}/deno.lock`, lock);
  const known = lockedSpecifiers(lock);
  return unlocked(lockedSpecifiers(now).filter((specifier) => !known.includes(specifier)));
}

function mayRaise(metadata: Record<string, unknown>): boolean {
  return Array.isArray(metadata.tags) && metadata.tags.includes("raises-exception");
}

function describe(
  execution: Exclude<Execution, { status: "ok" }>,
  root: string,
): { problem: string; detail: string } {
  switch (execution.status) {
    case "error": {
      const { name, message, stack } = execution.error;
      const unparsed = message === "Execution failed" && stack === "";
      const problem = unparsed
        ? "SyntaxError: the kernel could not parse the cell"
        : `${name}: ${message}`;
      return { problem: cleanText(problem, root), detail: cleanText(stack, root) };
    }
    case "timeout": {
      const alive = execution.heartbeat ? "it was still busy" : "it had lost its heartbeat";
      return {
        problem: `no end after ${execution.seconds} s: the kernel was killed, ${alive}`,
        detail: "",
      };
    }
    case "died":
      return {
        problem: `the kernel died with exit code ${execution.code}`,
        detail: cleanText(execution.log, root).replace(/^Warning "deno jupyter".*\n?/, ""),
      };
  }
}
