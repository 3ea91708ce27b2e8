import { huge } from "../../huge.ts";

/**
 * logProbs[t, k] = logits[t, k] - log Σⱼ exp(logits[t, j]), row by row. Where the largest logit is
 * 2^28 or more in size, it is taken off first.
 *
 * @param logProbs [T, K] nats, written; may be `logits` itself
 * @param logits [T, K]
 */
export function logSoftmax(
  logProbs: Float64Array,
  logits: Float64Array,
  T: number,
  K: number,
): Float64Array {
  for (let t = 0; t < T; t++) {
    const row = t * K;
    let max = -Infinity;
    for (let k = 0; k < K; k++) max = Math.max(max, logits[row + k]);
    let sum = 0;
    for (let k = 0; k < K; k++) sum += Math.exp(logits[row + k] - max);
    const base = Math.abs(max) >= huge ? max : 0;
    const logSum = max - base + Math.log(sum);
    for (let k = 0; k < K; k++) logProbs[row + k] = logits[row + k] - base - logSum;
  }
  return logProbs;
}

/**
 * out[i] = exp(logProbs[i]) - v[i], the gradient of a full sum with respect to the logits.
 *
 * @param out [T, K], written
 * @param logProbs [T, K] nats
 * @param v [T, K] soft alignment
 */
export function softmaxMinus(
  out: Float64Array,
  logProbs: Float64Array,
  v: Float64Array,
): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = Math.exp(logProbs[i]) - v[i];
  return out;
}
