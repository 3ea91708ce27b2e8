// A convolution over time in which every column has a filter of its own, for one sequence of T
// frames; M frames come out. What lies beyond the sequence counts as 0.

/**
 * y[t, c] += Σₖ x[t · stride + k - padding, c] w[k, c]
 *
 * @param y [M, D]
 * @param x [T, D]
 * @param w [kernel, D]
 */
export function depthwiseForward(
  y: Float64Array,
  x: Float64Array,
  w: Float64Array,
  T: number,
  M: number,
  D: number,
  kernel: number,
  stride: number,
  padding: number,
): Float64Array {
  for (let t = 0; t < M; t++) {
    const start = t * stride - padding;
    const from = Math.max(0, -start), to = Math.min(kernel, T - start);
    for (let k = from; k < to; k++) addProduct(y, t * D, x, (start + k) * D, w, k * D, D);
  }
  return y;
}

/**
 * dx[t · stride + k - padding, c] += dy[t, c] w[k, c], for every t and k
 *
 * @param dx [T, D]
 * @param dy [M, D]
 * @param w [kernel, D]
 */
export function depthwiseBackward(
  dx: Float64Array,
  dy: Float64Array,
  w: Float64Array,
  T: number,
  M: number,
  D: number,
  kernel: number,
  stride: number,
  padding: number,
): Float64Array {
  for (let t = 0; t < M; t++) {
    const start = t * stride - padding;
    const from = Math.max(0, -start), to = Math.min(kernel, T - start);
    for (let k = from; k < to; k++) addProduct(dx, (start + k) * D, dy, t * D, w, k * D, D);
  }
  return dx;
}

/**
 * dw[k, c] += Σₜ x[t · stride + k - padding, c] dy[t, c]
 *
 * @param dw [kernel, D]
 * @param dy [M, D]
 * @param x [T, D]
 */
export function depthwiseGradients(
  dw: Float64Array,
  dy: Float64Array,
  x: Float64Array,
  T: number,
  M: number,
  D: number,
  kernel: number,
  stride: number,
  padding: number,
): Float64Array {
  for (let t = 0; t < M; t++) {
    const start = t * stride - padding;
    const from = Math.max(0, -start), to = Math.min(kernel, T - start);
    for (let k = from; k < to; k++) addProduct(dw, k * D, dy, t * D, x, (start + k) * D, D);
  }
  return dw;
}

/** out[j] += Σₙ a[n, j] b[n, j] */
export function sumProducts(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  n: number,
  m: number,
): Float64Array {
  for (let i = 0; i < n; i++) addProduct(out, 0, a, i * m, b, i * m, m);
  return out;
}

/** out[at … at + n) += a[from …) b[by …) */
function addProduct(
  out: Float64Array,
  at: number,
  a: Float64Array,
  from: number,
  b: Float64Array,
  by: number,
  n: number,
): void {
  for (let j = 0; j < n; j++) out[at + j] += a[from + j] * b[by + j];
}
