import { addProduct, addTransposedProduct } from "./products";

export { productScratch, transposedScratch } from "./products";

/** out[n, m] = init[n, m] + Σₖ a[n, k] · b[k, m]; init is `out`, or one row that all start from. */
export function matmul(
  out: usize,
  init: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  scratch: usize,
): void {
  addProduct<f64>(out, init, a, b, n, k, m, m << 3, k << 3, m << 3, 8, scratch);
}

/** {@link matmul}, its products in single precision. */
export function matmulSingle(
  out: usize,
  init: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  scratch: usize,
): void {
  addProduct<f32>(out, init, a, b, n, k, m, m << 3, k << 3, m << 3, 8, scratch);
}

/** out[n, m] = init[n, m] + Σₖ a[n, k] · b[m, k]; init likewise. */
export function matmulTransposeB(
  out: usize,
  init: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  scratch: usize,
): void {
  addProduct<f64>(out, init, a, b, n, k, m, m << 3, k << 3, 8, k << 3, scratch);
}

/** {@link matmulTransposeB}, its products in single precision. */
export function matmulTransposeBSingle(
  out: usize,
  init: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  scratch: usize,
): void {
  addProduct<f32>(out, init, a, b, n, k, m, m << 3, k << 3, 8, k << 3, scratch);
}

/** out[n, m] += Σₖ a[k, n] · b[k, m] */
export function matmulTransposeA(
  out: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  scratch: usize,
): void {
  addTransposedProduct<f64>(out, a, b, n, k, m, m << 3, n << 3, m << 3, scratch);
}

/** {@link matmulTransposeA}, its products in single precision. */
export function matmulTransposeASingle(
  out: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  scratch: usize,
): void {
  addTransposedProduct<f32>(out, a, b, n, k, m, m << 3, n << 3, m << 3, scratch);
}

/** out[m] += Σₙ a[n, m] */
export function sumRows(out: usize, a: usize, n: i32, m: i32): void {
  const step = m << 3;
  let j = 0;
  for (; j + 8 <= m; j += 8) {
    let c0 = v128.load(out), c1 = v128.load(out, 16);
    let c2 = v128.load(out, 32), c3 = v128.load(out, 48);
    let from = a;
    for (let i = 0; i < n; i++) {
      c0 = f64x2.add(c0, v128.load(from));
      c1 = f64x2.add(c1, v128.load(from, 16));
      c2 = f64x2.add(c2, v128.load(from, 32));
      c3 = f64x2.add(c3, v128.load(from, 48));
      from += step;
    }
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
    out += 64;
    a += 64;
  }
  for (; j < m; j++) {
    let sum = load<f64>(out);
    for (let i = 0; i < n; i++) sum += load<f64>(a + i * step);
    store<f64>(out, sum);
    out += 8;
    a += 8;
  }
}

/** out[i] = a[i] + scale · b[i] */
export function addScaled(out: usize, a: usize, b: usize, scale: f64, n: i32): void {
  const bytes = n << 3, pairs = bytes & ~15, factors = f64x2.splat(scale);
  for (let at = 0; at < pairs; at += 16) {
    v128.store(out + at, f64x2.add(v128.load(a + at), f64x2.mul(factors, v128.load(b + at))));
  }
  if (pairs < bytes) store<f64>(out + pairs, load<f64>(a + pairs) + scale * load<f64>(b + pairs));
}
