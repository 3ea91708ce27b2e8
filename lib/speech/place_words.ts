import type { BestPath } from "./best_path.ts";
import type { TextChain } from "./text_chain.ts";

/** Where a label lies, in frames; edges may lie between frames. */
export interface PlacedLabel {
  /** Its number. */
  readonly label: number;
  /** The frames of the path that are the label's own. */
  readonly own: readonly [from: number, to: number];
  /** Where it begins. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/**
 * Where the labels of every word lie on a path.
 *
 * CTC's labels are short and blank lies between them. Inside a word a blank is shared by its
 * neighbours, half each, so that labels leave no gap; and so is a short one between words, as words
 * that follow one another without a pause touch.
 *
 * @param touching Gaps between words of at most so many frames are shared.
 * @returns Of every word the labels in order.
 */
export function placeLabels(
  { labels, wordStarts }: TextChain,
  { states }: BestPath,
  touching: number,
): PlacedLabel[][] {
  const own = Array.from(labels, () => [0, 0] as [number, number]);
  states.forEach((state, t) => {
    if (state % 2 === 0) return;
    const range = own[state >> 1];
    if (range[1] === 0) range[0] = t;
    range[1] = t + 1;
  });
  const isStart = new Set(wordStarts);
  /** The edge between place n - 1 and place n, seen from either side. */
  const edge = (n: number, side: 0 | 1): number => {
    const outer = side === 1 ? own[n - 1][1] : own[n][0];
    if (n === 0 || n === labels.length) return outer;
    const gap = own[n][0] - own[n - 1][1];
    return isStart.has(n) && gap > touching ? outer : (own[n - 1][1] + own[n][0]) / 2;
  };
  const placed = own.map((range, n): PlacedLabel => ({
    label: labels[n],
    own: range,
    start: edge(n, 0),
    end: edge(n + 1, 1),
  }));
  return Array.from(
    { length: wordStarts.length - 1 },
    (_, w) => placed.slice(wordStarts[w], wordStarts[w + 1]),
  );
}

/**
 * The frames in which a word is to be heard: its own, and those of the gaps beside it, at most so many
 * on either side.
 *
 * @param T Number of frames.
 * @returns The first of them, and the one after the last.
 */
export function framesOf(
  placed: readonly (readonly PlacedLabel[])[],
  w: number,
  touching: number,
  T: number,
): [from: number, to: number] {
  const before = placed[w - 1]?.at(-1)?.own[1] ?? 0, after = placed[w + 1]?.[0].own[0] ?? T;
  const first = placed[w][0].own[0], last = placed[w][placed[w].length - 1].own[1];
  return [Math.max(before, first - touching), Math.min(after, last + touching)];
}
