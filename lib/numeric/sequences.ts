import { requireMatrix } from "./checks.ts";
import { type Allocate, type Matrix, matrix, requireFinite, rowSlice } from "./matrix.ts";

/**
 * A batch laid end to end: sequence b is rows `offsets[b] … offsets[b + 1] - 1` of `frames`.
 * There is no padding, so there are no masks.
 */
export interface Sequences {
  /** [N, D], all frames of all sequences */
  readonly frames: Matrix;
  /** [B + 1], from 0 to N, increasing */
  readonly offsets: Int32Array<ArrayBuffer>;
}

/**
 * Lays sequences end to end.
 *
 * @param parts One [T, D] matrix per sequence, T >= 1.
 * @throws {RangeError} If the batch is empty, a sequence has no frames, the widths differ, or a
 * value is NaN or ±Infinity.
 *
 * @example
 * ```ts
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const batch = sequences([matrix(2, 1, [1, 2]), matrix(3, 1, [3, 4, 5])]);
 * assertEquals([...batch.offsets], [0, 2, 5]);
 * ```
 */
export function sequences(parts: readonly Matrix[], alloc: Allocate = matrix): Sequences {
  if (parts.length === 0) {
    throw new RangeError("Cannot lay out a batch as it must have at least one sequence: it has 0");
  }
  const D = parts[0].cols;
  const offsets = new Int32Array(parts.length + 1);
  parts.forEach((part, b) => {
    if (part.rows === 0) {
      throw new RangeError(
        `Cannot lay out a batch as every sequence must have at least one frame: ` +
          `sequence ${b} has 0`,
      );
    }
    if (part.cols !== D) {
      throw new RangeError(
        `Cannot lay out a batch as all sequences must have ${D} features, like sequence 0: ` +
          `sequence ${b} has ${part.cols}`,
      );
    }
    requireFinite(`The features of sequence ${b}`, part);
    offsets[b + 1] = offsets[b] + part.rows;
  });
  const frames = alloc(offsets[parts.length], D);
  parts.forEach((part, b) => frames.data.set(part.data, offsets[b] * D));
  return { frames, offsets };
}

/**
 * Checks that a batch is laid end to end: offsets rise from 0 to the number of frames, and every
 * frame is there. Only a batch without a frame may have sequences without one.
 *
 * @param doing What the batch is for, to start the message with: "Cannot … as".
 * @throws {TypeError} If the offsets are no `Int32Array`, or the frames no `Float64Array`.
 * @throws {RangeError} Naming the first offset that is wrong, or the values that are missing.
 */
export function requireSequences(doing: string, { frames, offsets }: Sequences): void {
  if (!(offsets instanceof Int32Array)) {
    throw new TypeError(`Cannot ${doing} as the offsets of a batch must be an Int32Array`);
  }
  if (!(frames.data instanceof Float64Array)) {
    throw new TypeError(`Cannot ${doing} as the frames of a batch must be a Float64Array`);
  }
  requireMatrix(doing, frames);
  requireOffsets(doing, offsets, frames.rows);
}

/**
 * Checks where the sequences of a batch begin: from 0 to its number of frames N, increasing.
 *
 * @param doing What the batch is for, to start the message with: "Cannot … as".
 * @throws {RangeError} Naming the first offset that is wrong.
 */
export function requireOffsets(doing: string, offsets: ArrayLike<number>, N: number): void {
  const B = offsets.length - 1;
  if (B < 1 || offsets[0] !== 0 || offsets[B] !== N) {
    throw new RangeError(
      `Cannot ${doing} as the offsets of a batch must run from 0 to its ${N} frames: ` +
        `they run from ${offsets[0]} to ${offsets[B]}`,
    );
  }
  for (let b = 0; b < B; b++) {
    if (offsets[b + 1] > offsets[b] || N === 0 && offsets[b + 1] === 0) continue;
    throw new RangeError(
      `Cannot ${doing} as the offsets of a batch must increase: ` +
        `sequence ${b} runs from ${offsets[b]} to ${offsets[b + 1]}`,
    );
  }
}

/** Number of sequences B in a batch. */
export function batchSize(x: Sequences): number {
  return x.offsets.length - 1;
}

/** Sequence b of a batch as a [T, D] matrix, a view on the same storage. */
export function sequenceAt(x: Sequences, b: number): Matrix {
  return rowSlice(x.frames, x.offsets[b], x.offsets[b + 1]);
}
