import type { ReadFile } from "../spoken/folder.ts";
import type { Fault } from "../spoken/report.ts";
import { readMono } from "../spoken/read_mono.ts";
import type { Utterance } from "../spoken/utterance.ts";
import type { TimitEntry } from "./catalogue.ts";
import { foldPhone, type PhoneSet, timitPhones } from "./phones.ts";
import { readTranscript, type Stretch } from "./transcript.ts";

/** Samples per second of TIMIT. */
export const timitSampleRate = 16000;

/**
 * Reads one sentence of TIMIT, its phones folded; "q" leaves a gap where the set does not have it.
 *
 * @param onFault Told of everything that is wrong with its files.
 * @returns Undefined if there is no sound or no phone.
 */
export async function readTimitUtterance(
  entry: TimitEntry,
  read: ReadFile,
  set: PhoneSet,
  onFault: (fault: Fault) => void,
): Promise<Utterance | undefined> {
  const samples = entry.sound && await readMono(entry.sound, read, timitSampleRate, onFault);
  const stretches = async (kind: "phones" | "words"): Promise<Stretch[]> => {
    const file = entry[kind];
    if (file === undefined) return [];
    let text: string;
    try {
      text = new TextDecoder("latin1").decode(await read(file));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      onFault({ file, message: error.message });
      return [];
    }
    const tell = (fault: Omit<Fault, "file">) => onFault({ file, ...fault });
    return readTranscript(text, kind, tell, samples ? samples.length : Infinity);
  };
  const phones = await stretches("phones"), words = await stretches("words");
  if (!samples || phones.length === 0) return undefined;
  const timed = (text: string, { start, end }: Stretch) => ({
    start: start / timitSampleRate,
    end: end / timitSampleRate,
    text,
  });
  return {
    name: entry.sound!,
    speaker: entry.speaker,
    samples,
    segments: phones.flatMap((phone) => {
      const known = timitPhones.includes(phone.label); // others are faults already told
      const text = known ? foldPhone(phone.label, set) : undefined;
      return text === undefined ? [] : [timed(text, phone)];
    }),
    words: words.map((word) => timed(word.label, word)),
  };
}
