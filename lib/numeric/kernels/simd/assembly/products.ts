// Products in double precision of matrices whose rows may lie apart, such as the columns of one head.

import { multiply, pack, PANEL } from "./tiles";
import { addRow } from "./vectors";

/** Most rows of `a` that share a block of b: as many as are in the first cache together. */
export const ROWS: i32 = 64;
/** Terms from which on half as many do. */
const LONG: i32 = 64;
/** Terms of a sum of outer products per pass, so that their rows stay in the first cache. */
const OUTER: i32 = 32;

/**
 * out[n, m] = init[n, m] + Σₖ a[n, k] · b[k, m]
 *
 * @param init `out` itself, or one row that all start from
 * @param outStep bytes from a row of `out` to the next, `aStep` of `a`
 * @param down bytes from a row of b to the next, `across` from a column to the next
 * @param scratch as much as matmulScratch() says
 */
export function addProduct(
  out: usize,
  init: usize,
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
  const panelStep = k * PANEL, initStep = init === out ? outStep : 0;
  if (k === 0) {
    if (initStep === 0) { for (let r = 0; r < n; r++) memory.copy(out + r * outStep, init, m << 3); }
    return;
  }
  memory.fill(zeros, 0, PANEL);
  for (let j = 0, panel = panels; j < m; j += 8, panel += panelStep) {
    pack<f64>(panel, b + j * across, k, min(8, m - j), down, across);
  }
  const rows = k < LONG ? ROWS : ROWS / 2;
  for (let i = 0; i < n; i += rows) {
    const count = min(rows, n - i);
    for (let j = 0, panel = panels; j < m; j += 8, panel += panelStep) {
      const width = min(8, m - j), to = out + (j << 3), from = init + (j << 3);
      if (width === 8) {
        multiply<f64>(to, from, a, panel, count, k, aStep, 8, PANEL, initStep, outStep);
        continue;
      }
      multiply<f64>(tile, zeros, a, panel, count, k, aStep, 8, PANEL, 0, PANEL);
      for (let r = 0, at = to; r < count; r++, at += outStep) {
        if (initStep === 0) memory.copy(at, from, width << 3);
        addRow<f64>(at, tile + r * PANEL, width);
      }
    }
    a += rows * aStep;
    out += rows * outStep;
    init += rows * initStep;
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
