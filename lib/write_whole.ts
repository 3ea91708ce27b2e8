import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** A file could not be written: the disk is full, the folder read-only, the permission missing. */
export class WriteError extends Error {
  override readonly name = "WriteError";

  constructor(file: string, cause: unknown) {
    const [reason] = (cause as Error).message.split("\n");
    super(`Cannot write ${file}: ${reason.replace(/: \w+ '.*$/, "")}`, { cause });
  }
}

/**
 * Writes a file whole or not at all: first to a neighbour with a name of its own, flushed to the
 * disk, which then takes the file's name. Whoever reads meanwhile sees the old file or the new one,
 * two writers never meet, and what fails leaves the old file as it was.
 *
 * A link stays one, and the file that it leads to is written. What is no file of a disk (a pipe, a
 * device) is written as it is.
 *
 * @param file Path or file URL; its folder must be there.
 * @throws {WriteError} If it cannot be written.
 *
 * @example
 * ```ts
 * import { writeWhole } from "lib/write_whole.ts";
 *
 * const save = (bytes: Uint8Array) => writeWhole("model.safetensors", bytes);
 * ```
 */
export async function writeWhole(file: string | URL, content: Uint8Array | string): Promise<void> {
  const path = pathOf(file);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    const place = await placeOf(path);
    if (place === undefined) await Deno.writeFile(path, bytes);
    else await throughNeighbour(place, bytes, (neighbour) => Deno.rename(neighbour, place.path));
  } catch (error) {
    throw new WriteError(path, error);
  }
}

/**
 * Tries whether {@link writeWhole} could write a file, without touching it: before hours of work
 * rather than after.
 *
 * @param size How many bytes the file is going to have; defaults to 0.
 * @throws {WriteError} If it could not.
 */
export async function tryPlace(file: string | URL, size = 0): Promise<void> {
  const path = pathOf(file);
  try {
    const place = await placeOf(path);
    if (place !== undefined) await throughNeighbour(place, new Uint8Array(size), Deno.remove);
  } catch (error) {
    throw new WriteError(path, error);
  }
}

/**
 * Removes what {@link writeWhole} left beside a file where its process was killed.
 *
 * @param file Nobody else may be writing it.
 * @throws {WriteError} If a neighbour cannot be removed.
 */
export async function removeLeftovers(file: string | URL): Promise<void> {
  const path = pathOf(file), folder = dirname(path), stem = neighbourStem(path);
  try {
    for (const { name } of await unlessMissing(Array.fromAsync(Deno.readDir(folder))) ?? []) {
      const isLeft = name.startsWith(stem) && /^[0-9a-f]{8}\.tmp$/.test(name.slice(stem.length));
      if (isLeft) await unlessMissing(Deno.remove(join(folder, name)));
    }
  } catch (error) {
    throw new WriteError(path, error);
  }
}

/**
 * Makes a folder, and those that it is in.
 *
 * @throws {WriteError} If it cannot be made.
 */
export async function makeFolder(folder: string | URL): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    throw new WriteError(pathOf(folder), error);
  }
}

/** Where a regular file is or can be. */
interface Place {
  readonly path: string;
  /** Its permissions, where it is there. */
  readonly mode?: number;
}

/** The place that a path leads to, through links; undefined if it leads to a pipe or a device. */
async function placeOf(path: string): Promise<Place | undefined> {
  const info = await unlessMissing(Deno.lstat(path));
  if (info === undefined) return { path };
  if (info.isSymlink) {
    const target = await unlessMissing(Deno.realPath(path)); // fails where links go round
    return placeOf(target ?? resolve(dirname(path), await Deno.readLink(path)));
  }
  // A folder, or a file that may not be written, says so here.
  if (info.isFile || info.isDirectory) (await Deno.open(path, { write: true })).close();
  return info.isFile ? { path, mode: (info.mode ?? 0o666) & 0o777 } : undefined;
}

/** Writes a new file beside `place`, for `then` to rename or remove; it is gone if either fails. */
async function throughNeighbour(
  { path, mode }: Place,
  bytes: Uint8Array,
  then: (neighbour: string) => Promise<void>,
): Promise<void> {
  const id = crypto.randomUUID().slice(0, 8);
  const neighbour = join(dirname(path), `${neighbourStem(path)}${id}.tmp`);
  const file = await Deno.open(neighbour, { write: true, createNew: true, mode });
  try {
    try {
      for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await file.write(rest));
      await file.sync();
    } finally {
      file.close();
    }
    await then(neighbour);
  } catch (error) {
    await Deno.remove(neighbour).catch(() => {}); // the error to tell is the first
    throw error;
  }
}

/** How the names of a file's neighbours begin: shortened, since a name has 255 bytes at most. */
function neighbourStem(path: string): string {
  return `${basename(path).slice(-60)}.`;
}

function pathOf(file: string | URL): string {
  return file instanceof URL ? fileURLToPath(file) : file;
}

/** What a promise gives, or undefined if the file that it is about is not there. */
export async function unlessMissing<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    const missing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (missing) return undefined;
    throw error;
  }
}
