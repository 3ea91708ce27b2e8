import type { ReadFile } from "../spoken/folder.ts";
import { type CorpusReport, type Fault, partReport } from "../spoken/report.ts";
import { timitCatalogue, timitSets } from "./catalogue.ts";
import { readTimitUtterance, timitSampleRate } from "./read_utterance.ts";

/** How many sentences and speakers the parts of the whole corpus have, SA1 and SA2 left out. */
export const timitSizes = {
  train: { utterances: 3696, speakers: 462 },
  dev: { utterances: 400, speakers: 50 },
  core: { utterances: 192, speakers: 24 },
  test: { utterances: 1344, speakers: 168 },
} as const;

/**
 * Reads every file of a copy of TIMIT and lists what is wrong with it, with file and line: files that
 * are missing, there twice or not named as they should be, sounds that are cut or not of 16 kHz and
 * one channel, phones that are unknown, overlap or leave gaps, words out of order, what reaches past
 * the sound, speakers in the wrong part. What the whole corpus has is in `timitSizes`.
 */
export async function timitReport(
  paths: readonly string[],
  read: ReadFile,
): Promise<CorpusReport> {
  const faults: Fault[] = [];
  const note = (fault: Fault) => faults.push(fault);
  const entries = timitCatalogue(paths, note);
  const parts: Record<keyof typeof timitSizes, { speaker: string; seconds: number }[]> = {
    train: [],
    dev: [],
    core: [],
    test: [],
  };
  for (const entry of entries) {
    const utterance = await readTimitUtterance(entry, read, "61", note);
    if (utterance === undefined) continue;
    const seconds = utterance.samples.length / timitSampleRate;
    for (const set of timitSets(entry)) parts[set].push({ speaker: entry.speaker, seconds });
  }
  if (entries.length === 0) {
    note({
      file: ".",
      message: "has no file with a name of TIMIT, such as TRAIN/DR1/FCJF0/SA1.WAV",
    });
  }
  return {
    parts: Object.fromEntries(
      Object.entries(parts).map(([name, utterances]) => [name, partReport(utterances)]),
    ),
    faults,
  };
}
