import type { BestPath } from "./best_path.ts";
import type { TextChain } from "./text_chain.ts";

/** A stretch of frames: the first of them, and the one after the last; or edges between frames. */
export type Extent = readonly [from: number, to: number];

/** Where a label lies, in frames; edges may lie between frames. */
export interface PlacedLabel {
  /** Its number. */
  readonly label: number;
  /** The frames of the path that are the label's own. */
  readonly own: Extent;
  /** Where it begins. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** A label keeps so much of a frame on either side of the middle of its own. */
const kept = 0.25;

/** The frames that are the own of every label on a path, word by word. */
export function ownFrames(
  { labels, wordStarts }: TextChain,
  { states }: BestPath,
): Extent[][] {
  const own = Array.from(labels, () => [0, 0] as [number, number]);
  states.forEach((state, t) => {
    if (state % 2 === 0) return;
    const range = own[state >> 1];
    if (range[1] === 0) range[0] = t;
    range[1] = t + 1;
  });
  return byWord(own, wordStarts);
}

/** Frames before and after a word in which nothing else lies, at most so many. */
export function wordFrames(
  own: readonly (readonly Extent[])[],
  w: number,
  most: number,
  T: number,
): Extent {
  const before = own[w - 1]?.at(-1)?.[1] ?? 0, after = own[w + 1]?.[0][0] ?? T;
  const first = own[w][0][0], last = own[w][own[w].length - 1][1];
  return [Math.max(before, first - most), Math.min(after, last + most)];
}

/** Whether a word follows the one before it without a pause, which is a gap of more frames. */
export function touches(
  own: readonly (readonly Extent[])[],
  w: number,
  touching: number,
): boolean {
  return w > 0 && w < own.length && own[w][0][0] - own[w - 1][own[w - 1].length - 1][1] <= touching;
}

/**
 * Where the labels of every word lie.
 *
 * CTC's labels are short and blank lies between them. Inside a word a blank is shared by its
 * neighbours, half each, so that labels leave no gap; and so is a short one between words, as words
 * that follow one another without a pause touch. However far from its own frames a label is expected,
 * no edge passes the middle of them.
 *
 * @param own The frames of every label on the path, word by word.
 * @param expected Where every label is expected, word by word.
 * @param touching Gaps between words of at most so many frames are shared.
 * @returns Of every word the labels in order.
 */
export function placeLabels(
  { labels, wordStarts }: TextChain,
  own: readonly (readonly Extent[])[],
  expected: readonly (readonly Extent[])[],
  touching: number,
): PlacedLabel[][] {
  const frames = own.flat(), places = expected.flat(), L = labels.length;
  const pauses = new Set(
    own.flatMap((_, w) => touches(own, w, touching) ? [] : [wordStarts[w]]),
  );
  const middle = (n: number) => (frames[n][0] + frames[n][1]) / 2;
  /** The edge between place n - 1 and place n, seen from either side. */
  const edge = (n: number, side: 0 | 1): number => {
    const low = n === 0 ? 0 : middle(n - 1) + kept, high = n === L ? Infinity : middle(n) - kept;
    if (!pauses.has(n) && n < L) return clamped((places[n - 1][1] + places[n][0]) / 2, low, high);
    const pause = n === 0 ? 0 : n === L ? Infinity : (frames[n - 1][1] + frames[n][0]) / 2;
    return side === 1 ? clamped(places[n - 1][1], low, pause) : clamped(places[n][0], pause, high);
  };
  return byWord(
    frames.map((own, n): PlacedLabel => ({
      ...{ label: labels[n], own, start: edge(n, 0), end: edge(n + 1, 1) },
    })),
    wordStarts,
  );
}

function clamped(x: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, x));
}

function byWord<T>(all: readonly T[], wordStarts: Int32Array): T[][] {
  return Array.from(
    { length: wordStarts.length - 1 },
    (_, w) => all.slice(wordStarts[w], wordStarts[w + 1]),
  );
}
