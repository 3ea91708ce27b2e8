import type { DataSet } from "../data_set.ts";
import { filesBelow, readerOf, type ReadFile } from "../spoken/folder.ts";
import { type CorpusReport, type Fault, partReport, refuseFault } from "../spoken/report.ts";
import { recordingCatalogue } from "./catalogue.ts";
import {
  completeRecordingOptions,
  type ReadRecording,
  recordingDataSet,
  type RecordingOptions,
} from "./data_set.ts";
import { readRecording } from "./read_recording.ts";

/**
 * Opens any folder of sounds (WAV, SPHERE) that have a TextGrid, CTM, .PHN, .lab or plain text of
 * the same name beside them. The speaker of a recording is the folder that it is in.
 *
 * @param seed Of the draw of dev and test, where no folders say which they are.
 * @throws {SyntaxError} Naming the first file that is wrong; `checkRecordings` lists all.
 * @throws {RangeError} If there are fewer than three recordings, or a label that is not named.
 */
export async function openRecordings(
  folder: string,
  seed: number,
  options: RecordingOptions = {},
): Promise<DataSet> {
  const paths = await filesBelow(folder);
  const recordings = await readRecordings(paths, readerOf(folder), options, refuseFault);
  return recordingDataSet(recordings, seed, options);
}

/** The report of a folder, see {@link recordingReport}. */
export async function checkRecordings(
  folder: string,
  options: RecordingOptions = {},
): Promise<CorpusReport> {
  return await recordingReport(await filesBelow(folder), readerOf(folder), options);
}

/** Reads every recording, and lists what is wrong with each; by speaker. */
export async function recordingReport(
  paths: readonly string[],
  read: ReadFile,
  options: RecordingOptions = {},
): Promise<CorpusReport> {
  const faults: Fault[] = [];
  const recordings = await readRecordings(paths, read, options, (fault) => faults.push(fault));
  if (recordings.length === 0 && faults.length === 0) {
    faults.push({ file: ".", message: "has no sounds, .wav or .sph" });
  }
  const { sampleRate } = completeRecordingOptions(options);
  const timed = recordings.map(({ utterance: { speaker, samples } }) => ({
    speaker,
    seconds: samples.length / sampleRate,
  }));
  const parts = [...Map.groupBy(timed, ({ speaker }) => speaker)]
    .map(([speaker, own]) => [speaker || ".", partReport(own)]);
  return { parts: Object.fromEntries(parts), faults };
}

/** Recordings from the paths of their files and what reads them. */
export async function readRecordings(
  paths: readonly string[],
  read: ReadFile,
  options: RecordingOptions,
  onFault: (fault: Fault) => void,
): Promise<ReadRecording[]> {
  const complete = completeRecordingOptions(options);
  const recordings: ReadRecording[] = [];
  for (const one of recordingCatalogue(paths, onFault)) {
    const utterance = await readRecording(one, read, complete, onFault);
    if (utterance !== undefined) recordings.push({ part: one.part, utterance });
  }
  return recordings;
}
