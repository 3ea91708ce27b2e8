import { logSoftmax, softmaxMinus } from "../numeric/kernels/mod.ts";
import { type Allocate, type Matrix, matrix, unset } from "../numeric/mod.ts";

/** How logits become log-probabilities, and how gradients find their way back. */
export interface Output {
  /**
   * Log-probabilities of logits.
   *
   * @param logits [T, K]
   * @returns [T, K], nats
   */
  logProbs(logits: Matrix, alloc?: Allocate): Matrix;
  /**
   * The gradient of -Σₖ v[t, k] log p[t, k] with respect to the logits, for v[t] that sum to 1.
   *
   * @returns [T, K]
   */
  toward(logProbs: Matrix, v: Matrix, alloc?: Allocate): Matrix;
  /**
   * Any gradient with respect to the log-probabilities, as a gradient with respect to the logits.
   *
   * @returns [T, K]
   */
  backward(logProbs: Matrix, dLogProbs: Matrix, alloc?: Allocate): Matrix;
}

/**
 * One softmax over all labels, blank among them: log p = z - log Σ exp z.
 *
 * Source: the alignment paper, eqs. 4 and 20.
 */
export const softmaxOutput: Output = {
  logProbs(logits, alloc = matrix) {
    const { rows: T, cols: K, data } = logits;
    const out = unset(alloc, T, K);
    logSoftmax(out.data, data, T, K);
    return out;
  },
  toward(logProbs, v, alloc = matrix) {
    const out = unset(alloc, logProbs.rows, logProbs.cols);
    softmaxMinus(out.data, logProbs.data, v.data);
    return out;
  },
  backward(logProbs, dLogProbs, alloc = matrix) {
    const { rows: T, cols: K } = logProbs;
    const out = alloc(T, K);
    for (let t = 0; t < T; t++) {
      let sum = 0;
      for (let i = t * K; i < (t + 1) * K; i++) sum += dLogProbs.data[i];
      for (let i = t * K; i < (t + 1) * K; i++) {
        out.data[i] = dLogProbs.data[i] - Math.exp(logProbs.data[i]) * sum;
      }
    }
    return out;
  },
};
