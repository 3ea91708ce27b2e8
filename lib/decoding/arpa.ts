import { isDecimal } from "../form/decimal.ts";
import { excerpt } from "../form/json.ts";
import {
  canonicalWord,
  type Ngram,
  type NgramLabels,
  type NgramModel,
  ngramModel,
} from "./ngram.ts";

/** A fault in an ARPA file, and the line it is in, counted from 1. */
export class ArpaError extends SyntaxError {
  /** The name of the class, as errors print it. */
  override readonly name = "ArpaError";
  /** From 1. */
  readonly line: number;

  /**
   * A fault in one line.
   *
   * @param line From 1.
   * @param message What is wrong with it.
   */
  constructor(line: number, message: string) {
    super(`Cannot read the ARPA file: line ${line}: ${message}`);
    this.line = line;
  }
}

/**
 * Reads an n-gram model in the ARPA format, as KenLM and SRILM write it: log10 probabilities,
 * words, and a log10 backoff where the n-gram is a context. Columns are parted by ASCII blanks, so
 * that a no-break space is part of a word. Text before `\data\` is passed over.
 *
 * @param text The whole file.
 * @param labels Which word each label is; defaults to the file's words in order, after a blank.
 * @throws {ArpaError} If the text is not an ARPA file: what is wrong, and in which line.
 * @throws {RangeError} If a label's word is not listed and `<unk>` neither.
 *
 * @example
 * ```ts
 * import { readArpa } from "lib/decoding/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const lm = readArpa("\\data\\\nngram 1=2\n\n\\1-grams:\n-0.5\ta\n-1\tb\n\n\\end\\\n");
 * assertAlmostEquals(lm.next(lm.start(), 2).logProb, -Math.LN10);
 * ```
 *
 * Source: the SRILM manual, ngram-format(5).
 */
export function readArpa(text: string, labels: NgramLabels = {}): NgramModel {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  let at = 0;
  const fail = (message: string): never => {
    throw new ArpaError(Math.min(at, lines.length), message);
  };
  /** The next line that holds anything; `at` is its number. */
  const next = (expected: string): string => {
    while (at < lines.length) {
      const line = trimmed(lines[at++]);
      if (line !== "") return line;
    }
    return fail(`the file ends before ${expected}`);
  };

  // Whatever comes before \data\ is a comment.
  while (next("\\data\\") !== "\\data\\");
  const sizes: number[] = [];
  let line = next("\\1-grams:");
  for (; line.startsWith("ngram"); line = next("\\1-grams:")) {
    const [, n, size] = /^ngram\s+(\d+)\s*=\s*(\d+)$/.exec(line) ?? fail(
      `it must be "ngram ${sizes.length + 1}=COUNT": it is "${excerpt(line)}"`,
    );
    if (Number(n) !== sizes.length + 1) {
      fail(`the count of ${sizes.length + 1}-grams must come here: it is "${excerpt(line)}"`);
    }
    sizes.push(Number(size));
  }
  if (sizes.length === 0) fail(`it must be "ngram 1=COUNT": it is "${excerpt(line)}"`);

  const ngrams: Ngram[] = [];
  const seen = new Set<string>();
  sizes.forEach((size, n) => {
    const order = n + 1;
    if (line !== `\\${order}-grams:`) {
      fail(`it must be "\\${order}-grams:": it is "${excerpt(line)}"`);
    }
    for (let i = 0; i < size; i++) {
      const entry = next(`the last of ${size} ${order}-grams`);
      if (entry.startsWith("\\")) fail(`${size} ${order}-grams must come before: there are ${i}`);
      const ngram = parseNgram(entry, order, order === sizes.length, fail);
      const words = ngram.words.map(canonicalWord);
      const key = words.join(" "), context = words.slice(0, -1).join(" ");
      if (seen.has(key)) fail(`"${excerpt(key)}" is listed twice`);
      if (order > 1 && !seen.has(context)) fail(`the context "${excerpt(context)}" is not listed`);
      if (order > 1 && !seen.has(words[n])) {
        fail(`the word "${excerpt(ngram.words[n])}" is not listed`);
      }
      seen.add(key);
      ngrams.push(ngram);
    }
    line = next("\\end\\");
    if (!line.startsWith("\\")) {
      fail(`there are more than ${size} ${order}-grams: "${excerpt(line)}"`);
    }
  });
  if (line !== "\\end\\") fail(`it must be "\\end\\": it is "${excerpt(line)}"`);
  while (at < lines.length) {
    const rest = trimmed(lines[at++]);
    if (rest !== "") fail(`there must be nothing after \\end\\: it is "${excerpt(rest)}"`);
  }
  if (ngrams.length === 0) fail("there must be at least one n-gram");
  return ngramModel(ngrams, labels);
}

