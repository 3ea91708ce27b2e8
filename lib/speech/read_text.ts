import type { PronouncedWord } from "../corpora/flite/mod.ts";
import { brief } from "../form/json.ts";

/** A word of a text, and how it is said. */
export interface ReadWord {
  /** As it is written, without the punctuation around it. */
  readonly text: string;
  /** What is said for it: of "21" twenty and one. */
  readonly spoken: readonly PronouncedWord[];
}

/** Characters that are read at once, as the cost of a text grows with its square. */
const mostAtOnce = 800;
/** Parts after which the memory of flite's runs, 20 MB each, is freed. */
const mostUnfreed = 4;

/**
 * The words of an English text, each with the words and phones that flite says for it.
 *
 * Sentences are read one after the other, so that a text may be of any length. What is not said, as a
 * dash, is no word.
 *
 * @throws {RangeError} If it has no word, one of more than 800 letters, or a character that flite does
 * not know.
 *
 * @example
 * ```ts
 * import { readText } from "lib/speech/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const words = await readText("Dr. Lee is 21.");
 * assertEquals(words.map(({ text }) => text), ["Dr", "Lee", "is", "21"]);
 * assertEquals(words[3].spoken.map(({ label }) => label), ["twenty", "one"]);
 * ```
 */
export async function readText(text: string): Promise<ReadWord[]> {
  const [{ pronounce, readWords }, { placeWords }, { speakable }] = await Promise.all([
    import("../corpora/flite/pronounce.ts"),
    import("../corpora/flite/place_words.ts"),
    import("../corpora/flite/speakable.ts"),
  ]);
  const known = new Map<string, readonly string[]>();
  /** What is said for a token alone, to tell which of the words of a sentence are its own. */
  const alone = (token: string): readonly string[] => {
    const plain = /^["'(]*([A-Za-z]?[a-z]+)[^A-Za-z0-9]*$/.exec(token);
    if (plain !== null) return [plain[1].toLowerCase()];
    if (!/[^\s\-–—.,;:!?"'()…]/.test(token)) return [];
    let words = known.get(token);
    if (words === undefined) known.set(token, words = readWords(speakable(what, token)));
    return words;
  };
  const words: ReadWord[] = [];
  for (const [n, part] of parts(text).entries()) {
    if (n % mostUnfreed === mostUnfreed - 1) freeMemory();
    const said = pronounce(part), tokens = part.split(" ");
    const ranges = placeWords(said.map(({ label }) => label), tokens.map(alone));
    tokens.forEach((token, n) => {
      const [from, to] = ranges[n];
      if (to > from) words.push({ text: bare(token), spoken: said.slice(from, to) });
    });
  }
  if (words.length > 0) return words;
  throw new RangeError(`${what} as it must have a word: current value is ${brief(text)}`);
}

const what = "Cannot read the text";

/** A text in pieces of whole sentences where they are short enough, else of whole words. */
function parts(text: string): string[] {
  const found: string[] = [];
  let part = "";
  const close = () => {
    if (/[\p{L}\p{N}]/u.test(part)) found.push(part);
    part = "";
  };
  for (const token of text.split(/\s+/).filter(Boolean)) {
    if (token.length > mostAtOnce) {
      throw new RangeError(
        `${what} as a word must have at most ${mostAtOnce} letters: ${brief(token)} has ` +
          `${token.length}`,
      );
    }
    if (part.length + token.length >= mostAtOnce) close();
    part += part === "" ? token : ` ${token}`;
    if (part.length > mostAtOnce / 2 && /[.!?]["'”’)]*$/.test(token)) close();
  }
  close();
  return found;
}

/**
 * V8 frees the memory of WebAssembly's instances late, after half a gigabyte: it is asked to, where it
 * may be, with `--v8-flags=--expose-gc`.
 */
function freeMemory(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

/** A token without the punctuation around it. */
function bare(token: string): string {
  const stripped = token.replace(/^["'“‘«([{]+|["'”’».,;:!?…)\]}]+$/gu, "");
  return stripped === "" ? token : stripped;
}
