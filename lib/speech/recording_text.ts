import { ctmText, type Segment, textGrid, textGridText } from "../alignment/mod.ts";
import type { RecordingAlignment, SaidLabel } from "./align_recording.ts";
import type { HeardUnit } from "./hearing.ts";
import type { RecordingRecognition } from "./recognise_recording.ts";

/** The formats of {@link alignmentText} and {@link recognitionText}. */
export type RecordingFormat = "textgrid" | "ctm" | "json";

/** How a file of each format ends. */
export const recordingEndings: Readonly<Record<RecordingFormat, string>> = {
  textgrid: ".TextGrid",
  ctm: ".ctm",
  json: ".json",
};

/** What a text says of the recording that it is about. */
export interface TextOptions {
  /** The name of the recording, in CTM without blanks. */
  readonly name: string;
  /** What the labels are; names their tier. */
  readonly unit: HeardUnit;
}

/**
 * An alignment as text.
 *
 * - textgrid: the tiers words, phones (or characters) and confidence, that of the words.
 * - ctm: words, each with its confidence.
 * - json: everything, one word a line.
 *
 * @throws {RangeError} If the format is CTM and the name is empty.
 */
export function alignmentText(
  alignment: RecordingAlignment,
  format: RecordingFormat,
  { name, unit }: TextOptions,
): string {
  const { words, seconds, frameSeconds, stray } = alignment;
  switch (format) {
    case "textgrid":
      return grid(seconds, [
        ["words", words],
        ...(unit === "words" ? [] : [[unit, words.flatMap(({ labels }) => labels)] as const]),
        ["confidence", words.map(confidenceSegment)],
      ]);
    case "ctm":
      return ctm(name, words);
    case "json": {
      const rounded = words.map(({ labels, ...word }) => ({
        ...roundedLabel(word),
        [unit]: labels.map(roundedLabel),
      }));
      return json({ name, seconds, frameSeconds, stray }, "words", rounded);
    }
  }
}

/** What was recognised as text: the tiers phones (or what the labels are) and confidence, or lines. */
export function recognitionText(
  { seconds, frameSeconds, labels }: RecordingRecognition,
  format: RecordingFormat,
  { name, unit }: TextOptions,
): string {
  switch (format) {
    case "textgrid":
      return grid(seconds, [[unit, labels], ["confidence", labels.map(confidenceSegment)]]);
    case "ctm":
      return ctm(name, labels);
    case "json":
      return json({ name, seconds, frameSeconds }, unit, labels.map(roundedLabel));
  }
}

function grid(
  seconds: number,
  tiers: readonly (readonly [name: string, segments: readonly Segment[]])[],
): string {
  return textGridText(textGrid(tiers, seconds));
}

function ctm(name: string, said: readonly SaidLabel[]): string {
  const recording = name.replaceAll(/\s+/g, "_");
  return ctmText(
    said.map(({ text, start, end, confidence }) => ({
      ...{ recording, channel: "1", start, end, text, confidence: rounded(confidence) },
    })),
  );
}

/** Head and rows as JSON, one row a line. */
function json(head: object, key: string, rows: readonly unknown[]): string {
  const lines = rows.map((row) => `\n  ${JSON.stringify(row)}`).join(",");
  return `{${JSON.stringify(head).slice(1, -1)},${JSON.stringify(key)}:[${lines}\n]}\n`;
}

function confidenceSegment({ start, end, confidence }: SaidLabel): Segment {
  return { start, end, text: confidence.toFixed(3) };
}

function roundedLabel<T extends { readonly confidence: number }>(label: T): T {
  return { ...label, confidence: rounded(label.confidence) };
}

function rounded(confidence: number): number {
  return Number(confidence.toFixed(3));
}
