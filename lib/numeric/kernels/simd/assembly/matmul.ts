import { multiply, pack, PANEL } from "./tiles";

/** Rows of `a` that share a block of b while they are in the first cache. */
const ROWS: i32 = 32;
/** Terms of a sum of outer products per pass, so that their rows stay in the first cache. */
const OUTER: i32 = 32;

/** Bytes of scratch that {@link matmul} and {@link matmulTransposeB} need. */
export function matmulScratch(k: f64, m: f64): f64 {
  return (ceil(m / 8) * k + 1 + ROWS) * PANEL;
}

/** out[n, m] += Σₖ a[n, k] · b[k, m] */
export function matmul(
  out: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  scratch: usize,
): void {
  addProduct(out, a, b, n, k, m, m << 3, 8, scratch);
}

/** out[n, m] += Σₖ a[n, k] · b[m, k] */
export function matmulTransposeB(
  out: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  scratch: usize,
): void {
  addProduct(out, a, b, n, k, m, 8, k << 3, scratch);
}

/** `down` and `across` are the bytes between b's terms, and between its columns. */
function addProduct(
  out: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  down: i32,
  across: i32,
  scratch: usize,
): void {
  const zeros = scratch, tile = zeros + PANEL, panels = tile + ROWS * PANEL;
  const aStep = k << 3, outStep = m << 3, panelStep = k * PANEL;
  if (k === 0) return;
  memory.fill(zeros, 0, PANEL);
  for (let j = 0, panel = panels; j < m; j += 8, panel += panelStep) {
    pack(panel, b + j * across, k, min(8, m - j), down, across);
  }
  for (let i = 0; i < n; i += ROWS) {
    const count = min(ROWS, n - i);
    for (let j = 0, panel = panels; j < m; j += 8, panel += panelStep) {
      const width = min(8, m - j), to = out + (j << 3);
      if (width === 8) {
        multiply(to, to, a, panel, count, k, aStep, 8, PANEL, outStep, outStep);
        continue;
      }
      multiply(tile, zeros, a, panel, count, k, aStep, 8, PANEL, 0, PANEL);
      for (let r = 0; r < count; r++) addRow(to + r * outStep, tile + r * PANEL, width);
    }
    a += ROWS * aStep;
    out += ROWS * outStep;
  }
}

/** out[0 … width) += row[0 … width) */
// @ts-ignore: decorator
@inline
export function addRow(out: usize, row: usize, width: i32): void {
  let at = 0;
  for (; at + 16 <= width << 3; at += 16) {
    v128.store(out + at, f64x2.add(v128.load(out + at), v128.load(row + at)));
  }
  if (width & 1) store<f64>(out + at, load<f64>(out + at) + load<f64>(row + at));
}

/** Bytes of scratch that {@link matmulTransposeA} needs. */
export function transposeAScratch(n: f64): f64 {
  return (OUTER + n) * PANEL;
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
  const aStep = n << 3, bStep = m << 3;
  const full = m & ~7, width = m & 7;
  const panel = scratch, tile = panel + OUTER * PANEL;
  if (width > 0) memory.fill(tile, 0, n * PANEL);
  for (let p = 0; p < k; p += OUTER) {
    const terms = min(OUTER, k - p);
    for (let j = 0; j < full; j += 8) {
      const to = out + (j << 3);
      multiply(to, to, a, b + (j << 3), n, terms, 8, aStep, bStep, bStep, bStep);
    }
    if (width > 0) {
      pack(panel, b + (full << 3), terms, width, bStep, 8);
      multiply(tile, tile, a, panel, n, terms, 8, aStep, PANEL, PANEL, PANEL);
    }
    a += OUTER * aStep;
    b += OUTER * bStep;
  }
  if (width > 0) {
    for (let i = 0; i < n; i++) addRow(out + (i * m + full << 3), tile + i * PANEL, width);
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
