import type { DataSet } from "../data_set.ts";
import { filesBelow, readerOf, type ReadFile } from "../spoken/folder.ts";
import { type CorpusReport, type Fault, partReport, refuseFault } from "../spoken/report.ts";
import { digitDataSet, type DigitOptions } from "./data_set.ts";
import { fsddSampleRate, readFsdd } from "./fsdd.ts";

/**
 * Opens connected digits of a copy of the Free Spoken Digit Dataset.
 *
 * @param folder That which holds its WAV files, at any depth.
 * @param seed Of the utterances of dev and test.
 * @throws {SyntaxError} Naming the first file that is wrong; `checkDigits` lists all.
 * @throws {RangeError} If there is no recording of the test speaker, or none to train on.
 */
export async function openDigits(
  folder: string,
  seed: number,
  options: DigitOptions = {},
): Promise<DataSet> {
  const digits = await readFsdd(await filesBelow(folder), readerOf(folder), refuseFault);
  return digitDataSet(digits, seed, options);
}

/** The report of a folder, see {@link digitReport}. */
export async function checkDigits(folder: string): Promise<CorpusReport> {
  return await digitReport(await filesBelow(folder), readerOf(folder));
}

/** Reads every recording, and lists those that are wrong and digits that nobody says; by speaker. */
export async function digitReport(
  paths: readonly string[],
  read: ReadFile,
): Promise<CorpusReport> {
  const faults: Fault[] = [];
  const digits = await readFsdd(paths, read, (fault) => faults.push(fault));
  if (digits.length === 0) {
    faults.push({ file: ".", message: "has no {digit}_{speaker}_{index}.wav" });
  }
  const timed = digits.map(({ speaker, samples }) => ({
    speaker,
    seconds: samples.length / fsddSampleRate,
  }));
  const parts = [...Map.groupBy(timed, ({ speaker }) => speaker)]
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([speaker, own]) => [speaker, partReport(own)]);
  return { parts: Object.fromEntries(parts), faults };
}
