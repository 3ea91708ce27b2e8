import type { Span } from "../../alignment/mod.ts";
import { silencePhone } from "../flite/voice.ts";
import type { LabelUnit } from "./options.ts";
import type { SentenceWord, SpokenSentence } from "./shard.ts";

/** What is said in a sentence, and where. */
export interface LabelledSentence {
  /** The labels of each word; end to end they are the target. */
  readonly words: readonly (readonly number[])[];
  /** Where each label lies, in frames; edges lie between frames, as sound does. */
  readonly spans: readonly Span[];
  /** [T] the label at the centre of every frame; undefined for letters, which have no place. */
  readonly alignment?: Int32Array;
}

/**
 * Labels a sentence by phones, letters or words.
 *
 * A span begins and ends where flite says, so mostly inside a frame: one from 2.4 to 5 takes the last
 * 0.6 of frame 2. Letters share the time of their word evenly: of them, only words have true places.
 *
 * @param names Of all labels, blank first and silence last.
 * @param T Number of frames.
 * @param frameSeconds Length of a frame.
 */
export function labelSentence(
  { phones, ends, words }: SpokenSentence,
  unit: LabelUnit,
  names: ReadonlyMap<string, number>,
  T: number,
  frameSeconds: number,
): LabelledSentence {
  const starts = [0, ...ends];
  const time = (at: number) => starts[at] / frameSeconds;
  /** The labels of a word, with their edges in frames. */
  const parts = ({ label, from, to }: SentenceWord): [string, number, number][] => {
    if (unit === "phones") {
      return phones.slice(from, to).map((phone, n) => [phone, time(from + n), time(from + n + 1)]);
    }
    if (unit === "words") return [[label, time(from), time(to)]];
    const edge = (n: number) => time(from) + (time(to) - time(from)) * n / label.length;
    return Array.from(label, (letter, n) => [letter, edge(n), edge(n + 1)]);
  };
  const timed = words.map((word) =>
    parts(word).map(([name, start, end]) => ({ label: names.get(name)!, start, end }))
  );
  const spans = timed.flat().map((part, index) => ({ index, ...part }));
  const labelled = { words: timed.map((word) => word.map(({ label }) => label)), spans };
  if (unit === "letters") return labelled;
  const alignment = new Int32Array(T).fill(names.get(silencePhone)!);
  for (const { label, start, end } of spans) {
    // Frame t has its centre at t + 1/2
    alignment.fill(label, Math.ceil(start - 0.5), Math.max(0, Math.ceil(end - 0.5)));
  }
  return { ...labelled, alignment };
}
