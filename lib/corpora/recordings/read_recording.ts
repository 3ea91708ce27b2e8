import type { Segment } from "../../alignment/mod.ts";
import { mono, readSound, resample } from "../../audio/mod.ts";
import type { ReadFile } from "../spoken/folder.ts";
import type { Fault } from "../spoken/report.ts";
import { toInt16, type Utterance } from "../spoken/utterance.ts";
import type { Recording } from "./catalogue.ts";
import { readTranscriptFile, readWords, type Transcript } from "./transcripts.ts";

/** What the labels of recordings are. */
export type Unit = "phones" | "words" | "characters";

/** What is asked of recordings. */
export interface ReadOptions {
  readonly unit: Unit;
  /** Samples per second to which sounds are brought. */
  readonly sampleRate: number;
  /** Seconds that no recording may exceed. */
  readonly longestSeconds: number;
}

/**
 * Reads a sound and its transcript. Channels are mixed; words and characters are in small letters,
 * with a blank between words that are spelt.
 *
 * @param onFault Told of what is wrong.
 * @returns Undefined if something is.
 */
export async function readRecording(
  recording: Recording,
  read: ReadFile,
  { unit, sampleRate, longestSeconds }: ReadOptions,
  onFault: (fault: Fault) => void,
): Promise<Utterance | undefined> {
  const { name, speaker, sound, ending } = recording;
  let file = sound;
  try {
    const heard = readSound(await read(sound));
    const seconds = heard.channels[0].length / heard.sampleRate;
    if (!(seconds > 0 && seconds <= longestSeconds)) {
      throw new SyntaxError(`must be of 0 to ${longestSeconds} seconds: it is ${seconds}`);
    }
    const options = { name: name.split("/").at(-1)!, sampleRate: heard.sampleRate };
    file = recording.transcript;
    let transcript = readTranscriptFile(await read(file), ending, options);
    requireInside(seconds, transcript.phones, transcript.words);
    if (recording.words !== undefined) {
      file = recording.words;
      transcript = { ...transcript, words: readWords(await read(file), heard.sampleRate) };
      requireInside(seconds, transcript.words);
    }
    file = recording.transcript;
    const labels = labelsOf(transcript, unit);
    if (labels === undefined) {
      const has = Object.keys(transcript).filter((key) => transcript[key as keyof Transcript]);
      throw new SyntaxError(`must have ${unit}: it has ${has.join(" and ")}`);
    }
    const samples = toInt16(resample(mono(heard), heard.sampleRate, sampleRate));
    const words = transcript.words ?? undefined;
    return { name, speaker, samples, ...labels, ...(unit === "phones" && words && { words }) };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    onFault({ file, message: error.message });
    return undefined;
  }
}

/** @throws {SyntaxError} If segments go on for more than a tenth of a second after the sound. */
function requireInside(seconds: number, ...tiers: (readonly Segment[] | undefined)[]): void {
  const last = tiers.flatMap((tier) => tier ?? [])
    .reduce((latest, { end }) => Math.max(latest, end), 0);
  if (last > seconds + 0.1) {
    throw new SyntaxError(`must end inside the sound of ${seconds} seconds: it ends at ${last}`);
  }
}

/** The labels of a transcript, with their times where they are known; undefined if it has none. */
function labelsOf(
  { phones, words, text }: Transcript,
  unit: Unit,
): Pick<Utterance, "segments" | "labels" | "words"> | undefined {
  if (unit === "phones") return phones && { segments: phones };
  const lower = (segments: readonly Segment[]) =>
    segments.map((one) => ({ ...one, text: one.text.toLowerCase() }));
  const spoken = words ? lower(words) : undefined;
  const plain = spoken?.map(({ text }) => text).join(" ") ?? text?.toLowerCase();
  if (plain === undefined) return undefined;
  if (unit === "characters") return { labels: [...plain] };
  if (spoken !== undefined) return { segments: spoken, words: spoken };
  return { labels: plain === "" ? [] : plain.split(" ") };
}
