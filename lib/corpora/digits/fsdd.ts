import type { ReadFile } from "../spoken/folder.ts";
import type { Fault } from "../spoken/report.ts";
import { readMono } from "../spoken/read_mono.ts";

/** Samples per second of the Free Spoken Digit Dataset. */
export const fsddSampleRate = 8000;

/** One digit, spoken once. */
export interface SpokenDigit {
  /** Its path. */
  readonly name: string;
  /** What is said, 0 to 9. */
  readonly digit: number;
  /** Who says it, by name. */
  readonly speaker: string;
  /** Which of the speaker's recordings of the digit; 0 to 4 are the official test set. */
  readonly index: number;
  /** Full scale is ±32768. */
  readonly samples: Int16Array;
}

/**
 * Reads the recordings of the Free Spoken Digit Dataset among the paths of a folder, named
 * `{digit}_{speaker}_{index}.wav`.
 *
 * @param onFault Told of every WAV file that is not named so, cannot be read, or is empty, of another
 * rate or not of one channel, and of digits that a speaker does not say.
 */
export async function readFsdd(
  paths: readonly string[],
  read: ReadFile,
  onFault: (fault: Fault) => void,
): Promise<SpokenDigit[]> {
  const found: SpokenDigit[] = [];
  for (const file of paths) {
    if (!/\.wav$/i.test(file)) continue;
    const [, digit, speaker, index] = /(?:^|\/)(\d)_([^_/]+)_(\d+)\.wav$/i.exec(file) ?? [];
    if (digit === undefined) {
      onFault({ file, message: "is not named {digit}_{speaker}_{index}.wav" });
      continue;
    }
    const samples = await readMono(file, read, fsddSampleRate, onFault);
    if (samples === undefined) continue;
    found.push({ name: file, digit: Number(digit), speaker, index: Number(index), samples });
  }
  for (const speaker of new Set(found.map(({ speaker }) => speaker))) {
    for (let digit = 0; digit < 10; digit++) {
      if (found.some((one) => one.speaker === speaker && one.digit === digit)) continue;
      onFault({ file: ".", message: `speaker ${speaker} says no ${digit}` });
    }
  }
  return found;
}
