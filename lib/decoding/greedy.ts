import { type Matrix, requireLabel, requireMatrix } from "../numeric/mod.ts";
import { collapse } from "./collapse.ts";

/**
 * Greedy (best-path) decoding: the likeliest label of every frame, collapsed. It finds the best
 * path, which need not be the best labelling.
 *
 * @param logProbs [T, K] log-probabilities, or any scores with the same order, such as logits.
 * @param options.blank The blank label; defaults to 0.
 * @throws {RangeError} If a score is NaN, or blank is not a whole number below K.
 *
 * @example
 * ```ts
 * import { greedyDecode } from "lib/decoding/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(greedyDecode(matrix(3, 2, [0, -5, -5, 0, -5, 0])), [1]);
 * ```
 *
 * Source: Graves et al. 2006, section 3.2, best path decoding.
 */
export function greedyDecode(logProbs: Matrix, options: { blank?: number } = {}): number[] {
  const { blank = 0 } = options;
  requireLabel("decode", "blank", blank, logProbs.cols);
  return collapse(bestPath(logProbs), { blank });
}

/**
 * The label with the highest score at every frame; of equals, the lowest label.
 *
 * @param logProbs [T, K] scores.
 * @throws {RangeError} If a score is NaN, there is no label, or not one score for each.
 */
export function bestPath(logProbs: Matrix): Int32Array<ArrayBuffer> {
  requireMatrix("decode", logProbs);
  const { data, rows: T, cols: K } = logProbs;
  if (K === 0) throw new RangeError("Cannot decode as there must be at least one label: K is 0");
  const path = new Int32Array(T);
  for (let t = 0; t < T; t++) {
    let best = 0;
    for (let k = 0; k < K; k++) {
      const score = data[t * K + k];
      if (Number.isNaN(score)) {
        throw new RangeError(
          `Cannot decode as scores must be numbers: frame ${t}, label ${k} is NaN`,
        );
      }
      if (score > data[t * K + best]) best = k;
    }
    path[t] = best;
  }
  return path;
}
