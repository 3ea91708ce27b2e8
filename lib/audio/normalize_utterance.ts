import { type Matrix, matrix, requireMatrix } from "../numeric/mod.ts";

/**
 * Features with the mean of every column taken off, and its standard deviation divided out: what one
 * utterance says of its voice, microphone and loudness.
 *
 * y_td = (x_td - mean_d) / σ_d, σ_d² = Σ_t (x_td - mean_d)² / T
 *
 * A column that does not vary, by less than 1e-8 of its mean, becomes 0.
 *
 * @param x [T, D]
 * @param options.variance Whether σ is divided out; defaults to true.
 * @returns [T, D]
 * @throws {RangeError} If x does not have T D values.
 *
 * @example
 * ```ts
 * import { normalizeUtterance } from "lib/audio/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...normalizeUtterance(matrix(2, 2, [1, 5, 3, 5])).data], [-1, 0, 1, 0]);
 * ```
 */
export function normalizeUtterance(x: Matrix, options: { variance?: boolean } = {}): Matrix {
  const { variance = true } = options;
  requireMatrix("normalise an utterance", x);
  const { data, rows: T, cols: D } = x;
  const y = matrix(T, D);
  for (let d = 0; d < D; d++) {
    let sum = 0;
    for (let t = 0; t < T; t++) sum += data[t * D + d];
    const mean = sum / T;
    let squares = 0;
    for (let t = 0; t < T; t++) squares += (data[t * D + d] - mean) ** 2;
    const deviation = Math.sqrt(squares / T);
    if (deviation <= 1e-8 * Math.abs(mean)) continue;
    const scale = variance ? deviation : 1;
    for (let t = 0; t < T; t++) y.data[t * D + d] = (data[t * D + d] - mean) / scale;
  }
  return y;
}
