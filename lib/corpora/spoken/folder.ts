import { dirname, join } from "node:path";

/** How deep folders are searched: links may lead in circles. */
const deepest = 10;

/** Reads files of a folder by their paths from there. */
export type ReadFile = (path: string) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * The paths of all files below a folder, from there, with "/", in order; links are followed. One that
 * leads nowhere is a path like others, which cannot be read; one that leads to a folder that it is in
 * is left out.
 *
 * @throws {Deno.errors.NotFound} If there is no such folder.
 */
export async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  const search = async (path: string, depth: number) => {
    for await (const entry of Deno.readDir(join(folder, path))) {
      const inside = path === "" ? entry.name : `${path}/${entry.name}`;
      const { isFile, isDirectory } = entry.isSymlink
        ? await behind(join(folder, inside)) ?? { isFile: true, isDirectory: false }
        : entry;
      if (entry.isSymlink && isDirectory && await isAround(folder, inside)) continue;
      if (isFile) found.push(inside);
      else if (isDirectory && depth < deepest) await search(inside, depth + 1);
    }
  };
  await search("", 1);
  return found.sort();
}

/** What a link leads to; undefined if to nothing, or in a circle of links. */
async function behind(link: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(link);
  } catch {
    return undefined;
  }
}

/** Whether a link leads to a folder that it is in, and so in a circle. */
async function isAround(folder: string, link: string): Promise<boolean> {
  const path = join(folder, link);
  const [target, here] = await Promise.all([Deno.realPath(path), Deno.realPath(dirname(path))]);
  return here === target || here.startsWith(join(target, "/"));
}

/**
 * Reads the files of a folder.
 *
 * @returns What throws a {@link SyntaxError} where a file is not there any more, or may not be read.
 */
export function readerOf(folder: string): ReadFile {
  return async (path) => {
    try {
      return await Deno.readFile(join(folder, path));
    } catch (error) {
      if (error instanceof RangeError) throw error; // it does not fit into memory
      const [reason] = (error as Error).message.split("\n");
      throw new SyntaxError(`cannot be read: ${reason.replace(/: \w+ '.*$/, "")}`);
    }
  };
}
