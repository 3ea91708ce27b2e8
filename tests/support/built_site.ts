import { assertEquals } from "@std/assert";
import type { Files } from "../../web/build/files.ts";
import { root, task } from "./tasks.ts";

const SITE = `${root}site`;

/** All files of a folder, by their paths in it. */
async function filesOf(folder: string, under = ""): Promise<Files> {
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${under}`)) {
    if (isDirectory) Object.assign(files, await filesOf(folder, `${under}${name}/`));
    else files[under + name] = await Deno.readFile(`${folder}/${under}${name}`);
  }
  return files;
}

/** A path like that of a site of GitHub Pages. */
export const BASE = "/somewhere/book/";

/** The files of the site as `deno task book` builds it for that path. */
async function built(): Promise<Files> {
  const { code, err } = await task("book", "--base", BASE);
  assertEquals(code, 0, err);
  return await filesOf(SITE);
}

/** Removes the site, so that it is built anew. */
export async function emptySite(): Promise<void> {
  await Deno.remove(SITE, { recursive: true }).catch(() => {});
}

let site: Promise<Files> | undefined;
/** The files of the site, built once for all tests of a file. */
export const theSite = (): Promise<Files> => site ??= built();
