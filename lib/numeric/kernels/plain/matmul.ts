// Three matrix products, each added to `out`; or to a row `start` [m] that all rows of `out` start
// from, whatever was in it. All arrays are row-major.
// The inner loops take four terms of the sum at a time, so that `out` is read and written a
// quarter as often.

/** out[n, m] += Σₖ a[n, k] · b[k, m] */
export function matmul(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  n: number,
  k: number,
  m: number,
  start?: Float64Array,
): Float64Array {
  if (start !== undefined) { for (let i = 0; i < n; i++) out.set(start, i * m); }
  for (let i = 0; i < n; i++) {
    const row = i * m;
    let p = 0;
    for (; p + 4 <= k; p += 4) {
      const a0 = a[i * k + p], a1 = a[i * k + p + 1];
      const a2 = a[i * k + p + 2], a3 = a[i * k + p + 3];
      const b0 = p * m, b1 = b0 + m, b2 = b1 + m, b3 = b2 + m;
      for (let j = 0; j < m; j++) {
        out[row + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
      }
    }
    for (; p < k; p++) {
      const a0 = a[i * k + p];
      for (let j = 0; j < m; j++) out[row + j] += a0 * b[p * m + j];
    }
  }
  return out;
}

/** out[n, m] += Σₖ a[n, k] · b[m, k], the product with b transposed. */
export function matmulTransposeB(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  n: number,
  k: number,
  m: number,
  start?: Float64Array,
): Float64Array {
  if (start !== undefined) { for (let i = 0; i < n; i++) out.set(start, i * m); }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      const ai = i * k, bj = j * k;
      let p = 0;
      for (; p + 4 <= k; p += 4) {
        s0 += a[ai + p] * b[bj + p];
        s1 += a[ai + p + 1] * b[bj + p + 1];
        s2 += a[ai + p + 2] * b[bj + p + 2];
        s3 += a[ai + p + 3] * b[bj + p + 3];
      }
      for (; p < k; p++) s0 += a[ai + p] * b[bj + p];
      out[i * m + j] += (s0 + s1) + (s2 + s3);
    }
  }
  return out;
}

/** out[n, m] += Σₖ a[k, n] · b[k, m], the product with a transposed. */
export function matmulTransposeA(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  n: number,
  k: number,
  m: number,
): Float64Array {
  let p = 0;
  for (; p + 4 <= k; p += 4) {
    const b0 = p * m, b1 = b0 + m, b2 = b1 + m, b3 = b2 + m;
    for (let i = 0; i < n; i++) {
      const a0 = a[p * n + i], a1 = a[(p + 1) * n + i];
      const a2 = a[(p + 2) * n + i], a3 = a[(p + 3) * n + i];
      const row = i * m;
      for (let j = 0; j < m; j++) {
        out[row + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
      }
    }
  }
  for (; p < k; p++) {
    for (let i = 0; i < n; i++) {
      const a0 = a[p * n + i];
      for (let j = 0; j < m; j++) out[i * m + j] += a0 * b[p * m + j];
    }
  }
  return out;
}

/** out[m] += Σₙ a[n, m], the sum of the rows. */
export function sumRows(out: Float64Array, a: Float64Array, n: number, m: number): Float64Array {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) out[j] += a[i * m + j];
  }
  return out;
}

/** out[i] = a[i] + scale · b[i]; `out` may be one of them. */
export function addScaled(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  scale: number,
): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = a[i] + scale * b[i];
  return out;
}
