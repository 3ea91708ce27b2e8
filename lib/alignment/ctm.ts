import { nanoseconds, type Segment } from "./segments.ts";

/** A segment as a line of a CTM file has it. A word may last no time at all. */
export interface CtmSegment extends Segment {
  /** Name of the recording, without blanks. */
  readonly recording: string;
  /** Channel of the recording, such as "1" or "A". */
  readonly channel: string;
  /** A probability, a log-likelihood, or whatever a recogniser makes of it. */
  readonly confidence?: number;
  /** Kind of word, such as "lex" or "fp" (column 7). */
  readonly type?: string;
  /** Who speaks (column 8). */
  readonly speaker?: string;
  /** Where the word belongs to one of several transcripts of the same stretch. */
  readonly alternative?: CtmAlternative;
}

/** One of several transcripts of a stretch, between `<ALT_BEGIN>`, `<ALT>` and `<ALT_END>`. */
export interface CtmAlternative {
  /** Which stretch of the file, counted from 0. */
  readonly stretch: number;
  /** Which of its transcripts, counted from 0. */
  readonly branch: number;
  /** How many transcripts it has; one without words means that nothing is said. */
  readonly branches: number;
}

/**
 * Segments as the text of a CTM file: recording, channel, start, duration, text, and perhaps a
 * confidence, a type and a speaker, one line each; seconds, to the nanosecond. Where a type or a
 * speaker is known and what stands before is not, `NA` or `lex` is written in its place.
 *
 * @throws {RangeError} If a segment does not have 0 <= start <= end, a confidence is not finite, a
 * field is empty, has a blank or a line's end in it or means something else in CTM, or the words of
 * one alternative do not stand together in their order.
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
 * Source: NIST SCTK, "infmts", CTM; columns 7 and 8 from NIST's Rich Transcription evaluations.
 */
export function ctmText(segments: readonly CtmSegment[]): string {
  const lines: string[] = [];
  const tag = ({ recording, channel }: CtmSegment, text: string) =>
    lines.push(`${recording} ${channel} * * ${text}`);
  /** Closes the alternatives of the segment before, up to `branch` of the same stretch. */
  const close = (before: CtmSegment, branch?: number) => {
    const { alternative: { branch: open, branches } } = before as Required<CtmSegment>;
    for (let at = open; at < (branch ?? branches - 1); at++) tag(before, "<ALT>");
    if (branch === undefined) tag(before, "<ALT_END>");
  };
  let before: CtmSegment | undefined;
  let stretches = -1;
  segments.forEach((segment, n) => {
    requireLine(segment, n);
    const { recording, channel, start, end, text, confidence, type, speaker, alternative } =
      segment;
    const open = before?.alternative;
    if (before !== undefined && open !== undefined && open.stretch !== alternative?.stretch) {
      close(before);
    }
    if (alternative !== undefined) {
      const continues = open?.stretch === alternative.stretch;
      requireAlternative(segment, n, continues ? before : undefined, stretches);
      if (!continues) tag(segment, "<ALT_BEGIN>");
      close(
        continues ? before! : { ...segment, alternative: { ...alternative, branch: 0 } },
        alternative.branch,
      );
      stretches = alternative.stretch;
    }
    const more = speaker !== undefined
      ? [confidence ?? "NA", type ?? "lex", speaker]
      : type !== undefined
      ? [confidence ?? "NA", type]
      : confidence !== undefined
      ? [confidence]
      : [];
    const times = [nanoseconds(start), nanoseconds(end - start)];
    lines.push([recording, channel, ...times, text, ...more].join(" "));
    before = segment;
  });
  if (before?.alternative !== undefined) close(before);
  return lines.map((line) => `${line}\n`).join("");
}

const tags = /^<ALT(_BEGIN|_END)?>$/i;

function requireLine(segment: CtmSegment, n: number): void {
  const { recording, channel, start, end, text, confidence, type, speaker } = segment;
  const fields = Object.entries({ recording, channel, text, type, speaker });
  for (const [name, value] of fields) {
    if (value === undefined && (name === "type" || name === "speaker")) continue;
    const fault = typeof value !== "string" || value === "" || /[ \t\n\v\f\r]/.test(value) ||
        !value.isWellFormed()
      ? "be a text without blanks, and not be empty"
      : ["recording", "type", "speaker"].includes(name) && value.startsWith(";;")
      ? 'not begin with ";;"'
      : name === "recording" && value.startsWith("\ufeff")
      ? "not begin with a byte order mark"
      : name === "text" && tags.test(value)
      ? "not be the tag of an alternative"
      : undefined;
    if (fault !== undefined) {
      throw new RangeError(
        `A field of a CTM file must ${fault}: ${name} of segment ${n} is ${JSON.stringify(value)}`,
      );
    }
  }
  if (!(start >= 0 && start <= end && end < Infinity)) {
    throw new RangeError(
      `A segment must have 0 <= start <= end: segment ${n} is ${start} to ${end}`,
    );
  }
  if (confidence !== undefined && !Number.isFinite(confidence)) {
    throw new RangeError(`A confidence must be finite: that of segment ${n} is ${confidence}`);
  }
}

function requireAlternative(
  segment: CtmSegment,
  n: number,
  before: CtmSegment | undefined,
  stretches: number,
): void {
  const { stretch, branch, branches } = segment.alternative!;
  const whole = [stretch, branch, branches].every((value) => Number.isSafeInteger(value));
  const fits = before === undefined
    ? stretch > stretches
    : before.recording === segment.recording && before.channel === segment.channel &&
      before.alternative!.branches === branches && before.alternative!.branch <= branch;
  if (!whole || branch < 0 || branch >= branches || !fits) {
    throw new RangeError(
      `The words of an alternative must stand together, in one channel and in the order of ` +
        `stretches and branches: segment ${n} has ${JSON.stringify(segment.alternative)}`,
    );
  }
}
