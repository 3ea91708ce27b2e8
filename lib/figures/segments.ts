/** A stretch of frames of one phone. */
export interface Segment {
  readonly label: number;
  /** The first frame. */
  readonly start: number;
  /** The frame after the last. */
  readonly end: number;
}

/**
 * The stretches of frames that are not silence (0).
 *
 * @param phones The phone of every frame.
 *
 * @example
 * ```ts
 * import { segments } from "lib/figures/segments.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(segments([0, 3, 3, 0, 1]), [
 *   { label: 3, start: 1, end: 3 },
 *   { label: 1, start: 4, end: 5 },
 * ]);
 * ```
 */
export function segments(phones: ArrayLike<number>): Segment[] {
  const found: Segment[] = [];
  let start = 0;
  for (let t = 1; t <= phones.length; t++) {
    if (t < phones.length && phones[t] === phones[start]) continue;
    if (phones[start] !== 0) found.push({ label: phones[start], start, end: t });
    start = t;
  }
  return found;
}
