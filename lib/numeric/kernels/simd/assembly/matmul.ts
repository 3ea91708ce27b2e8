import { addProduct, addTransposedProduct, ROWS } from "./products";
import { multiply, pack, PANEL } from "./tiles";
import { addRow, convert } from "./vectors";

/** Bytes of scratch that {@link matmul} and {@link matmulTransposeB} need, of the larger type. */
export function matmulScratch(k: f64, m: f64): f64 {
  return (ceil(m / 8) * k + 1 + ROWS) * PANEL + ROWS * k * 4;
}

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
  addProduct(out, init, a, b, n, k, m, m << 3, k << 3, m << 3, 8, scratch);
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
  addProduct(out, init, a, b, n, k, m, m << 3, k << 3, 8, k << 3, scratch);
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
  addSingleProduct(out, init, a, b, n, k, m, m << 3, 8, scratch);
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
  addSingleProduct(out, init, a, b, n, k, m, 8, k << 3, scratch);
}

function addSingleProduct(
  out: usize,
  init: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  down: i32,
  across: i32,
  scratch: usize,
): void {
  const zeros = scratch, tile = zeros + PANEL, rows = tile + ROWS * PANEL;
  const panels = rows + ROWS * (k << 2), aStep = k << 3, outStep = m << 3, panelStep = k * PANEL;
  if (init !== out) { for (let r = 0; r < n; r++) memory.copy(out + r * outStep, init, outStep); }
  if (k === 0) return;
  memory.fill(zeros, 0, PANEL);
  for (let j = 0, panel = panels; j < m; j += 16, panel += panelStep) {
    pack<f32>(panel, b + j * across, k, min(16, m - j), down, across);
  }
  for (let i = 0; i < n; i += ROWS) {
    const count = min(ROWS, n - i);
    convert<f32>(rows, a, count * k);
    for (let j = 0, panel = panels; j < m; j += 16, panel += panelStep) {
      multiply<f32>(tile, zeros, rows, panel, count, k, k << 2, 4, PANEL, 0, PANEL);
      const to = out + (j << 3), width = min(16, m - j);
      for (let r = 0; r < count; r++) addRow<f32>(to + r * outStep, tile + r * PANEL, width);
    }
    a += ROWS * aStep;
    out += ROWS * outStep;
  }
}

/** Bytes of scratch that {@link matmulTransposeA} needs, of the larger type. */
export function transposeAScratch(n: f64): f64 {
  return (SUMMED + n) * PANEL + SUMMED * n * 4;
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
  addTransposedProduct(out, a, b, n, k, m, m << 3, n << 3, m << 3, scratch);
}

/** Terms of a sum in single precision, which is then added to one in double. */
const SUMMED: i32 = 512;

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
  const aStep = n << 3, bStep = m << 3;
  const panel = scratch, tile = panel + SUMMED * PANEL, rows = tile + n * PANEL;
  for (let p = 0; p < k; p += SUMMED) {
    const terms = min(SUMMED, k - p);
    convert<f32>(rows, a, terms * n);
    for (let j = 0; j < m; j += 16) {
      const width = min(16, m - j);
      pack<f32>(panel, b + (j << 3), terms, width, bStep, 8);
      memory.fill(tile, 0, n * PANEL);
      multiply<f32>(tile, tile, rows, panel, n, terms, 4, n << 2, PANEL, PANEL, PANEL);
      for (let i = 0; i < n; i++) addRow<f32>(out + (i * m + j << 3), tile + i * PANEL, width);
    }
    a += SUMMED * aStep;
    b += SUMMED * bStep;
  }
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
