import type { Fault } from "../spoken/report.ts";
import { coreTestSpeakers, developmentSpeakers } from "./speakers.ts";

/** One sentence of one speaker, and its files. */
export interface TimitEntry {
  /** The folder that it lies in. */
  readonly part: "train" | "test";
  /** In small letters, such as "fcjf0". */
  readonly speaker: string;
  /** In small letters, such as "si1027"; those that all speakers say begin with "sa". */
  readonly sentence: string;
  /** Path of the sound; undefined, as the others, where it is missing. */
  readonly sound?: string;
  /** Path of the phones, with their times. */
  readonly phones?: string;
  /** Path of the words, with their times. */
  readonly words?: string;
}

const fileName = /^(s[aix]\d{1,4})\.(wav|sph|phn|wrd|txt)(?:\.(wav|sph))?$/;
const kinds = { wav: "sound", sph: "sound", phn: "phones", wrd: "words" } as const;

/**
 * Finds the sentences of TIMIT among the paths of a folder, by the last four names of each, such as
 * TRAIN/DR1/FCJF0/SI1027.WAV, in any case; a second ending, as in SI1027.WAV.wav, is a copy of the
 * sound, taken where there is no other.
 *
 * @param onFault Told of files that are not named so, of sentences without one of their files or
 * with two, and of speakers in the wrong part.
 * @returns In the order of their speakers and sentences.
 */
export function timitCatalogue(
  paths: readonly string[],
  onFault: (fault: Fault) => void,
): TimitEntry[] {
  const entries = new Map<string, { -readonly [K in keyof TimitEntry]: TimitEntry[K] }>();
  const parts = new Map<string, string>();
  const copies: string[] = [];
  const take = (path: string, copy: boolean) => {
    const [part, dialect, speaker, name] = path.toLowerCase().split("/").slice(-4);
    if (part !== "train" && part !== "test" || !/^dr/.test(dialect)) return;
    const [, sentence, ending, again] = fileName.exec(name) ?? [];
    if (sentence === undefined || !/^dr[1-8]$/.test(dialect) || !/^[fm][a-z]{3}\d$/.test(speaker)) {
      const due = "train or test/dr1 … dr8/speaker/sentence.wav, .phn, .wrd or .txt";
      if (!copy) onFault({ file: path, message: `is not named as TIMIT names files: ${due}` });
      return;
    }
    if (ending === "txt") return;
    if ((again !== undefined) !== copy) {
      if (!copy) copies.push(path);
      return;
    }
    if ((parts.get(speaker) ?? part) !== part) {
      onFault({ file: path, message: `speaker ${speaker} is in both parts, train and test` });
    }
    parts.set(speaker, part);
    const held = coreTestSpeakers.includes(speaker) || developmentSpeakers.includes(speaker);
    if (part === "train" && held) {
      onFault({
        file: path,
        message: `speaker ${speaker} is one of the test part, and is in train`,
      });
    }
    const key = `${part}/${speaker}/${sentence}`;
    const entry = entries.get(key) ?? { part, speaker, sentence };
    const kind = kinds[ending as keyof typeof kinds];
    if (entry[kind] === undefined) entry[kind] = path;
    else if (!copy) onFault({ file: path, message: `is there twice, as ${entry[kind]} too` });
    entries.set(key, entry);
  };
  for (const path of paths) take(path, false);
  for (const path of copies) take(path, true);
  const found = [...entries.keys()].sort().map((key) => entries.get(key)!);
  for (const entry of found) {
    const file = entry.sound ?? entry.phones ?? entry.words ?? "";
    for (const kind of ["sound", "phones", "words"] as const) {
      if (entry[kind] === undefined) onFault({ file, message: `has no ${kind} beside it` });
    }
  }
  return found;
}

/** Whether a sentence is one of the two that every speaker says, and no part of any set. */
export function isDialectSentence({ sentence }: TimitEntry): boolean {
  return sentence.startsWith("sa");
}

/** The parts that a sentence belongs to. "test" is all of TIMIT's test part, "dev" and "core" in it. */
export function timitSets(entry: TimitEntry): ("train" | "dev" | "core" | "test")[] {
  if (isDialectSentence(entry)) return [];
  if (entry.part === "train") return ["train"];
  if (coreTestSpeakers.includes(entry.speaker)) return ["core", "test"];
  return developmentSpeakers.includes(entry.speaker) ? ["dev", "test"] : ["test"];
}
