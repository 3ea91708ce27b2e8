/**
 * Deno, as far as a page has it: the files of the site can be read, over HTTP; whatever else is asked
 * of it says that it needs Deno.
 *
 * @module
 */

/** Something that only Deno can do: starting a process, writing a file. */
export class NeedsDenoError extends Error {
  /** The name of the class, as errors print it. */
  override readonly name = "NeedsDenoError";

  /** @param what What was asked for, as "Deno.Command". */
  constructor(readonly what: string) {
    super(
      `This cell needs Deno: a page has no ${what}. Run the notebook in Jupyter, or with ` +
        `\`deno task notebooks\``,
    );
  }
}

class NotFound extends Error {
  override readonly name = "NotFound";
}
class NotADirectory extends Error {
  override readonly name = "NotADirectory";
}
class NotCapable extends Error {
  override readonly name = "NotCapable";
}

/** What of the repository the site has, and where. */
export interface SiteFiles {
  /** The address of the folder that has it: "https://example.org/book/live/". */
  readonly root: string;
  /** The folder of the repository that cells run in: "notebooks". */
  readonly folder: string;
  /** Files below `data/`, by their bytes: `{ "results/write-up.json": 165479 }`. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Modules that cells can import: "lib/mod.ts". */
  readonly modules: readonly string[];
}

/** The part of `Deno` that reads the files of a site; touching any other throws {@link NeedsDenoError}. */
export function denoOf({ root, folder, sizes }: SiteFiles): object {
  const pathOf = (place: string | URL): string =>
    new URL(String(place), `file:///${folder}/`).pathname.slice(1).replace(/\/$/, "");
  const isFolder = (path: string) => Object.keys(sizes).some((file) => file.startsWith(`${path}/`));
  const require = (place: string | URL): string => {
    const path = pathOf(place);
    if (Object.hasOwn(sizes, path)) return path;
    throw new NotFound(`the site has no ${path}`);
  };
  const read = async (place: string | URL): Promise<Response> => {
    const path = require(place);
    const answer = await fetch(`${root}data/${path}`);
    if (answer.ok) return answer;
    throw new NotFound(`the site did not give ${path}: ${answer.status} ${answer.statusText}`);
  };
  // deno-lint-ignore require-await -- a missing file rejects, as in Deno
  const stat = async (place: string | URL) => {
    if (isFolder(pathOf(place))) return { isFile: false, isDirectory: true, size: 0, mtime: null };
    return { isFile: true, isDirectory: false, size: sizes[require(place)], mtime: null };
  };
  const known = {
    errors: { NotFound, NotADirectory, NotCapable },
    readFile: async (place: string | URL) =>
      new Uint8Array(await (await read(place)).arrayBuffer()),
    readTextFile: async (place: string | URL) => await (await read(place)).text(),
    stat,
    lstat: stat,
    async *readDir(place: string | URL) {
      const path = pathOf(place);
      if (!isFolder(path)) throw new NotFound(`the site has no folder ${path}`);
      const inside = Object.keys(sizes).filter((file) => file.startsWith(`${path}/`))
        .map((file) => file.slice(path.length + 1));
      for (const name of new Set(inside.map((file) => file.split("/")[0]))) {
        const isFile = inside.includes(name);
        yield { name, isFile, isDirectory: !isFile, isSymlink: false };
      }
    },
    version: { deno: "none", v8: "of the browser", typescript: "none" },
  };
  return new Proxy(known, {
    get(target, name) {
      if (name in target) return target[name as keyof typeof target];
      if (typeof name === "symbol") return undefined;
      throw new NeedsDenoError(`Deno.${name}`);
    },
  });
}
