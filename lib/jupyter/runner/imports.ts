import type { Notebook } from "./notebook.ts";

/** An import of a cell's that would fetch what nobody has vouched for. */
export interface UnlockedImport {
  /** The cell's number among cells of every kind, from 1. */
  cell: number;
  source: string;
  /** One line. */
  problem: string;
}

/** Packages and modules by address, where cells import them or take types from them. */
const REMOTE = /\b(?:from|import|types=)\s*(?:\(\s*)?(["'`])((?:npm|jsr|https?):[^"'`\s]+)\1/g;

const COMMENT = /^[ \t]*\/\/(?!.*types=).*$/gm;

/**
 * Finds the packages and remote modules that a notebook imports by address and the project's
 * lockfile does not have: to run the cell would fetch code from elsewhere and rewrite the file.
 *
 * @param notebook The notebook.
 * @param lock The text of the lockfile, see {@linkcode readLock}.
 * @returns One entry per import; none where the project has no lockfile.
 */
export function unlockedImports(notebook: Notebook, lock: string | undefined): UnlockedImport[] {
  if (lock === undefined) return [];
  const known = lockedSpecifiers(lock);
  return notebook.cells.flatMap(({ cell_type, source }, i) => {
    if (cell_type !== "code") return [];
    return [...source.replace(COMMENT, "").matchAll(REMOTE)].map(([, , specifier]) => specifier)
      .filter((specifier) => !known.some((name) => `${specifier}/`.startsWith(`${name}/`)))
      .map((specifier) => ({ cell: i + 1, source, problem: unlocked([specifier]) }));
  });
}

/** The text of the project's lockfile, or `undefined` if it has none. */
export async function readLock(root: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(`${root}/deno.lock`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** What a lockfile vouches for: packages as they are asked for, and addresses of modules. */
export function lockedSpecifiers(lock: string): string[] {
  const { specifiers = {}, remote = {}, redirects = {} } = JSON.parse(lock);
  return [specifiers, remote, redirects].flatMap((part) => Object.keys(part));
}

/** The line for what the lockfile does not have. */
export function unlocked(specifiers: readonly string[]): string {
  return `it imports ${specifiers.join(", ")}, which deno.lock does not have: ` +
    "name it in deno.json and run `deno install`";
}
