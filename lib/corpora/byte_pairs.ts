/**
 * A subword vocabulary: symbols, and the pairs of them that were merged, in order. A plain JSON value,
 * so that it can be kept beside a checkpoint.
 */
export interface BytePairs {
  /** Every symbol by its number: first the letters in order, then what each merge made. */
  readonly symbols: readonly string[];
  /** The symbols that were merged, by their numbers; merge n made symbol `letters + n`. */
  readonly merges: readonly (readonly [number, number])[];
}

/** How {@link trainBytePairs} learns. */
export interface BytePairOptions {
  /** How many symbols there are to be at most, letters among them. */
  readonly symbols: number;
  /** How often a pair must stand side by side to be merged; defaults to 2. */
  readonly least?: number;
}

/** Marks the start of a word, as in "▁the": words can be put together again from their subwords. */
export const WORD_START = "▁";

/**
 * Learns subwords from text by merging pairs: every word starts as its letters, with
 * {@link WORD_START} before them, and the pair of symbols that stands side by side most often becomes
 * one symbol, again and again. Of equally frequent pairs, the one whose symbols have the lower
 * numbers: the same words give the same symbols, in whatever order they come.
 *
 * @param words Words with how often each stands in the text, none of them empty or with a
 * {@link WORD_START} of its own.
 * @throws {RangeError} If there is no word, a word is empty or has the mark, a count or an option is
 * out of range, or there are more letters than symbols.
 *
 * @example
 * ```ts
 * import { decodeBytePairs, encodeBytePairs, trainBytePairs } from "lib/corpora/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pairs = trainBytePairs(new Map([["low", 5], ["lower", 2], ["new", 6]]), { symbols: 10 });
 * assertEquals(pairs.symbols.slice(-3), ["lo", "▁lo", "▁low"]);
 * const labels = encodeBytePairs(pairs, ["lower", "new"]);
 * assertEquals(labels.map((n) => pairs.symbols[n]), ["▁low", "e", "r", "▁", "n", "e", "w"]);
 * assertEquals(decodeBytePairs(pairs, labels), ["lower", "new"]);
 * ```
 *
 * Source: Gage 1994; Sennrich, Haddow & Birch 2016, "Neural machine translation of rare words with
 * subword units", Algorithm 1.
 */
export function trainBytePairs(
  words: ReadonlyMap<string, number>,
  { symbols: most, least = 2 }: BytePairOptions,
): BytePairs {
  for (const [name, value] of Object.entries({ symbols: most, least })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    refuse(`${name} must be a whole number >= 1: current value is ${value}`);
  }
  if (words.size === 0) refuse("there must be at least one word: there are 0");
  for (const [word, count] of words) {
    requireWord(word);
    if (Number.isSafeInteger(count) && count >= 1) continue;
    refuse(`the count of "${word}" must be a whole number >= 1: it is ${count}`);
  }
  const symbols = [...new Set([...words.keys()].flatMap(lettersOf))].sort();
  if (symbols.length > most) {
    refuse(`symbols must be at least the ${symbols.length} letters: current value is ${most}`);
  }
  const numbers = new Map(symbols.map((symbol, n) => [symbol, n]));
  const spelled = [...words].map(([word, count]) => ({
    spelling: lettersOf(word).map((letter) => numbers.get(letter)!),
    count,
  }));
  const merges: [number, number][] = [];
  while (symbols.length < most) {
    const pair = mostFrequent(spelled, least);
    if (pair === undefined) break;
    for (const one of spelled) one.spelling = merged(one.spelling, pair, symbols.length);
    symbols.push(symbols[pair[0]] + symbols[pair[1]]);
    merges.push(pair);
  }
  return { symbols, merges };
}

/**
 * Words as symbols, each by the merges in the order in which they were learnt.
 *
 * @returns Numbers of symbols, all words end to end.
 * @throws {RangeError} If a word is empty or has a mark or a letter that the vocabulary does not know.
 */
export function encodeBytePairs(
  { symbols, merges }: BytePairs,
  words: readonly string[],
): number[] {
  const letters = symbols.length - merges.length;
  const numbers = new Map(symbols.slice(0, letters).map((symbol, n) => [symbol, n]));
  const ranks = new Map(merges.map(([a, b], n) => [key(a, b), n]));
  return words.flatMap((word) => {
    requireWord(word);
    let spelling = lettersOf(word).map((letter) =>
      numbers.get(letter) ?? refuse(`"${word}" must be of known letters: "${letter}" is not one`)
    );
    while (true) {
      let first = Infinity;
      for (let i = 1; i < spelling.length; i++) {
        first = Math.min(first, ranks.get(key(spelling[i - 1], spelling[i])) ?? Infinity);
      }
      if (first === Infinity) return spelling;
      spelling = merged(spelling, merges[first], letters + first);
    }
  });
}

/**
 * Words from symbols: what stands between marks is one word. What comes before the first mark, as a
 * recogniser may give it, is a word as well.
 *
 * @throws {RangeError} If a number is none of a symbol.
 */
export function decodeBytePairs(
  { symbols }: Pick<BytePairs, "symbols">,
  labels: readonly number[],
): string[] {
  const text = labels.map((label, n) =>
    symbols[label] ??
      refuse(`label ${n} must be a symbol below ${symbols.length}: current value is ${label}`)
  ).join("");
  return text.split(WORD_START).filter((word) => word !== "");
}

/** The pair that stands side by side most often; undefined if none does `least` times. */
function mostFrequent(
  spelled: readonly { readonly spelling: readonly number[]; readonly count: number }[],
  least: number,
): [number, number] | undefined {
  const counts = new Map<number, number>();
  for (const { spelling, count } of spelled) {
    for (let i = 1; i < spelling.length; i++) {
      const pair = key(spelling[i - 1], spelling[i]);
      counts.set(pair, (counts.get(pair) ?? 0) + count);
    }
  }
  let best = -1, most = least - 1;
  for (const [pair, count] of counts) {
    if (count > most || count === most && best >= 0 && pair < best) [best, most] = [pair, count];
  }
  return best < 0 ? undefined : [Math.floor(best / PAIR), best % PAIR];
}

/** A spelling with every such pair, from left to right, as one symbol. */
function merged(
  spelling: readonly number[],
  [a, b]: readonly [number, number],
  symbol: number,
): number[] {
  const out: number[] = [];
  for (let i = 0; i < spelling.length; i++) {
    const found = spelling[i] === a && spelling[i + 1] === b;
    out.push(found ? symbol : spelling[i]);
    if (found) i++;
  }
  return out;
}

const PAIR = 2 ** 26;

/** A pair as one number; in the order of pairs. */
function key(a: number, b: number): number {
  return a * PAIR + b;
}

/** The mark, and the word's code points. */
function lettersOf(word: string): string[] {
  return [WORD_START, ...word];
}

function requireWord(word: string): void {
  if (word === "") refuse("no word may be empty");
  if (word.includes(WORD_START)) refuse(`no word may have the mark "${WORD_START}": "${word}" has`);
}

function refuse(reason: string): never {
  throw new RangeError(`Cannot cut words into subwords as ${reason}`);
}
