/** The states that a text goes through: a gap, a label, a gap, a label, …, a gap. */
export interface TextChain {
  /** [L] the label of each place */
  readonly labels: Int32Array;
  /** [L] 1 where the gap before a place may be passed over, as between labels that differ */
  readonly mayTouch: Uint8Array;
  /** [L + 1] 1 where a gap lies between words, or before the first or after the last */
  readonly between: Uint8Array;
  /** [W + 1] the first place of every word, and L */
  readonly wordStarts: Int32Array;
}

/**
 * The chain of a text.
 *
 * @param words The labels of every word, none empty.
 * @param options.blanks Whether a blank may lie, and between equal labels must lie, inside words.
 *
 * @example
 * ```ts
 * import { textChain } from "lib/speech/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { mayTouch, between } = textChain([[3, 3], [5]], { blanks: true });
 * assertEquals([...mayTouch], [1, 0, 1]);
 * assertEquals([...between], [1, 0, 1, 1]);
 * ```
 */
export function textChain(
  words: readonly (readonly number[])[],
  { blanks }: { blanks: boolean },
): TextChain {
  const wordStarts = new Int32Array(words.length + 1);
  words.forEach((word, w) => wordStarts[w + 1] = wordStarts[w] + word.length);
  const labels = Int32Array.from(words.flat());
  const mayTouch = labels.map((label, n) => n > 0 && blanks && label === labels[n - 1] ? 0 : 1);
  const between = new Uint8Array(labels.length + 1);
  for (const start of wordStarts) between[start] = 1;
  return { labels, mayTouch: Uint8Array.from(mayTouch), between, wordStarts };
}
