import { requireForm, whole } from "../form/mod.ts";
import { type Matrix, matrix, requireSequences, sequenceAt } from "../numeric/mod.ts";
import type { ReferenceBatch } from "./corpus.ts";

/** One phone, cut out of a sequence along its reference alignment. */
export interface Phone {
  /** Which phoneme it is. */
  readonly label: number;
  /** [n, F] its frames, a view on the batch's storage */
  readonly frames: Matrix;
}

/** Frames that stand for themselves, each with its label. */
export interface LabelledFrames {
  /** [N, F] */
  readonly x: Matrix;
  /** [N] */
  readonly labels: Int32Array;
}

/**
 * Cuts the phones out of a batch; silence is left out, and no phone crosses from one sequence into
 * the next.
 *
 * @param options.silence The label of silence; defaults to 0.
 * @throws {RangeError} If there is not one label per frame.
 *
 * @example
 * ```ts
 * import { phonemeCorpus } from "lib/corpora/mod.ts";
 * import { phonesOf } from "lib/corpora/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const batch = phonemeCorpus(0).batch(new RandomState(17), 1);
 * assertEquals(phonesOf(batch).map(({ label }) => label), batch.targets[0]);
 * ```
 */
export function phonesOf(batch: ReferenceBatch, options: { silence?: number } = {}): Phone[] {
  const { silence = 0 } = options;
  const { x, alignment } = batch;
  requireSequences("cut out phones", x);
  if (alignment.length !== x.frames.rows) {
    throw new RangeError(
      `Cannot cut out phones as there must be a label for each of ${x.frames.rows} frames: ` +
        `there are ${alignment.length}`,
    );
  }
  const phones: Phone[] = [];
  for (let b = 0; b < x.offsets.length - 1; b++) {
    const { data, cols } = sequenceAt(x, b);
    const labels = alignment.subarray(x.offsets[b], x.offsets[b + 1]);
    for (let start = 0, end: number; start < labels.length; start = end) {
      end = start + 1;
      while (end < labels.length && labels[end] === labels[start]) end++;
      if (labels[start] === silence) continue;
      const frames = matrix(end - start, cols, data.subarray(start * cols, end * cols));
      phones.push({ label: labels[start], frames });
    }
  }
  return phones;
}

/**
 * The frame at one place of every phone that is long enough to have it, or all frames.
 *
 * @param place From the start, 0 the first; or from the end, -1 the last. Defaults to every place.
 * @throws {RangeError} If the place is not a whole number, or phones are not equally wide.
 *
 * @example
 * ```ts
 * import { framesAt } from "lib/corpora/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const phone = { label: 1, frames: matrix(3, 1, [5, 6, 7]) };
 * assertEquals([...framesAt([phone], -1).x.data], [7]);
 * assertEquals([...framesAt([phone]).x.data], [5, 6, 7]);
 * ```
 */
export function framesAt(phones: readonly Phone[], place?: number): LabelledFrames {
  if (place !== undefined) {
    requireForm<number>("Cannot take frames", whole(), place, "place");
  }
  const width = phones[0]?.frames.cols;
  const other = phones.findIndex(({ frames }) => frames.cols !== width);
  if (other >= 0) {
    throw new RangeError(
      `Cannot take frames as all phones must have ${width} features, like phone 0: ` +
        `phone ${other} has ${phones[other].frames.cols}`,
    );
  }
  const labels: number[] = [];
  const values: number[] = [];
  for (const { label, frames: { data, rows: n, cols: F } } of phones) {
    const first = place === undefined ? 0 : place < 0 ? n + place : place;
    const last = place === undefined ? n - 1 : first;
    if (first < 0 || last >= n) continue;
    for (let t = first; t <= last; t++) labels.push(label);
    for (let i = first * F; i < (last + 1) * F; i++) values.push(data[i]);
  }
  return { x: matrix(labels.length, width ?? 0, values), labels: Int32Array.from(labels) };
}
