import { excerpt } from "../form/json.ts";

/** What stands free in a text file of Praat's: a number, a text in quotes or a flag in brackets. */
export interface PraatToken {
  readonly kind: "number" | "text" | "flag" | "end";
  readonly value: number | string;
  /** As the file has it, for messages. */
  readonly source: string;
  /** Where it begins. */
  readonly offset: number;
}

/**
 * The text of a file's bytes, as Praat decides it: UTF-16 or UTF-8 by its byte order mark, UTF-8
 * without one where the bytes are valid, and else an encoding of one byte a letter.
 *
 * @param encoding The last of these; defaults to "windows-1252", which holds Latin-1. "macintosh"
 * is that of old Macs.
 * @throws {SyntaxError} If UTF-16 is broken, or the file is one of Praat's binary ones.
 */
export function praatDecoded(bytes: Uint8Array, encoding = "windows-1252"): string {
  const [a, b] = bytes;
  if (a === 0xfe && b === 0xff || a === 0xff && b === 0xfe) {
    try {
      return new TextDecoder(a === 0xfe ? "utf-16be" : "utf-16le", { fatal: true }).decode(bytes);
    } catch {
      throw new SyntaxError("Cannot read the TextGrid as its UTF-16 is broken");
    }
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(encoding).decode(bytes);
  }
}

/**
 * Reads a text of Praat's token by token. Words that begin with anything but a digit, a sign, a
 * quote or an angle bracket are passed over, and so is what stands between "!" and the end of the
 * line.
 *
 * Source: Praat's melder/abcio.cpp, getReal, getEnum and peekString.
 */
export class PraatText {
  readonly text: string;
  /** Where the next token is looked for. */
  #at = 0;

  /** @throws {SyntaxError} If the text was decoded wrongly: UTF-16 taken for something else. */
  constructor(text: string) {
    this.text = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
    if (/^\ufffd|\0/.test(this.text)) {
      this.fail(
        this.text.search(/\ufffd|\0/),
        "it must not have NUL or broken characters: it is UTF-16 read as another encoding, or a " +
          "binary file; pass the bytes of a text file, UTF-16 with its byte order mark",
      );
    }
  }

  /** @throws {SyntaxError} With the line that holds an offset, and what is wrong there. */
  fail(offset: number, message: string): never {
    const line = this.text.slice(0, offset).split("\n").length;
    throw new SyntaxError(`Cannot read the TextGrid: line ${line}: ${message}`);
  }

  /**
   * The next token; at the end of the text one of kind "end".
   *
   * @param strict Whether a word that would be passed over is a fault.
   */
  next(strict = false): PraatToken {
    for (;;) {
      const offset = this.#skip(/\s*/y);
      const first = this.text[offset];
      if (first === undefined) return { kind: "end", value: "", source: "the end", offset };
      if (first === '"') return this.#quoted(offset);
      if (first === "<") return this.#flag(offset);
      if (first === "!") this.#skip(/[^\n]*/y);
      else {
        this.#skip(/\S+/y);
        const source = this.text.slice(offset, this.#at);
        if (/^(-|\+.|\d)/.test(first === "+" ? source : first)) return this.#number(offset, source);
        if (strict) this.fail(offset, `there must be nothing more: it is ${excerpt(source)}`);
      }
    }
  }

  #skip(what: RegExp): number {
    what.lastIndex = this.#at;
    what.test(this.text);
    return this.#at = what.lastIndex;
  }

  #quoted(offset: number): PraatToken {
    let end = offset;
    do {
      end = this.text.indexOf('"', end + 1);
      if (end < 0) this.fail(offset, "the text that begins here must end in a quote");
    } while (this.text[end + 1] === '"' && ++end);
    this.#at = end + 1;
    const source = this.text.slice(offset, this.#at);
    if (/\S/.test(this.text[this.#at] ?? " ")) {
      this.fail(
        end,
        `a text must end in a quote and a blank, and quotes inside be doubled: ` +
          `${excerpt(this.text[this.#at])} follows ${excerpt(source)}`,
      );
    }
    return { kind: "text", value: source.slice(1, -1).replaceAll('""', '"'), source, offset };
  }

  #flag(offset: number): PraatToken {
    this.#skip(/<[^>\s]*>?/y);
    const source = this.text.slice(offset, this.#at);
    return { kind: "flag", value: source, source, offset };
  }

  /** A number, perhaps with its unit, a percentage or a fraction. */
  #number(offset: number, source: string): PraatToken {
    const [, upper, lower, unit] = numeral.exec(source) ??
      this.fail(offset, `a number must be like 1.5, 1.5s, 50% or 3/2: it is ${excerpt(source)}`);
    const value = Number(upper) / Number(lower ?? 1) / (unit === "%" ? 100 : 1);
    if (!Number.isFinite(value)) this.fail(offset, `a number must be finite: it is ${source}`);
    return { kind: "number", value, source, offset };
  }
}

const decimal = String.raw`[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?`;
const numeral = new RegExp(`^(${decimal})(?:/(${decimal}))?(%|\\p{L}*)$`, "u");