function parseNgram(
  entry: string,
  order: number,
  longest: boolean,
  fail: (message: string) => never,
): Ngram {
  const fields = entry.split(/[ \t]+/);
  if (fields.length !== order + 1 && fields.length !== order + 2) {
    fail(
      `it must be a log10 probability, ${order} word${order > 1 ? "s" : ""} and perhaps a log10 ` +
        `backoff: it is "${excerpt(entry)}"`,
    );
  }
  const strange = fields.find((field) => field.includes("\r"));
  if (strange !== undefined) fail(`a word must have no carriage return: it is "${excerpt(entry)}"`);
  const logProb = nats("log10 probability", fields[0], fail);
  if (logProb > 0) fail(`the log10 probability must be <= 0: it is ${fields[0]}`);
  const logBackoff = fields.length > order + 1 ? nats("log10 backoff", fields[order + 1], fail) : 0;
  if (logBackoff === -Infinity) {
    fail(`the log10 backoff must be finite: it is ${fields[order + 1]}`);
  }
  if (longest && logBackoff !== 0) {
    fail(`the longest n-grams must have no log10 backoff: it is "${excerpt(entry)}"`);
  }
  return { words: fields.slice(1, order + 1), logProb, logBackoff };
}

/** A log10 value in nats. */
function nats(what: string, field: string, fail: (message: string) => never): number {
  const value = /^-inf(inity)?$/i.test(field) ? -Infinity : isDecimal(field) ? Number(field) : NaN;
  return value < Infinity
    ? value * Math.LN10
    : fail(`the ${what} must be a number: it is "${excerpt(field)}"`);
}

/** A line without ASCII blanks around it. */
function trimmed(line: string): string {
  const blank = (at: number) => line[at] === " " || line[at] === "\t";
  let start = 0, end = line.length;
  while (start < end && blank(start)) start++;
  while (start < end && blank(end - 1)) end--;
  return line.slice(start, end);
}

/**
 * Writes an n-gram model in the ARPA format, which KenLM and SRILM load.
 *
 * @param options.digits Significant digits of the numbers, 1 to 17; defaults to 17, which loses
 * nothing.
 * @throws {RangeError} If `digits` is out of range, a word is empty or holds an ASCII blank or a
 * line's end, or a backoff is -Infinity, which the format does not have.
 *
 * @example
 * ```ts
 * import { readArpa, trainNgram, writeArpa } from "lib/decoding/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const lm = trainNgram([[1, 2], [2, 2, 1]], { labels: 3, order: 2 });
 * const again = readArpa(writeArpa(lm));
 * assertAlmostEquals(again.next(again.start(), 2).logProb, lm.next(lm.start(), 2).logProb);
 * ```
 */
export function writeArpa(model: NgramModel, options: { digits?: number } = {}): string {
  const { digits = 17 } = options;
  if (!Number.isInteger(digits) || digits < 1 || digits > 17) {
    throw new RangeError(
      `Cannot write an ARPA file as digits must be a whole number from 1 to 17: ` +
        `current value is ${digits}`,
    );
  }
  const byOrder = Array.from(
    { length: model.order },
    (_, n) => model.ngrams.filter(({ words }) => words.length === n + 1),
  );
  const log10 = (nats: number) => {
    const value = nats / Math.LN10;
    return Number.isFinite(value) ? `${Number(value.toPrecision(digits))}` : "-inf";
  };
  const sections = byOrder.map((ngrams, n) => {
    const lines = ngrams.map(({ words, logProb, logBackoff }) => {
      for (const word of words) {
        if (!/^[^ \t\r\n]+$/.test(word) || !word.isWellFormed()) {
          throw new RangeError(
            `Cannot write an ARPA file as words must have no white space: one is ` +
              `${JSON.stringify(word)}`,
          );
        }
      }
      if (logBackoff === -Infinity) {
        throw new RangeError(
          `Cannot write an ARPA file as backoffs must be finite: that of "${words.join(" ")}" ` +
            `is -Infinity`,
        );
      }
      const backoff = n + 1 < model.order ? `\t${log10(logBackoff)}` : "";
      return `${log10(logProb)}\t${words.join(" ")}${backoff}\n`;
    });
    return `\n\\${n + 1}-grams:\n${lines.join("")}`;
  });
  const sizes = byOrder.map((ngrams, n) => `ngram ${n + 1}=${ngrams.length}\n`);
  return `\\data\\\n${sizes.join("")}${sections.join("")}\n\\end\\\n`;
}
