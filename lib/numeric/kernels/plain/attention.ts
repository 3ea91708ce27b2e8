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

/**
 * What every head of self-attention makes of a sequence, the heads side by side:
 *
 * p = softmax(q kᵀ + e), e[t, s] = far_t · distances_{T - 1 - (t - s)}, o = p v
 *
 * @param o [T, D], added to
 * @param p [heads · T, T], head by head, written
 * @param q [T, D] queries, already divided by √(D / heads)
 * @param k [T, D]
 * @param v [T, D]
 * @param far [T, D] queries of distances, divided likewise; empty without them
 * @param distances [2T - 1, D] keys of the distances T - 1 … -(T - 1); empty if e is 0
 */
export function attendForward(
  o: Float64Array,
  p: Float64Array,
  q: Float64Array,
  k: Float64Array,
  v: Float64Array,
  far: Float64Array,
  distances: Float64Array,
  T: number,
  D: number,
  heads: number,
): Float64Array {
  const d = D / heads, relative = distances.length > 0;
  for (let h = 0; h < heads; h++) {
    for (let t = 0; t < T; t++) {
      const row = (h * T + t) * T, at = t * D + h * d;
      for (let s = 0; s < T; s++) {
        const by = s * D + h * d, apart = (T - 1 - t + s) * D + h * d;
        let score = 0;
        for (let j = 0; j < d; j++) {
          score += q[at + j] * k[by + j];
          if (relative) score += far[at + j] * distances[apart + j];
        }
        p[row + s] = score;
      }
      const shares = p.subarray(row, row + T);
      softmax(shares, shares, 1, T);
      for (let s = 0; s < T; s++) {
        for (let j = 0; j < d; j++) o[at + j] += p[row + s] * v[s * D + h * d + j];
      }
    }
  }
  return o;
}

/**
 * The gradients of {@link attendForward}, each added to what is there.
 *
 * @param dFar [T, D]; empty without distances, as dDistances is
 * @param dDistances [2T - 1, D]
 * @param dO [T, D] the gradient with respect to o
 * @param p [heads · T, T], of {@link attendForward}
 */
export function attendBackward(
  dq: Float64Array,
  dk: Float64Array,
  dv: Float64Array,
  dFar: Float64Array,
  dDistances: Float64Array,
  dO: Float64Array,
  p: Float64Array,
  q: Float64Array,
  k: Float64Array,
  v: Float64Array,
  far: Float64Array,
  distances: Float64Array,
  T: number,
  D: number,
  heads: number,
): Float64Array {
  const d = D / heads, relative = distances.length > 0, ds = new Float64Array(T);
  for (let h = 0; h < heads; h++) {
    for (let t = 0; t < T; t++) {
      const row = (h * T + t) * T, at = t * D + h * d;
      for (let s = 0; s < T; s++) {
        const by = s * D + h * d;
        ds[s] = 0;
        for (let j = 0; j < d; j++) {
          ds[s] += dO[at + j] * v[by + j];
          dv[by + j] += p[row + s] * dO[at + j];
        }
      }
      softmaxBackward(ds, p.subarray(row, row + T), ds, 1, T);
      for (let s = 0; s < T; s++) {
        const by = s * D + h * d, apart = (T - 1 - t + s) * D + h * d;
        for (let j = 0; j < d; j++) {
          dq[at + j] += ds[s] * k[by + j];
          dk[by + j] += ds[s] * q[at + j];
          if (!relative) continue;
          dFar[at + j] += ds[s] * distances[apart + j];
          dDistances[apart + j] += ds[s] * far[at + j];
        }
      }
    }
  }
  return dq;
}
