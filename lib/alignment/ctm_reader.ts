import { isDecimal } from "../form/decimal.ts";
import type { CtmAlternative, CtmSegment } from "./ctm.ts";
import { nanoseconds } from "./segments.ts";

/**
 * Reads the text of a CTM file. Columns are parted by ASCII blanks, so that a no-break space is
 * part of a word. Empty lines and comments (";;") are left out, and a confidence of `NA` is none.
 * The words of all alternatives are read, each with its place among them; an alternative without
 * words counts in `branches`.
 *
 * @throws {SyntaxError} Naming the first line that is not a segment, or whose tag of an alternative
 * is out of place.
 *
 * @example
 * ```ts
 * import { readCtm } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [word] = readCtm(";; by hand\nr1 A 0.25 0.5 are -6.5\n");
 * assertEquals([word.text, word.end, word.confidence], ["are", 0.75, -6.5]);
 * ```
 *
 * Source: NIST SCTK, "infmts", CTM; columns 7 and 8 from NIST's Rich Transcription evaluations.
 */
export function readCtm(text: string): CtmSegment[] {
  const segments: CtmSegment[] = [];
  /** The stretch of alternatives that is open. */
  let open: { first: number; line: number; channel: string; branch: number } | undefined;
  let stretches = 0;
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  for (const [n, line] of lines.entries()) {
    const fail = (expected: string): never => {
      throw new SyntaxError(
        `Cannot read the CTM file as line ${n + 1} must ${expected}; it is ${shown(line)}`,
      );
    };
    const fields = line.split(/[ \t\v\f]+/).filter((field) => field !== "");
    if (fields.length === 0 || fields[0].startsWith(";;")) continue;
    const tag = /^<ALT(_BEGIN|_END)?>$/i.exec(fields[4] ?? "")?.[0].toUpperCase();
    const channel = `${fields[0]} ${fields[1]}`;
    if (open !== undefined && channel !== open.channel) {
      fail(`be of recording and channel ${open.channel}, as the alternatives of line ${open.line}`);
    }
    if (tag === undefined) {
      const segment = segmentOf(fields) ??
        fail("be: recording channel start duration text [confidence [type [speaker]]]");
      const alternative = open === undefined
        ? undefined
        : { stretch: stretches, branch: open.branch, branches: 0 };
      segments.push(alternative === undefined ? segment : { ...segment, alternative });
      continue;
    }
    if (fields[2] !== "*" || fields[3] !== "*") fail(`have * for the times of ${tag}`);
    if (tag === "<ALT_BEGIN>") {
      if (open !== undefined) fail(`end the alternatives of line ${open.line} before`);
      open = { first: segments.length, line: n + 1, channel, branch: 0 };
      continue;
    }
    if (open === undefined) return fail("come after <ALT_BEGIN>");
    open.branch++;
    if (tag === "<ALT>") continue;
    for (let i = open.first; i < segments.length; i++) {
      const { stretch, branch } = segments[i].alternative as CtmAlternative;
      const alternative = { stretch, branch, branches: open.branch };
      segments[i] = { ...segments[i], alternative };
    }
    if (segments.length > open.first) stretches++;
    open = undefined;
  }
  if (open !== undefined) {
    throw new SyntaxError(
      `Cannot read the CTM file as the alternatives of line ${open.line} must have an <ALT_END>`,
    );
  }
  return segments;
}

/** The segment of a line's columns, and undefined where they make none. */
function segmentOf(fields: readonly string[]): CtmSegment | undefined {
  const [recording, channel, first, length, text, confidence, type, speaker] = fields;
  const missing = confidence === undefined || confidence.toUpperCase() === "NA";
  const numbers = [first, length, missing ? "0" : confidence];
  if (fields.length < 5 || fields.length > 8 || !numbers.every(isDecimal)) {
    return undefined;
  }
  if (recording.startsWith("\ufeff")) return undefined; // the first line's is gone
  const [start, duration, sure] = [
    nanoseconds(Number(numbers[0])),
    ...numbers.slice(1).map(Number),
  ];
  const end = nanoseconds(start + duration);
  const comment = type?.startsWith(";;") || speaker?.startsWith(";;");
  if (!(start >= 0 && duration >= 0 && end < Infinity && Number.isFinite(sure)) || comment) {
    return undefined;
  }
  return {
    recording,
    channel,
    start,
    end: Math.max(start, end),
    text,
    ...(missing ? {} : { confidence: sure }),
    ...(type === undefined ? {} : { type }),
    ...(speaker === undefined ? {} : { speaker }),
  };
}

/** A line as a message shows it. */
function shown(line: string): string {
  return JSON.stringify(line.length > 100 ? `${line.slice(0, 100)}…` : line);
}
