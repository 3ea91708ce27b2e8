// Products in double precision of matrices whose rows may lie apart, such as the columns of one head.

import { multiply, pack, PANEL } from "./tiles";
import { addRow } from "./vectors";

/** Rows of `a` that share a block of b while they are in the first cache. */
export const ROWS: i32 = 32;
/** Terms of a sum of outer products per pass, so that their rows stay in the first cache. */
const OUTER: i32 = 32;

/**
 * out[n, m] += Σₖ a[n, k] · b[k, m]
 *
 * @param outStep bytes from a row of `out` to the next, `aStep` of `a`
 * @param down bytes from a row of b to the next, `across` from a column to the next
 * @param scratch as much as matmulScratch() says
 */
export function addProduct(
  out: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  outStep: i32,
  aStep: i32,
  down: i32,
  across: i32,
  scratch: usize,
): void {
  const zeros = scratch, tile = zeros + PANEL, panels = tile + ROWS * PANEL;
  const panelStep = k * PANEL;
  if (k === 0) return;
  memory.fill(zeros, 0, PANEL);
  for (let j = 0, panel = panels; j < m; j += 8, panel += panelStep) {
    pack<f64>(panel, b + j * across, k, min(8, m - j), down, across);
  }
  for (let i = 0; i < n; i += ROWS) {
    const count = min(ROWS, n - i);
    for (let j = 0, panel = panels; j < m; j += 8, panel += panelStep) {
      const width = min(8, m - j), to = out + (j << 3);
      if (width === 8) {
        multiply<f64>(to, to, a, panel, count, k, aStep, 8, PANEL, outStep, outStep);
        continue;
      }
      multiply<f64>(tile, zeros, a, panel, count, k, aStep, 8, PANEL, 0, PANEL);
      for (let r = 0; r < count; r++) addRow<f64>(to + r * outStep, tile + r * PANEL, width);
    }
    a += ROWS * aStep;
    out += ROWS * outStep;
  }
}

/**
 * out[n, m] += Σₖ a[k, n] · b[k, m], rows `outStep`, `aStep` and `bStep` bytes apart.
 *
 * @param scratch as much as transposeAScratch() says
 */
export function addTransposedProduct(
  out: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  m: i32,
  outStep: i32,
  aStep: i32,
  bStep: i32,
  scratch: usize,
): void {
  const full = m & ~7, width = m & 7;
  const panel = scratch, tile = panel + OUTER * PANEL;
  if (width > 0) memory.fill(tile, 0, n * PANEL);
  for (let p = 0; p < k; p += OUTER) {
    const terms = min(OUTER, k - p);
    for (let j = 0; j < full; j += 8) {
      const to = out + (j << 3);
      multiply<f64>(to, to, a, b + (j << 3), n, terms, 8, aStep, bStep, outStep, outStep);
    }
    if (width > 0) {
      pack<f64>(panel, b + (full << 3), terms, width, bStep, 8);
      multiply<f64>(tile, tile, a, panel, n, terms, 8, aStep, PANEL, PANEL, PANEL);
    }
    a += OUTER * aStep;
    b += OUTER * bStep;
  }
  if (width > 0) {
    for (let i = 0; i < n; i++) {
      addRow<f64>(out + i * outStep + (full << 3), tile + i * PANEL, width);
    }
  }
}
