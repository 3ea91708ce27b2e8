import { type Allocate, huge, type Matrix, matrix } from "../numeric/mod.ts";
import type { Output } from "./output.ts";

/**
 * The blank on its own: a sigmoid decides between blank and the labels, a softmax among the labels.
 *
 * p(ε) = σ(z_ε);  p(a) = (1 - σ(z_ε)) · softmax_A(z_A)_a
 *
 * @param options.blank The label ε; defaults to 0.
 * @returns An output for {@link fullSumBatchLoss} and {@link framewiseBatchLoss}; its functions
 * throw a `RangeError` if blank is not below K, or K is 1.
 *
 * @example
 * ```ts
 * import { separatedBlank } from "lib/criteria/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { data } = separatedBlank().logProbs(matrix(1, 3)); // σ(0) = 1/2, the rest in two
 * assertAlmostEquals(Math.exp(data[0]), 1 / 2);
 * assertAlmostEquals(Math.exp(data[2]), 1 / 4);
 * ```
 *
 * Source: the alignment paper, eqs. 15–17, 21 and 29–41.
 */
export function separatedBlank(options: { blank?: number } = {}): Output {
  const { blank = 0 } = options;
  return {
    logProbs(logits, alloc = matrix) {
      const { data: z, rows: T, cols: K } = logits;
      requireBlank(blank, K);
      const out = alloc(T, K);
      for (let t = 0; t < T; t++) {
        const zBlank = z[t * K + blank];
        const logBlank = logSigmoid(zBlank);
        const { base, logSum } = logSumExpLabels(z, t * K, K, blank);
        const logLabel = logBlank - zBlank - logSum;
        for (let k = 0; k < K; k++) out.data[t * K + k] = z[t * K + k] - base + logLabel;
        out.data[t * K + blank] = logBlank;
      }
      return out;
    },
    // ∂/∂z_ε = σ - v_ε;  ∂/∂z_j = (1 - v_ε) softmax_A - v_j
    toward(logProbs, v, alloc = matrix) {
      const { cols: K } = logProbs;
      return throughLabels(logProbs, blank, alloc, (row, softmax, out) => {
        const vBlank = v.data[row + blank];
        for (let k = 0; k < K; k++) {
          out[row + k] = k === blank
            ? Math.exp(logProbs.data[row + k]) - vBlank
            : (1 - vBlank) * softmax(k) - v.data[row + k];
        }
      });
    },
    // ∂/∂z_ε = (1 - σ) g_ε - σ Σ_A g;  ∂/∂z_j = g_j - softmax_A Σ_A g
    backward(logProbs, dLogProbs, alloc = matrix) {
      const { cols: K } = logProbs;
      return throughLabels(logProbs, blank, alloc, (row, softmax, out) => {
        const g = dLogProbs.data.subarray(row, row + K);
        let sum = 0;
        for (let k = 0; k < K; k++) if (k !== blank) sum += g[k];
        for (let k = 0; k < K; k++) {
          if (k === blank) {
            const sigma = Math.exp(logProbs.data[row + k]);
            out[row + k] = (1 - sigma) * g[k] - sigma * sum;
          } else out[row + k] = g[k] - softmax(k) * sum;
        }
      });
    },
  };
}

/** log σ(z) = -log(1 + exp(-z)), without overflow. */
export function logSigmoid(z: number): number {
  return z >= 0 ? -Math.log1p(Math.exp(-z)) : z - Math.log1p(Math.exp(z));
}

/**
 * log Σ exp z[row + k] over all k but blank is base + logSum. The base is 0, but the largest z where
 * that is 2^28 or more in size, as the log of the sum would be lost beside it.
 */
export function logSumExpLabels(
  z: Float64Array,
  row: number,
  K: number,
  blank: number,
): { base: number; logSum: number } {
  let max = -Infinity;
  for (let k = 0; k < K; k++) if (k !== blank && z[row + k] > max) max = z[row + k];
  if (max === -Infinity) return { base: 0, logSum: -Infinity };
  let sum = 0;
  for (let k = 0; k < K; k++) if (k !== blank) sum += Math.exp(z[row + k] - max);
  const base = Math.abs(max) >= huge ? max : 0;
  return { base, logSum: max - base + Math.log(sum) };
}

/** @throws {RangeError} If blank is not one of K >= 2 labels. */
export function requireBlank(blank: number, K: number): void {
  if (!(Number.isInteger(blank) && blank >= 0 && blank < K && K >= 2)) {
    throw new RangeError(
      `Cannot separate the blank as it must be one of at least 2 labels: ` +
        `blank is ${blank}, and there are ${K}`,
    );
  }
}

/** Row by row, with softmax_A(z_A)_k = p(k) / Σ_A p, which holds where p(ε) rounds to 1, too. */
function throughLabels(
  logProbs: Matrix,
  blank: number,
  alloc: Allocate,
  fill: (row: number, softmax: (k: number) => number, out: Float64Array) => void,
): Matrix {
  const { data, rows: T, cols: K } = logProbs;
  requireBlank(blank, K);
  const out = alloc(T, K);
  for (let t = 0; t < T; t++) {
    const { base, logSum } = logSumExpLabels(data, t * K, K, blank);
    fill(t * K, (k) => Math.exp(data[t * K + k] - base - logSum), out.data);
  }
  return out;
}
