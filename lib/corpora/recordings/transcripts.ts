import { readCtm, readTextGrid, type Segment, type TextGrid } from "../../alignment/mod.ts";

/** What a transcript says: labels or words with their times, or words alone. */
export interface Transcript {
  /** Phones or other labels, silences among them. */
  readonly phones?: readonly Segment[];
  /** Words, which may overlap and leave gaps. */
  readonly words?: readonly Segment[];
  /** Plain text. */
  readonly text?: string;
}

/** The endings of transcripts, the first that is there being read. */
export const transcriptEndings = ["textgrid", "ctm", "phn", "lab", "txt"] as const;

/**
 * Reads a transcript by the ending of its file's name:
 *
 * - TextGrid: the tiers that are called phones, labels, segments or words, in any case; one tier alone
 *   is read by its name or else as phones.
 * - ctm: the words of the recording of this name, or of the only one; of alternatives the first.
 * - phn: lines `start end label` in samples, as TIMIT's.
 * - lab: lines `start end label` in units of 100 ns, as HTK's, or plain text. What looks like other
 *   labels is refused: with starts alone, in seconds, of many recordings, or xlabel's.
 * - txt: plain text.
 *
 * @param ending One of {@link transcriptEndings}.
 * @param options.name Of the recording, without its ending.
 * @param options.sampleRate Samples per second.
 * @throws {SyntaxError} If it cannot be read; the message names the line.
 */
export function readTranscriptFile(
  bytes: Uint8Array,
  ending: typeof transcriptEndings[number],
  options: { name: string; sampleRate: number },
): Transcript {
  if (ending === "textgrid") return ofTextGrid(readTextGrid(bytes));
  const text = decoded(bytes);
  switch (ending) {
    case "ctm":
      return { words: wordsOfCtm(text, options.name) };
    case "phn":
      return { phones: timedLines(text, options.sampleRate) };
    case "lab":
      return ofLab(text, options.sampleRate);
    case "txt":
      return { text: plainText(text) };
  }
}

/**
 * Reads the words of a .wrd file: lines `start end word` in samples, which may overlap.
 *
 * @throws {SyntaxError} Naming the line.
 */
export function readWords(bytes: Uint8Array, sampleRate: number): Segment[] {
  return timedLines(decoded(bytes), sampleRate, { overlap: true });
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SyntaxError("Cannot read the transcript as its text must be UTF-8");
  }
}

/** HTK's labels where the first line begins with two numbers, and else plain text. */
function ofLab(text: string, sampleRate: number): Transcript {
  const lines = linesOf(text).filter((fields) => fields.length > 0);
  const isNumber = (field = "") => /^[-+]?\d+(\.\d+)?$/.test(field);
  const [first = []] = lines;
  if (first.length > 2 && first.slice(0, 2).every(isNumber)) {
    return { phones: labelsOfHtk(text, sampleRate) };
  }
  const found = first[0] === "#!MLF!#"
    ? "it is a master label file, of many recordings"
    : lines.some((fields) => fields.join(" ") === "#")
    ? 'it has a line "#" as xlabel\'s have, which are lines "end color label"'
    : lines.length > 1 && lines.every(([start, ...more]) => isNumber(start) && more.length > 0)
    ? "every line has one number before it, a start without an end"
    : undefined;
  if (found === undefined) return { text: plainText(text) };
  throw new SyntaxError(
    `Cannot read the labels as they must be lines "start end label" in units of 100 ns, or plain ` +
      `text: ${found}; plain text of that kind goes into a .txt`,
  );
}

/** Labels in units of 100 ns. A text of three numbers looks like one, and is too short to be heard. */
function labelsOfHtk(text: string, sampleRate: number): Segment[] {
  const labels = timedLines(text, 1e7, { more: true });
  const short = labels.find(({ start, end }) => (end - start) * sampleRate < 1);
  if (short !== undefined) {
    throw new SyntaxError(
      "Cannot read the labels as each must last a sample of the sound or longer, in units of " +
        `100 ns: ${JSON.stringify(short.text)} lasts ${
          Math.round((short.end - short.start) * 1e7)
        }; ` +
        "plain text that begins with numbers goes into a .txt",
    );
  }
  return labels;
}

function ofTextGrid({ tiers }: TextGrid): Transcript {
  const named = (pattern: RegExp) =>
    tiers.find(({ name, intervals }) => intervals !== undefined && pattern.test(name))?.intervals;
  const words = named(/words?$/i);
  const only = tiers.length === 1 && words === undefined ? tiers[0].intervals : undefined;
  const phones = named(/(phone(me)?|label|segment)s?$/i) ?? only;
  if (phones === undefined && words === undefined) {
    const names = tiers.map(({ name }) => JSON.stringify(name)).join(", ") || "none";
    throw new SyntaxError(
      `Cannot read the TextGrid as a tier of intervals must be called phones, labels, segments or ` +
        `words: tiers are ${names}`,
    );
  }
  return { phones, words: words?.filter(({ text }) => text.trim() !== "") };
}

function wordsOfCtm(text: string, name: string): Segment[] {
  const segments = readCtm(text).filter(({ alternative }) => (alternative?.branch ?? 0) === 0);
  const recordings = new Set(segments.map(({ recording }) => recording));
  if (recordings.size > 1 && !recordings.has(name)) {
    throw new SyntaxError(
      `Cannot read the CTM file as one of its recordings must be ${name}: they are ` +
        [...recordings].slice(0, 5).join(", "),
    );
  }
  return segments.filter(({ recording }) => recordings.size === 1 || recording === name)
    .map(({ start, end, text }) => ({ start, end, text }))
    .sort((a, b) => a.start - b.start);
}

/** The fields of every line, parted by ASCII blanks, so that a no-break space is part of a label. */
function linesOf(text: string): string[][] {
  return text.split(/\r\n|\n|\r/)
    .map((line) => line.split(/[ \t\v\f]+/).filter((field) => field !== ""));
}

/**
 * Lines `start end label`, in so many units to a second.
 *
 * @param options.overlap Whether one may begin before the one before it ends, as words may.
 * @param options.more Whether scores and other names may follow the label, as in HTK's files, where a
 * label in quotes would go on to the next of them.
 */
function timedLines(
  text: string,
  perSecond: number,
  { overlap = false, more = false } = {},
): Segment[] {
  const segments: Segment[] = [];
  for (const [n, fields] of linesOf(text).entries()) {
    if (fields.length === 0) continue;
    const [start, end, label, ...rest] = fields;
    const times = [start, end].map((x) => /^\d{1,15}$/.test(x ?? "") ? Number(x) / perSecond : NaN);
    const last = segments.at(-1);
    const before = (overlap ? last?.start : last?.end) ?? 0;
    const unclear = more ? label?.startsWith('"') : rest.length > 0;
    if (label === undefined || unclear || !(times[0] >= before && times[0] < times[1])) {
      throw new SyntaxError(
        `Cannot read the labels as line ${
          n + 1
        } must be "start end label" in whole numbers, after ` +
          `the line before and start < end: it is ${JSON.stringify(fields.join(" ").slice(0, 60))}`,
      );
    }
    segments.push({ start: times[0], end: times[1], text: label });
  }
  return segments;
}

function plainText(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
