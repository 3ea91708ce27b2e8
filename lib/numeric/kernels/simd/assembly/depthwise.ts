import { fused } from "./vectors";

/** y[t, c] += Σₖ x[t · stride + k - padding, c] w[k, c] */
export function depthwiseForward(
  y: usize,
  x: usize,
  w: usize,
  T: i32,
  M: i32,
  D: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
): void {
  const row = D << 3;
  for (let t = 0; t < M; t++) {
    const start = t * stride - padding;
    const from = max(0, -start), to = min(kernel, T - start);
    addProducts(y + t * row, x + (start + from) * row, w + from * row, to - from, row, row, D);
  }
}

/** dx[s, c] += Σₜ dy[t, c] w[s + padding - t · stride, c] */
export function depthwiseBackward(
  dx: usize,
  dy: usize,
  w: usize,
  T: i32,
  M: i32,
  D: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
): void {
  const row = D << 3;
  for (let s = 0; s < T; s++) {
    const last = s + padding;
    const from = (max(0, last - kernel + 1) + stride - 1) / stride, to = min(M - 1, last / stride);
    const k = last - from * stride;
    addProducts(dx + s * row, dy + from * row, w + k * row, to - from + 1, row, -stride * row, D);
  }
}

/** dw[k, c] += Σₜ dy[t, c] x[t · stride + k - padding, c] */
export function depthwiseGradients(
  dw: usize,
  dy: usize,
  x: usize,
  T: i32,
  M: i32,
  D: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
): void {
  const row = D << 3;
  for (let k = 0; k < kernel; k++) {
    const last = T - 1 + padding - k;
    if (last < 0) break;
    const from = (max(0, padding - k) + stride - 1) / stride, to = min(M - 1, last / stride);
    const s = from * stride + k - padding;
    addProducts(dw + k * row, dy + from * row, x + s * row, to - from + 1, row, stride * row, D);
  }
}

/** out[j] += Σₙ a[n, j] b[n, j] */
export function sumProducts(out: usize, a: usize, b: usize, n: i32, m: i32): void {
  addProducts(out, a, b, n, m << 3, m << 3, m);
}

/** out[0 … m) += Σ of n rows a ∘ b, whose rows are aStep and bStep bytes apart. */
function addProducts(
  out: usize,
  a: usize,
  b: usize,
  n: i32,
  aStep: i32,
  bStep: i32,
  m: i32,
): void {
  let j = 0;
  for (; j + 8 <= m; j += 8) {
    let c0 = v128.load(out), c1 = v128.load(out, 16);
    let c2 = v128.load(out, 32), c3 = v128.load(out, 48);
    let p = a, q = b;
    for (let i = 0; i < n; i++) {
      c0 = fused(v128.load(p), v128.load(q), c0);
      c1 = fused(v128.load(p, 16), v128.load(q, 16), c1);
      c2 = fused(v128.load(p, 32), v128.load(q, 32), c2);
      c3 = fused(v128.load(p, 48), v128.load(q, 48), c3);
      p += aStep;
      q += bStep;
    }
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
    out += 64;
    a += 64;
    b += 64;
  }
  for (; j < m; j++) {
    let sum = v128.load_splat<f64>(out);
    let p = a, q = b;
    for (let i = 0; i < n; i++) {
      sum = fused(v128.load_splat<f64>(p), v128.load_splat<f64>(q), sum);
      p += aStep;
      q += bStep;
    }
    store<f64>(out, f64x2.extract_lane(sum, 0));
    out += 8;
    a += 8;
    b += 8;
  }
}
