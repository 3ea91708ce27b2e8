/**
 * Places that a person names to write in, tried before the work rather than after.
 *
 * @module
 */
import { join } from "node:path";
import { makeFolder, tryPlace } from "lib/write_whole.ts";
import { UsageError } from "./args.ts";
import { reasonOf } from "./run_task.ts";

/**
 * Makes the folder of `--output`, and tries it.
 *
 * @throws {UsageError} If nothing can be written there.
 */
export async function requireOutput(folder: string): Promise<void> {
  await orRefuse("output", folder, "a folder to write in", async () => {
    await makeFolder(folder);
    await tryPlace(join(folder, "alignment"));
  });
}

/** @throws {UsageError} If the file of a flag cannot be written. */
export async function requireWritable(flag: string, file: string, size = 0): Promise<void> {
  await orRefuse(flag, file, "a file that can be written", () => tryPlace(file, size));
}

async function orRefuse(
  flag: string,
  place: string,
  expected: string,
  tries: () => Promise<void>,
): Promise<void> {
  try {
    await tries();
  } catch (error) {
    throw new UsageError(
      `--${flag} cannot be ${JSON.stringify(place)}: expected ${expected} (${reasonOf(error)})`,
    );
  }
}
