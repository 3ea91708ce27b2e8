/**
 * Files that a person brings: read with a limit, and what is wrong with one is a mistake of the
 * command line that named it.
 *
 * @module
 */
import { UsageError } from "./args.ts";
import { reasonOf } from "./run_task.ts";

/** Bytes of the largest file that is read: 1 GiB. */
const LARGEST = 2 ** 30;

/**
 * Reads a file that a person names.
 *
 * @param flag The flag that names it; undefined where a word without a flag does.
 * @param expected What the file should be, to follow "expected".
 * @param read Makes something of its bytes; what it throws is what is wrong with the file.
 * @throws {UsageError} If the file is not there, is no regular file, is larger than 1 GiB, or `read`
 * throws.
 */
export function readBrought<T>(
  flag: string | undefined,
  file: string,
  expected: string,
  read: (bytes: Uint8Array<ArrayBuffer>) => T,
): T {
  try {
    const { isFile, isDirectory, size } = Deno.statSync(file);
    if (!isFile) throw new RangeError(`it is ${isDirectory ? "a folder" : "no regular file"}`);
    if (size > LARGEST) throw new RangeError(`its ${size} bytes are more than ${LARGEST}`);
    return read(Deno.readFileSync(file));
  } catch (error) {
    throw new UsageError(
      `${flag ? `--${flag}` : "FILE"} cannot be ${JSON.stringify(file)}: expected ${expected} (${
        reasonOf(error)
      })`,
      { cause: error },
    );
  }
}

/** The text of a file's bytes. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SyntaxError("it is not UTF-8");
  }
}
