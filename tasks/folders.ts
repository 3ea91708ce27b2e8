/**
 * The folders of corpora that people bring, as flags.
 *
 * @module
 */
import type { CorpusFolders, CorpusOptions } from "lib/corpora/mod.ts";
import { text, UsageError } from "./args.ts";
import { reasonOf } from "./run_task.ts";

const placeholder = "FOLDER";

/** Declares `--timit`, `--fsdd` and `--recordings`. */
export const folderOptions = {
  timit: text({ placeholder, help: "a copy of TIMIT, which the corpus timit is read from" }),
  fsdd: text({
    placeholder,
    help: "a copy of the Free Spoken Digit Dataset, which the corpus digits is made of",
  }),
  recordings: text({
    placeholder,
    help: "sounds with transcripts of the same name beside them, for the corpus recordings",
  }),
};

/** The flag of each corpus that needs a folder. */
const flags: Partial<Record<CorpusOptions["kind"], keyof CorpusFolders>> = {
  timit: "timit",
  digits: "fsdd",
  recordings: "recordings",
};

/**
 * Checks the folders that corpora need.
 *
 * @param kinds Of the corpora that are to be opened.
 * @throws {UsageError} If a flag is missing, or what it names is no folder.
 */
export function requireFolders(
  folders: CorpusFolders,
  kinds: readonly CorpusOptions["kind"][],
): void {
  for (const kind of new Set(kinds)) {
    const flag = flags[kind];
    if (flag !== undefined) requireFolder(flag, kind, folders[flag]);
  }
}

function requireFolder(flag: string, kind: string, folder: string | undefined): void {
  const expected = `expected the folder of the corpus ${kind}`;
  if (folder === undefined) throw new UsageError(`--${flag} is missing: ${expected}`);
  const fail = (reason: string) => {
    throw new UsageError(`--${flag} cannot be ${JSON.stringify(folder)}: ${expected} (${reason})`);
  };
  let isDirectory = false;
  try {
    ({ isDirectory } = Deno.statSync(folder));
  } catch (error) {
    fail(reasonOf(error));
  }
  if (!isDirectory) fail("it is no folder");
}
