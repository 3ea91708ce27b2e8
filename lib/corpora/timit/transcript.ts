import type { Fault } from "../spoken/report.ts";
import { timitPhones } from "./phones.ts";

/** A line of a transcript: samples `start` to `end` - 1. */
export interface Stretch {
  /** The first sample. */
  readonly start: number;
  /** The sample after the last. */
  readonly end: number;
  /** The phone or word, in small letters. */
  readonly label: string;
}

/**
 * Reads a transcript of TIMIT, lines `start end label` in samples, the end exclusive. Lines may end
 * in CRLF, labels be in capitals.
 *
 * Phones follow one another without gaps from sample 0 on, and are among the 61; words have rising
 * starts, and may overlap and leave gaps.
 *
 * @param kind What its labels are.
 * @param samples How many samples the sound has; nothing may reach past them. Defaults to any number.
 * @param onFault Told of every fault with its line; a line that cannot be read is left out.
 */
export function readTranscript(
  text: string,
  kind: "phones" | "words",
  onFault: (fault: Omit<Fault, "file">) => void,
  samples = Infinity,
): Stretch[] {
  const stretches: Stretch[] = [];
  const known = new Set(timitPhones);
  for (const [n, line] of text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === "") continue;
    const fault = (message: string) => onFault({ line: n + 1, message });
    const [first, last, label, ...more] = line.trim().split(/[ \t]+/);
    const [start, end] = [first, last].map((x) => /^\d{1,9}$/.test(x ?? "") ? Number(x) : NaN);
    if (Number.isNaN(start + end) || label === undefined || more.length > 0) {
      fault(`must be "start end label", in samples: it is ${JSON.stringify(line.slice(0, 60))}`);
      continue;
    }
    if (start >= end) {
      fault(`must have start < end: it is ${start} to ${end}`);
      continue;
    }
    const before = stretches.at(-1);
    if (kind === "phones") {
      const due = before?.end ?? 0;
      if (start !== due) fault(`must start where the phone before ends, at ${due}: it is ${start}`);
      if (!known.has(label.toLowerCase())) fault(`phone ${label} is none of TIMIT's 61`);
    } else if (before !== undefined && start < before.start) {
      fault(`must not start before the word before, at ${before.start}: it is ${start}`);
    }
    if (end > samples) fault(`must end inside the sound of ${samples} samples: it is ${end}`);
    stretches.push({ start, end, label: label.toLowerCase() });
  }
  if (stretches.length === 0) onFault({ message: `has no ${kind}` });
  return stretches;
}
