/**
 * p[i, j] = exp(scores[i, j]) / Σₖ exp(scores[i, k]), row by row; the largest is taken off first.
 *
 * @param p [n, m], written; may be `scores` itself
 * @param scores [n, m]
 */
export function softmax(
  p: Float64Array,
  scores: Float64Array,
  n: number,
  m: number,
): Float64Array {
  for (let row = 0; row < n * m; row += m) {
    let max = -Infinity, sum = 0;
    for (let j = 0; j < m; j++) max = Math.max(max, scores[row + j]);
    for (let j = 0; j < m; j++) sum += p[row + j] = Math.exp(scores[row + j] - max);
    for (let j = 0; j < m; j++) p[row + j] /= sum;
  }
  return p;
}

/**
 * dScores[i, j] = p[i, j] (dp[i, j] - Σₖ p[i, k] dp[i, k])
 *
 * @param dScores [n, m], written; may be `dp` itself
 * @param p [n, m], of {@link softmax}
 * @param dp [n, m]
 */
export function softmaxBackward(
  dScores: Float64Array,
  p: Float64Array,
  dp: Float64Array,
  n: number,
  m: number,
): Float64Array {
  for (let row = 0; row < n * m; row += m) {
    let mean = 0;
    for (let j = row; j < row + m; j++) mean += p[j] * dp[j];
    for (let j = row; j < row + m; j++) dScores[j] = p[j] * (dp[j] - mean);
  }
  return dScores;
}
