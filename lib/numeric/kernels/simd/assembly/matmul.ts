import { addOuterProducts, multiplyRows, pack, PANEL, ROW, setRow } from "./tiles";

/** Rows of `a` per pass over a panel. */
const ROWS: i32 = 32;
/** Terms of a sum of outer products per pass, so that the rows of b stay in the first cache. */
const TERMS: i32 = 64;

/** Bytes of scratch that {@link matmul} and {@link matmulTransposeB} need. */
export function matmulScratch(k: i32): i32 {
  return (k + 1 + ROWS) * PANEL + ROWS * ROW;
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
  const zeros = scratch, panel = zeros + PANEL, tile = panel + k * PANEL;
  const rows = tile + ROWS * PANEL;
  memory.fill(zeros, 0, PANEL);
  for (let j = 0; j < m; j += 8) {
    const width = min(8, m - j);
    pack(panel, b + j * across, k, width, down, across);
    for (let i = 0; i < n; i += ROWS) {
      const count = min(ROWS, n - i);
      for (let r = 0; r < count; r++) setRow(rows, r, a + ((i + r) * k << 3), 0, tile + r * PANEL);
      multiplyRows(count, rows, panel, k, 0, zeros, 0);
      for (let r = 0; r < count; r++) {
        addRow(out + ((i + r) * m + j << 3), tile + r * PANEL, width);
      }
    }
  }
}

/** out[0 … width) += row[0 … width) */
// @ts-ignore: decorator
@inline
function addRow(out: usize, row: usize, width: i32): void {
  let at = 0;
  for (; at + 16 <= width << 3; at += 16) {
    v128.store(out + at, f64x2.add(v128.load(out + at), v128.load(row + at)));
  }
  if (width & 1) store<f64>(out + at, load<f64>(out + at) + load<f64>(row + at));
}

/** Bytes of scratch that {@link matmulTransposeA} needs. */
export function transposeAScratch(n: i32): i32 {
  return (TERMS + n) * PANEL;
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
  const panel = scratch, tile = panel + TERMS * PANEL;
  if (width > 0) memory.fill(tile, 0, n * PANEL);
  for (let p = 0; p < k; p += TERMS) {
    const terms = min(TERMS, k - p);
    const ap = a + p * aStep, bp = b + p * bStep;
    for (let j = 0; j < full; j += 8) {
      addOuterProducts(out + (j << 3), ap, bp + (j << 3), n, terms, aStep, bStep, bStep);
    }
    if (width > 0) {
      pack(panel, bp + (full << 3), terms, width, bStep, 8);
      addOuterProducts(tile, ap, panel, n, terms, aStep, PANEL, PANEL);
    }
  }
  if (width > 0) {
    for (let i = 0; i < n; i++) addRow(out + (i * m + full << 3), tile + i * PANEL, width);
  }
}

/** out[m] += Σₙ a[n, m] */
export function sumRows(out: usize, a: usize, n: i32, m: i32): void {
  let j = 0;
  for (; j + 2 <= m; j += 2) {
    let sum = v128.load(out + (j << 3));
    let from = a + (j << 3);
    for (let i = 0; i < n; i++) {
      sum = f64x2.add(sum, v128.load(from));
      from += m << 3;
    }
    v128.store(out + (j << 3), sum);
  }
  if (j < m) {
    let sum = load<f64>(out + (j << 3));
    for (let i = 0; i < n; i++) sum += load<f64>(a + (i * m + j << 3));
    store<f64>(out + (j << 3), sum);
  }
}
