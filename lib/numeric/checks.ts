import type { Matrix } from "./matrix.ts";

/**
 * Checks that a label is one of K, such as the blank of a decoder.
 *
 * @param doing What it is needed for, to start the message with: "Cannot … as".
 * @param name What the label is called.
 * @param K Defaults to any number of labels.
 * @throws {RangeError} If it is not a whole number from 0 to K - 1.
 *
 * @example
 * ```ts
 * import { requireLabel } from "lib/numeric/mod.ts";
 * import { assertThrows } from "@std/assert";
 *
 * requireLabel("decode", "blank", 2, 3);
 * assertThrows(() => requireLabel("decode", "blank", -1, 3), RangeError, "current value is -1");
 * ```
 */
export function requireLabel(doing: string, name: string, label: number, K = Infinity): void {
  if (!Number.isInteger(label) || label < 0 || label >= K) {
    const range = K === Infinity ? ">= 0" : `below K = ${K}`;
    throw new RangeError(
      `Cannot ${doing} as ${name} must be a whole number ${range}: current value is ${label}`,
    );
  }
}

/**
 * Checks every label of some lists.
 *
 * @param doing What cannot be done, as in the message.
 * @throws {RangeError} If one is not a whole number >= 0.
 *
 * @example
 * ```ts
 * import { requireLabels } from "lib/numeric/mod.ts";
 * import { assertThrows } from "@std/assert";
 *
 * requireLabels("count edits", [3, 1], Int32Array.of(2));
 * assertThrows(() => requireLabels("count edits", [3], [NaN]), RangeError, "current value is NaN");
 * ```
 */
export function requireLabels(doing: string, ...lists: readonly ArrayLike<number>[]): void {
  for (const labels of lists) {
    for (let i = 0; i < labels.length; i++) requireLabel(doing, "every label", labels[i]);
  }
}

/**
 * Checks that a matrix has as many values as its rows and columns say: what `matrix()` makes has, and
 * one that is written by hand may not.
 *
 * @param doing What it is needed for, to start the message with: "Cannot … as".
 * @throws {RangeError} If there are more or fewer, or a size is not a whole number >= 0.
 */
export function requireMatrix(doing: string, { data, rows, cols }: Matrix): void {
  const whole = [rows, cols].every((size) => Number.isInteger(size) && size >= 0);
  if (!whole || data.length !== rows * cols) {
    throw new RangeError(
      `Cannot ${doing} as ${rows} frames of ${cols} values must be ${rows * cols} values: ` +
        `there are ${data.length}`,
    );
  }
}

/**
 * Checks log-probabilities, of which -Infinity is one.
 *
 * @param doing What they are needed for, to start the message with: "Cannot … as".
 * @param logProbs [T, K] nats
 * @throws {RangeError} Naming the frame and label of the first that is NaN or +Infinity, or how many
 * there are where it is not T K.
 */
export function requireLogProbs(doing: string, logProbs: Matrix): void {
  requireMatrix(doing, logProbs);
  const { data, cols: K } = logProbs;
  for (let i = 0; i < data.length; i++) {
    if (!(data[i] < Infinity)) {
      throw new RangeError(
        `Cannot ${doing} as log-probabilities must be below Infinity: ` +
          `frame ${Math.floor(i / K)}, label ${i % K} is ${data[i]}`,
      );
    }
  }
}
