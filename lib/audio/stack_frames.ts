import { type Matrix, matrix, requireMatrix } from "../numeric/mod.ts";

/**
 * Lays every `count` frames beside each other to make one: four frames of 10 ms become one of 40 ms.
 * Where the last ones are not enough, the last frame is repeated, so that no sound is lost.
 *
 * @param x [T, D]
 * @param count A whole number >= 1.
 * @returns [⌈T / count⌉, count · D]
 * @throws {RangeError} If the count is not one.
 *
 * @example
 * ```ts
 * import { stackFrames } from "lib/audio/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(stackFrames(matrix(3, 1, [1, 2, 3]), 2), matrix(2, 2, [1, 2, 3, 3]));
 * ```
 */
export function stackFrames(x: Matrix, count: number): Matrix {
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    throw new RangeError(
      `Cannot stack frames as count must be a whole number from 1 to 1000: ` +
        `current value is ${count}`,
    );
  }
  requireMatrix("stack frames", x);
  const { data, rows: T, cols: D } = x;
  const y = matrix(Math.ceil(T / count), count * D);
  for (let n = 0; n < y.rows * count; n++) {
    const t = Math.min(n, T - 1);
    y.data.set(data.subarray(t * D, (t + 1) * D), n * D);
  }
  return y;
}
