import { nanoseconds, requireSegments, type Segment } from "./segments.ts";

/** A segment as a line of a CTM file has it. */
export interface CtmSegment extends Segment {
  /** Name of the recording, without spaces. */
  readonly recording: string;
  /** Channel of the recording, such as "1" or "A". */
  readonly channel: string;
  /** From 0 to 1. */
  readonly confidence?: number;
}

/**
 * Segments as the text of a CTM file: recording, channel, start, duration, text and perhaps a
 * confidence, one line each; seconds, to the nanosecond.
 *
 * @throws {RangeError} If a segment has not start < end, segments of one recording and channel
 * overlap, a field is empty or has a space in it, or a confidence is not from 0 to 1.
 *
 * @example
 * ```ts
 * import { ctmText } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const word = { recording: "r1", channel: "1", start: 0.25, end: 0.75, text: "are" };
 * assertEquals(ctmText([word]), "r1 1 0.25 0.5 are\n");
 * ```
 *
 * Source: NIST SCTK, "infmts", CTM.
 */
export function ctmText(segments: readonly CtmSegment[]): string {
  const channels = new Map<string, CtmSegment[]>();
  segments.forEach((segment, n) => {
    const { recording, channel, text, confidence } = segment;
    for (const [name, value] of Object.entries({ recording, channel, text })) {
      if (value === "" || /\s/.test(value) || (name === "recording" && value.startsWith(";;"))) {
        throw new RangeError(
          `A field of a CTM file must have no space, and not be empty: ${name} of segment ${n} ` +
            `is ${JSON.stringify(value)}`,
        );
      }
    }
    if (confidence !== undefined && !(confidence >= 0 && confidence <= 1)) {
      throw new RangeError(
        `A confidence must be from 0 to 1: that of segment ${n} is ${confidence}`,
      );
    }
    const key = `${recording} ${channel}`;
    channels.set(key, [...channels.get(key) ?? [], segment]);
  });
  for (const part of channels.values()) requireSegments(part, 0, Infinity);
  return segments.map(({ recording, channel, start, end, text, confidence }) => {
    const times = [nanoseconds(start), nanoseconds(end - start)];
    const fields = [recording, channel, ...times, text, confidence];
    return fields.filter((field) => field !== undefined).join(" ") + "\n";
  }).join("");
}

/**
 * Reads the text of a CTM file. Empty lines and comments (";;") are left out.
 *
 * @throws {SyntaxError} Naming the first line that is not a segment.
 */
export function readCtm(text: string): CtmSegment[] {
  const segments: CtmSegment[] = [];
  text.split(/\r?\n/).forEach((line, n) => {
    if (line.trim() === "" || line.startsWith(";;")) return;
    const [recording, channel, start, length, word, confidence, ...rest] = line.trim().split(/\s+/);
    const numbers = [start, length, confidence ?? "0"].map(Number);
    if (word === undefined || rest.length > 0 || numbers.some((v) => !(v >= 0 && v < Infinity))) {
      throw new SyntaxError(
        `Cannot read the CTM file as line ${n + 1} must be: recording channel start duration ` +
          `text [confidence]; it is ${JSON.stringify(line)}`,
      );
    }
    const segment = {
      recording,
      channel,
      start: numbers[0],
      end: nanoseconds(numbers[0] + numbers[1]),
      text: word,
    };
    segments.push(confidence === undefined ? segment : { ...segment, confidence: numbers[2] });
  });
  return segments;
}
