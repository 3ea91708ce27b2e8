import type { Segment, Span } from "../../alignment/mod.ts";
import type { Inventory, Utterance } from "./utterance.ts";

/** What an utterance says, in labels and frames. */
export interface Transcription {
  /** [L] labels without blanks. */
  readonly target: readonly number[];
  /** [T] the label at the middle of every frame, silence where there is none */
  readonly alignment?: Int32Array;
  /** Where each label of the target lies, in fractions of frames. */
  readonly spans?: readonly Span[];
  /** The labels of every word; end to end they are the target. */
  readonly words?: readonly (readonly number[])[];
}

/**
 * The labels of an utterance, where they lie and which words they make.
 *
 * A label belongs to the word that holds its middle, the first of those that overlap; what lies in no
 * word is a word of its own. Words are known where silence is no part of the target.
 *
 * @param T Number of frames.
 * @throws {RangeError} If a label is not in the inventory; the message names it and the utterance.
 */
export function transcribe(
  utterance: Utterance,
  { names, silences, silence }: Inventory,
  T: number,
  frameSeconds: number,
): Transcription {
  const silent = new Set(silences);
  const labelOf = (text: string): number => {
    if (silent.has(text)) return silence;
    const label = names.indexOf(text);
    if (label > 0) return label;
    throw new RangeError(
      `Cannot label ${utterance.name} as labels must be among ${names.slice(1).join(" ")}: ` +
        `one is ${JSON.stringify(text)}`,
    );
  };
  const { segments, labels, words } = utterance;
  if (segments === undefined) {
    return { target: (labels ?? []).map(labelOf).filter((label) => label > 0) };
  }
  const alignment = new Int32Array(T).fill(silence);
  const spans: Span[] = [], spoken: Segment[] = [];
  for (const segment of segments) {
    const label = labelOf(segment.text);
    const start = segment.start / frameSeconds, end = segment.end / frameSeconds;
    const first = Math.max(0, Math.ceil(start - 0.5)), last = Math.min(T, Math.ceil(end - 0.5));
    if (first < last) alignment.fill(label, first, last);
    if (label === 0) continue;
    spans.push({ index: spans.length, label, start, end });
    spoken.push(segment);
  }
  const target = spans.map(({ label }) => label);
  if (words === undefined || silence !== 0) return { target, alignment, spans };
  return { target, alignment, spans, words: grouped(target, spoken, words) };
}

/** The labels of every word that has any, and of what lies between words. */
function grouped(
  target: readonly number[],
  segments: readonly Segment[],
  words: readonly Segment[],
): number[][] {
  const groups: number[][] = [];
  let before = -1;
  segments.forEach(({ start, end }, n) => {
    const middle = (start + end) / 2;
    const word = words.findIndex((word) => word.start <= middle && middle < word.end);
    if (word >= 0 && word === before) groups[groups.length - 1].push(target[n]);
    else groups.push([target[n]]);
    before = word;
  });
  return groups;
}
