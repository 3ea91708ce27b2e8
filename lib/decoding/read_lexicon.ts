import { excerpt } from "../form/json.ts";

/** A fault in a lexicon, and the line it is in, counted from 1. */
export class LexiconError extends SyntaxError {
  /** The name of the class, as errors print it. */
  override readonly name = "LexiconError";
  /** From 1. */
  readonly line: number;

  /**
   * A fault in one line.
   *
   * @param line From 1.
   * @param message What is wrong with it.
   */
  constructor(line: number, message: string) {
    super(`Cannot read the lexicon: line ${line}: ${message}`);
    this.line = line;
  }
}

/** The words of a lexicon, and how they are written in labels. */
export interface Lexicon {
  /** By number, from 1; 0 is the place of blank, as in a model of words. */
  readonly words: readonly string[];
  /** The labels of every word, by its number. */
  readonly spellings: ReadonlyMap<number, readonly number[]>;
}

/**
 * Reads a lexicon as Kaldi and others write it: on every line a word and the names of its labels,
 * with blanks between. A word alone is spelt by its own characters.
 *
 * @param text The whole file; empty lines are passed over.
 * @param names Those of all labels, by number; blank's, the first, spells nothing.
 * @throws {LexiconError} If there is no word, one is listed twice, two are spelt alike, or a label has
 * none of the names: what is wrong, and in which line.
 *
 * @example
 * ```ts
 * import { readLexicon } from "lib/decoding/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { words, spellings } = readLexicon("cab\nBAA b a a\n", ["ε", "a", "b", "c"]);
 * assertEquals(words, ["", "cab", "BAA"]);
 * assertEquals([...spellings.values()], [[3, 1, 2], [2, 1, 1]]);
 * ```
 */
export function readLexicon(text: string, names: readonly string[]): Lexicon {
  const labels = new Map(names.map((name, label) => [name, label]).slice(1) as [string, number][]);
  const words = [""], spellings = new Map<number, readonly number[]>();
  const lineOf = new Map<string, number>(), wordOf = new Map<string, string>();
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  lines.forEach((content, n) => {
    const fail = (message: string): never => {
      throw new LexiconError(n + 1, message);
    };
    const [word, ...spelt] = content.split(/[ \t]+/).filter((field) => field !== "");
    if (word === undefined) return;
    const before = lineOf.get(word);
    if (before !== undefined) {
      fail(`a word must be listed once: "${excerpt(word)}" is in line ${before}, too`);
    }
    const spelling = (spelt.length > 0 ? spelt : Array.from(word)).map((name) =>
      labels.get(name) ?? fail(
        `"${excerpt(word)}" must be spelt in ${listed(names.slice(1))}: it has "${excerpt(name)}"`,
      )
    );
    const same = wordOf.get(spelling.join());
    if (same !== undefined) {
      fail(`words must be spelt differently: "${excerpt(word)}" is spelt like "${excerpt(same)}"`);
    }
    spellings.set(words.length, spelling);
    words.push(word);
    lineOf.set(word, n + 1);
    wordOf.set(spelling.join(), word);
  });
  if (words.length === 1) {
    throw new LexiconError(lines.length, "there must be a word: there is none");
  }
  return { words, spellings };
}

/** The first few of many names. */
function listed(names: readonly string[]): string {
  return names.slice(0, 30).join(" ") + (names.length > 30 ? " …" : "");
}
