import { placeWords } from "./place_words.ts";
import { runFlite } from "./run_flite.ts";
import { speakable } from "./speakable.ts";
import { silencePhone } from "./voice.ts";

/** A word as flite says it in its text. */
export interface PronouncedWord {
  /** As flite reads it, in lower case: "21" is "twenty", "one". */
  readonly label: string;
  /** Its phones, in order. */
  readonly phones: readonly string[];
}

/** Text is read alike by all voices; this one is the fastest. */
const reader = ["-voice", "kal16"];
/** The most words that are spoken at once to learn how each is said. */
const batch = 40;
/** How words are said alone: what a look-up costs, it costs once. */
const known = new Map<string, readonly string[]>();

/**
 * How flite says a text: its words as it reads them, with their phones in this context.
 *
 * Numbers, abbreviations and symbols are words: "Dr. 21" is "doctor", "twenty", "one".
 *
 * @throws {TypeError} If the text is no string.
 * @throws {RangeError} If it has no word, a character that flite does not know, or more than 10,000.
 *
 * @example
 * ```ts
 * import { pronounce } from "lib/corpora/flite/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pronounce("The end."), [
 *   { label: "the", phones: ["dh", "iy"] },
 *   { label: "end", phones: ["eh", "n", "d"] },
 * ]);
 * ```
 */
export function pronounce(text: string): PronouncedWord[] {
  const plain = speakable("Cannot pronounce", text);
  const spoken = segments(plain);
  return wordsOf("Cannot pronounce", readWords(plain), spoken)
    .map(({ label, range: [from, to] }) => ({ label, phones: spoken.slice(from, to) }));
}

/** A word, and which phones of the utterance are its own. */
export interface PlacedWord {
  readonly label: string;
  readonly range: readonly [from: number, to: number];
}

/**
 * The words of a text as flite reads it, in lower case. A clitic ("'s", "'ve") is part of the word
 * that it leans on.
 *
 * @param plain As {@link speakable} gives it.
 */
export function readWords(plain: string): string[] {
  const labels: string[] = [];
  for (const name of runFlite([...reader, "-pw", "-t", plain]).output.split(" ").filter(Boolean)) {
    const label = name.replace(/^_(?=.)/, ""); // a letter's name is told from the article by "_"
    if (/^'./.test(label) && labels.length > 0) labels[labels.length - 1] += label;
    else labels.push(label);
  }
  return labels;
}

/**
 * The words of a text, each with its place in the phones that were spoken; what has no phone is left
 * out.
 *
 * @param labels As {@link readWords} gives them.
 * @throws {RangeError} If there is no word.
 */
export function wordsOf(
  what: string,
  labels: readonly string[],
  spoken: readonly string[],
): PlacedWord[] {
  const ranges = placeWords(spoken, spokenAlone(labels));
  const words = labels.map((label, n) => ({ label, range: ranges[n] }))
    .filter(({ range: [from, to] }) => to > from);
  if (words.length > 0) return words;
  throw new RangeError(`${what} as text must have a word: flite says nothing of it`);
}

/** The phones of every word, each spoken alone. */
function spokenAlone(words: readonly string[]): (readonly string[])[] {
  const news = [...new Set(words)].filter((word) => !known.has(word));
  for (let n = 0; n < news.length; n += batch) learn(news.slice(n, n + batch));
  return words.map((word) => known.get(word)!);
}

/** Speaks words with pauses between, which tell them apart; one by one where they do not. */
function learn(words: readonly string[]): void {
  const groups: string[][] = [[]];
  for (const phone of segments(words.join(", "))) {
    if (phone !== silencePhone) groups.at(-1)!.push(phone);
    else if (groups.at(-1)!.length > 0) groups.push([]);
  }
  groups.pop(); // after the last pause
  if (words.length > 1 && groups.length !== words.length) {
    for (const word of words) {
      learn([word]);
    }
  } else {words.forEach((word, n) =>
      known.set(word, words.length === 1 ? groups.flat() : groups[n])
    );}
}

function segments(plain: string): string[] {
  return runFlite([...reader, "-ps", "-t", plain]).output.split(" ");
}
