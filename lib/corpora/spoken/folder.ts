import { join } from "node:path";

/** How deep folders are searched: links may lead in circles. */
const deepest = 10;

/** Reads files of a folder by their paths from there. */
export type ReadFile = (path: string) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * The paths of all files below a folder, from there, with "/", in order; links are followed.
 *
 * @throws {Deno.errors.NotFound} If there is no such folder.
 */
export async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  const search = async (path: string, depth: number) => {
    for await (const entry of Deno.readDir(join(folder, path))) {
      const inside = path === "" ? entry.name : `${path}/${entry.name}`;
      const { isFile, isDirectory } = entry.isSymlink
        ? await Deno.stat(join(folder, inside))
        : entry;
      if (isFile) found.push(inside);
      else if (isDirectory && depth < deepest) await search(inside, depth + 1);
    }
  };
  await search("", 1);
  return found.sort();
}

/** Reads the files of a folder. */
export function readerOf(folder: string): ReadFile {
  return (path) => Deno.readFile(join(folder, path));
}
