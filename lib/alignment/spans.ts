import { requireLabel } from "../numeric/mod.ts";

/** Where one label of a target lies in time. */
export interface Span {
  /** Its place in the target. */
  readonly index: number;
  /** The label that stands there. */
  readonly label: number;
  /** Its first frame. */
  readonly start: number;
  /** The frame after its last. */
  readonly end: number;
}

/** A stretch of frames, `start` to `end` - 1. */
export type Interval = Pick<Span, "start" | "end">;

/**
 * The runs of equal labels in a frame-by-frame labelling, silence left out. Equal labels that touch
 * are one run: where a target may have them, take spans from {@link viterbi} or from the corpus.
 *
 * @param labels [T] one label per frame
 * @param options.silence The label of silence or blank; defaults to 0.
 * @throws {RangeError} If a label is not a whole number >= 0.
 *
 * @example
 * ```ts
 * import { runSpans } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(runSpans([0, 3, 3, 0]), [{ index: 0, label: 3, start: 1, end: 3 }]);
 * ```
 */
export function runSpans(
  labels: ArrayLike<number>,
  options: { silence?: number } = {},
): Span[] {
  const { silence = 0 } = options;
  const spans: Span[] = [];
  for (let start = 0, end: number; start < labels.length; start = end) {
    requireLabel("take runs", "every label", labels[start]);
    end = start + 1;
    while (end < labels.length && labels[end] === labels[start]) end++;
    if (labels[start] === silence) continue;
    spans.push({ index: spans.length, label: labels[start], start, end });
  }
  return spans;
}

/**
 * From the spans of letters to those of words: from the start of a word's first letter to the end
 * of its last.
 *
 * @param spans One span per letter of the target, in order; in frames or any other unit.
 * @param words The labels of each word.
 * @throws {RangeError} If a word has no letter, there are not as many spans as letters, or one is not
 * finite with start < end.
 *
 * @example
 * ```ts
 * import { wordSpans } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const spans = [{ start: 1, end: 2 }, { start: 2, end: 5 }, { start: 7, end: 8 }];
 * assertEquals(wordSpans(spans, [[1, 2], [3]]), [{ start: 1, end: 5 }, { start: 7, end: 8 }]);
 * ```
 */
export function wordSpans(
  spans: readonly Interval[],
  words: readonly (readonly number[])[],
): Interval[] {
  const empty = words.findIndex((word) => word.length === 0);
  if (empty >= 0) {
    throw new RangeError(
      `Cannot join spans to words as each must have at least one label: word ${empty} has none`,
    );
  }
  const L = words.reduce((sum, word) => sum + word.length, 0);
  if (spans.length !== L) {
    throw new RangeError(
      `Cannot join spans to words as there must be one for each of the ${L} labels: ` +
        `there are ${spans.length}`,
    );
  }
  spans.forEach(({ start, end }, n) => {
    if (Number.isFinite(start) && Number.isFinite(end) && start < end) return;
    throw new RangeError(
      `Cannot join spans to words as each must be finite, with start < end: ` +
        `span ${n} is ${start} to ${end}`,
    );
  });
  let at = 0;
  return words.map((word) => {
    const first = spans[at];
    at += word.length;
    return { start: first.start, end: spans[at - 1].end };
  });
}

/**
 * Checks that spans lie in time one after the other, with begin < end, inside T frames.
 *
 * @throws {RangeError} Naming the first span that does not, or T if it is not a whole number.
 */
export function requireSpans(spans: readonly Interval[], T: number): void {
  if (!(Number.isInteger(T) && T >= 0)) {
    throw new RangeError(`Spans must lie inside a whole number of frames: there are ${T}`);
  }
  let before = 0;
  spans.forEach(({ start, end }, n) => {
    if (!(Number.isInteger(start) && Number.isInteger(end) && start < end)) {
      throw new RangeError(
        `A span must start and end at whole frames, start < end: span ${n} is ${start} to ${end}`,
      );
    }
    if (start < before || end > T) {
      throw new RangeError(
        `Spans must follow one another inside ${T} frames: span ${n} is ${start} to ${end}, ` +
          `after frame ${before}`,
      );
    }
    before = end;
  });
}
