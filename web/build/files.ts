/** The files of the site, by their path in it: text, or bytes. */
export type Files = Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;

/** The bytes of a file of the site. */
export function bytesOf(content: Files[string]): Uint8Array<ArrayBuffer> {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/**
 * Joins files into one site.
 *
 * @throws {RangeError} If two have one path.
 */
export function joined(...parts: readonly Files[]): Files {
  const all: Record<string, Files[string]> = {};
  for (const [path, content] of parts.flatMap((part) => Object.entries(part))) {
    if (path in all) throw new RangeError(`Cannot build the site: two files are named ${path}`);
    all[path] = content;
  }
  return all;
}

/**
 * Makes a folder hold these files and no others; what is there already, to the byte, stays untouched.
 *
 * @returns How many files were written, and how many removed.
 */
export async function writeFiles(
  folder: string,
  files: Files,
): Promise<{ written: number; removed: number }> {
  let [written, removed] = [0, 0];
  await Deno.mkdir(folder, { recursive: true });
  for (const path of await pathsBelow(folder)) {
    if (path in files) continue;
    await Deno.remove(`${folder}/${path}`);
    removed++;
  }
  for (const [path, content] of Object.entries(files)) {
    const bytes = bytesOf(content);
    if (await holds(`${folder}/${path}`, bytes)) continue;
    await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeFile(`${folder}/${path}`, bytes);
    written++;
  }
  return { written, removed };
}

async function pathsBelow(folder: string, under = ""): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${under}`)) {
    if (isDirectory) paths.push(...await pathsBelow(folder, `${under}${name}/`));
    else paths.push(under + name);
  }
  return paths;
}

async function holds(file: string, bytes: Uint8Array): Promise<boolean> {
  let there: Uint8Array;
  try {
    there = await Deno.readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
  return there.length === bytes.length && there.every((byte, n) => byte === bytes[n]);
}
