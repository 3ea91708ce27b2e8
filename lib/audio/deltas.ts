import { type Matrix, matrix, requireMatrix } from "../numeric/mod.ts";

/**
 * Features with their slopes beside them: [x, Δx, ΔΔx, …].
 *
 * Δx_t = Σ_{j = -W … W} j x_{t+j} / Σ j², frames before the first and after the last being like them;
 * slopes of slopes use the filter convolved with itself, so that edges are repeated once.
 *
 * @param x [T, D]
 * @param options.order How many slopes; defaults to 2.
 * @param options.window W, frames to either side; defaults to 2.
 * @returns [T, (order + 1) · D]
 * @throws {RangeError} If an option is not a whole number, order >= 0 and window >= 1.
 *
 * @example
 * ```ts
 * import { deltas } from "lib/audio/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { data } = deltas(matrix(5, 1, [0, 1, 2, 3, 4]), { order: 1 });
 * assertEquals([data[2 * 2], data[2 * 2 + 1]], [2, 1]);
 * ```
 *
 * Source: Kaldi, feat/feature-functions.cc, DeltaFeatures.
 */
export function deltas(x: Matrix, options: { order?: number; window?: number } = {}): Matrix {
  const { order = 2, window = 2 } = options;
  for (const [name, value, least] of [["order", order, 0], ["window", window, 1]] as const) {
    if (!Number.isInteger(value) || value < least || value > 1000) {
      throw new RangeError(
        `Cannot compute slopes as ${name} must be a whole number from ${least} to 1000: ` +
          `current value is ${value}`,
      );
    }
  }
  requireMatrix("compute slopes", x);
  const { data, rows: T, cols: D } = x;
  const y = matrix(T, (order + 1) * D), width = y.cols;
  for (let t = 0; t < T; t++) y.data.set(data.subarray(t * D, (t + 1) * D), t * width);
  const slope = slopeFilter(window);
  for (let n = 1, filter = slope; n <= order; n++, filter = convolved(filter, slope)) {
    const reach = (filter.length - 1) / 2;
    for (let t = 0; t < T; t++) {
      const out = t * width + n * D;
      for (let j = -reach; j <= reach; j++) {
        const weight = filter[j + reach];
        if (weight === 0) continue;
        const from = Math.min(T - 1, Math.max(0, t + j)) * D;
        for (let d = 0; d < D; d++) y.data[out + d] += weight * data[from + d];
      }
    }
  }
  return y;
}

/** j / Σ j², j = -window … window */
function slopeFilter(window: number): Float64Array {
  const filter = Float64Array.from({ length: 2 * window + 1 }, (_, j) => j - window);
  const squares = filter.reduce((sum, j) => sum + j * j, 0);
  return filter.map((j) => j / squares);
}

function convolved(a: Float64Array, b: Float64Array): Float64Array {
  const c = new Float64Array(a.length + b.length - 1);
  a.forEach((u, i) => b.forEach((v, j) => c[i + j] += u * v));
  return c;
}
