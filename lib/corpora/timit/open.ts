import type { DataSet } from "../data_set.ts";
import { filesBelow, readerOf, type ReadFile } from "../spoken/folder.ts";
import { type CorpusReport, refuseFault } from "../spoken/report.ts";
import type { Utterance } from "../spoken/utterance.ts";
import { timitCatalogue, timitSets } from "./catalogue.ts";
import { timitReport } from "./check.ts";
import { timitDataSet, type TimitOptions } from "./data_set.ts";
import { readTimitUtterance } from "./read_utterance.ts";

/**
 * Opens a copy of TIMIT: as distributed or with RIFF sounds, names in either case. SA1 and SA2 are
 * left out, dev and test are sentences of the usual speakers. A copy of a part of it opens too.
 *
 * @param folder That which holds TRAIN and TEST, at any depth.
 * @throws {SyntaxError} Naming the first file that is wrong, and its line; {@link checkTimit} lists
 * all.
 * @throws {RangeError} If there is no sentence to train on.
 * @throws {Deno.errors.NotFound} If there is no such folder.
 */
export async function openTimit(folder: string, options: TimitOptions = {}): Promise<DataSet> {
  return await readTimit(await filesBelow(folder), readerOf(folder), options);
}

/** The report of a folder, see {@link timitReport}. */
export async function checkTimit(folder: string): Promise<CorpusReport> {
  return await timitReport(await filesBelow(folder), readerOf(folder));
}

/** TIMIT from the paths of its files and what reads them. */
export async function readTimit(
  paths: readonly string[],
  read: ReadFile,
  options: TimitOptions = {},
): Promise<DataSet> {
  const { phones = "61", test = "core" } = options;
  const sets = { train: [] as Utterance[], dev: [] as Utterance[], test: [] as Utterance[] };
  for (const entry of timitCatalogue(paths, refuseFault)) {
    const names = timitSets(entry);
    const own = (["train", "dev", "test"] as const)
      .filter((name) => names.includes(name === "test" && test === "core" ? "core" : name));
    if (own.length === 0) continue;
    const utterance = await readTimitUtterance(entry, read, phones, refuseFault);
    for (const name of own) if (utterance !== undefined) sets[name].push(utterance);
  }
  if (sets.train.length === 0) {
    throw new RangeError(
      "Cannot open TIMIT as there must be sentences to train on, such as " +
        `TRAIN/DR1/FCJF0/SI1027.WAV: there are none among ${paths.length} files`,
    );
  }
  return timitDataSet(sets, options);
}
