import { runSpans } from "../../alignment/mod.ts";
import type { Matrix } from "../../numeric/mod.ts";

/** How a decoder moved through the phones of some sequences. */
export interface Listening {
  /** Share of its steps that listened to the phone of the step before, or to one before that. */
  readonly back: number;
  /** Share of phones that no step listened to. */
  readonly skipped: number;
  /** Share of sequences that ended before their last phone was listened to. */
  readonly early: number;
}

/** One sequence as it was listened to. */
export interface Heard {
  /** [U + 1, T] weights of every step, the last of them that of the end */
  readonly weights: Matrix;
  /** [T] the true label of every frame, 0 in silence */
  readonly alignment: Int32Array;
}

/**
 * Counts loops, skips and early ends. A step listens to the phone that the frame of its largest weight
 * lies in, or, in silence, to the phone before it.
 *
 * @example
 * ```ts
 * import { listeningOf } from "lib/studies/longer_than_trained/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // Three phones; the first is listened to twice, the others never.
 * const weights = matrix(3, 5, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
 * const alignment = Int32Array.of(1, 0, 2, 0, 3);
 * assertEquals(listeningOf([{ weights, alignment }]), { back: 1 / 2, skipped: 2 / 3, early: 1 });
 * ```
 */
export function listeningOf(all: readonly Heard[]): Listening {
  let back = 0, steps = 0, skipped = 0, phones = 0, early = 0;
  for (const { weights, alignment } of all) {
    const spans = runSpans(alignment), visited = new Set<number>();
    let before = -1;
    for (let u = 0; u + 1 < weights.rows; u++) {
      const frame = largestOf(weights, u);
      const place = Math.max(0, spans.findLastIndex(({ start }) => start <= frame));
      if (place <= before) back++;
      before = place;
      visited.add(place);
    }
    steps += weights.rows - 1;
    skipped += spans.length - visited.size;
    phones += spans.length;
    if (!visited.has(spans.length - 1)) early++;
  }
  return { back: back / steps, skipped: skipped / phones, early: early / all.length };
}

function largestOf({ data, cols }: Matrix, row: number): number {
  let best = 0;
  for (let t = 1; t < cols; t++) if (data[row * cols + t] > data[row * cols + best]) best = t;
  return best;
}
