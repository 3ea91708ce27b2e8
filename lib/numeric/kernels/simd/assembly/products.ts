// Products of matrices whose rows may lie apart, such as the columns of one head: of doubles (T = f64),
// or with the factors and the sums in single precision (T = f32), which are then added in double.

import { fromDoubles } from "./single";
import { multiply, pack, PANEL } from "./tiles";
import { pairOf, plus } from "./vectors";

/** Most rows of `a` that share a block of b: as many as are in the first cache together. */
const ROWS: i32 = 64;
/** Terms from which on half as many doubles do. */
const LONG: i32 = 64;

/** Columns of a panel. */
// @ts-ignore: decorator
@inline
function columns<T>(): i32 {
  return PANEL / sizeof<T>();
}

/** Bytes of scratch that {@link addProduct} needs, of either kind; {@link addPanels} needs less. */
export function productScratch(k: f64, m: f64): f64 {
  return (2 + ROWS) * PANEL + ROWS * k * 4 + panelBytes(k, m);
}

/** Bytes of the panels of b[k, m], of either kind. */
export function panelBytes(k: f64, m: f64): f64 {
  return ceil(m / 8) * k * PANEL;
}

/**
 * out[n, m] = init[n, m] + Σₖ a[n, k] · b[k, m]
 *
 * @param init `out` itself, or one row that all start from, or 0 if they start from zero
 * @param outStep bytes from a row of `out` to the next, `aStep` of `a`
 * @param down bytes from a row of b to the next, `across` from a column to the next
 * @param scratch as much as {@link productScratch} says
 */
export function addProduct<T>(
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
  if (k === 0) {
    for (let r = 0; init !== out && r < n; r++, out += outStep) {
      if (init === 0) memory.fill(out, 0, m << 3);
      else memory.copy(out, init, m << 3);
    }
    return;
  }
  const panels = scratch + (2 + ROWS) * PANEL + ROWS * k * 4;
  packPanels<T>(panels, b, k, m, down, across);
  addPanels<T>(out, init, a, panels, n, k, m, outStep, aStep, k * PANEL, scratch);
}

/**
 * {@link addProduct} of at least one term where b lies in panels.
 *
 * @param panelStep bytes from a panel to the next
 */
export function addPanels<T>(
  out: usize,
  init: usize,
  a: usize,
  panels: usize,
  n: i32,
  k: i32,
  m: i32,
  outStep: i32,
  aStep: i32,
  panelStep: i32,
  scratch: usize,
): void {
  // As many as a panel has columns, as doubles.
  const zeros = scratch, tile = zeros + 2 * PANEL, converted = tile + ROWS * PANEL;
  const initStep = init === out ? outStep : 0;
  memory.fill(zeros, 0, 2 * PANEL);
  const rows = sizeof<T>() === 4 || k < LONG ? ROWS : ROWS / 2;
  for (let i = 0; i < n; i += rows) {
    const count = min(rows, n - i);
    let terms = a, termsStep = aStep;
    if (sizeof<T>() === 4) {
      terms = converted, termsStep = k << 2;
      for (let r = 0; r < count; r++) toSingles(converted + r * termsStep, a + r * aStep, k);
    }
    for (let j = 0, panel = panels; j < m; j += columns<T>(), panel += panelStep) {
      const width = min(columns<T>(), m - j), to = out + (j << 3);
      const from = init === 0 ? zeros : init + (j << 3);
      if (sizeof<T>() === 8 && width === 8) {
        multiply<T>(to, from, terms, panel, count, k, termsStep, 8, PANEL, initStep, outStep);
        continue;
      }
      multiply<T>(tile, zeros, terms, panel, count, k, termsStep, sizeof<T>(), PANEL, 0, PANEL);
      addTile<T>(to, from, tile, count, width, initStep, outStep);
    }
    a += rows * aStep;
    out += rows * outStep;
    init += rows * initStep;
  }
}

/** Terms of a sum of outer products per pass, so that their rows stay in the first cache. */
const OUTER: i32 = 32;
/** Terms of a sum in single precision, which is then added to one in double. */
const SUMMED: i32 = 512;

/** Bytes of scratch that {@link addTransposedProduct} needs, of either kind. */
export function transposedScratch(n: f64): f64 {
  return (1 + SUMMED + n) * PANEL + SUMMED * n * 4;
}

/**
 * out[n, m] += Σₖ a[k, n] · b[k, m], rows `outStep`, `aStep` and `bStep` bytes apart.
 *
 * @param scratch as much as {@link transposedScratch} says
 */
// @ts-ignore: decorator
@inline
export function addTransposedProduct<T>(
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
  if (sizeof<T>() === 8) addOuterDoubles(out, a, b, n, k, m, outStep, aStep, bStep, scratch);
  else addOuterSingles(out, a, b, n, k, m, outStep, aStep, bStep, scratch);
}

function addOuterDoubles(
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
  if (width === 0) return;
  out += full << 3;
  addTile<f64>(out, out, tile, n, width, outStep, outStep);
}

function addOuterSingles(
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
  const zeros = scratch, panel = zeros + PANEL, tile = panel + SUMMED * PANEL;
  const converted = tile + n * PANEL, step = n << 2;
  memory.fill(zeros, 0, PANEL);
  for (let p = 0; p < k; p += SUMMED) {
    const terms = min(SUMMED, k - p);
    for (let r = 0; r < terms; r++) toSingles(converted + r * step, a + r * aStep, n);
    for (let j = 0; j < m; j += 16) {
      const width = min(16, m - j), to = out + (j << 3);
      packSingles(panel, b + (j << 3), terms, width, bStep, 8);
      multiply<f32>(tile, zeros, converted, panel, n, terms, 4, step, PANEL, 0, PANEL);
      addTile<f32>(to, to, tile, n, width, outStep, outStep);
    }
    a += SUMMED * aStep;
    b += SUMMED * bStep;
  }
}

/** b[k, m] as panels, one after the other. */
export function packPanels<T>(panels: usize, b: usize, k: i32, m: i32, down: i32, across: i32): void {
  for (let j = 0; j < m; j += columns<T>(), panels += k * PANEL) {
    const width = min(columns<T>(), m - j), from = b + j * across;
    if (sizeof<T>() === 8) pack<f64>(panels, from, k, width, down, across);
    else packSingles(panels, from, k, width, down, across);
  }
}

/** A panel in single precision, zero from column `width` on, four columns at a time. */
function packSingles(panel: usize, b: usize, k: i32, width: i32, down: i32, across: i32): void {
  if (across === 8 && width === 16) {
    for (; k > 0; k--, panel += PANEL, b += down) {
      // repeat PART = 0 … 3
      v128.store(panel, fromDoubles(b + PART * 32, 4), PART * 16);
      // end
    }
    return;
  }
  for (let left = width; left > width - 16; left -= 4, panel += 16, b += 4 * across) {
    let to = panel, from = b, p = 0;
    if (left >= 4 && down === 8) {
      const second = across, third = 2 * across, fourth = 3 * across;
      for (; p + 2 <= k; p += 2, to += 2 * PANEL, from += 16) {
        const b0 = f32x4.demote_f64x2_zero(v128.load(from));
        const b1 = f32x4.demote_f64x2_zero(v128.load(from + second));
        const b2 = f32x4.demote_f64x2_zero(v128.load(from + third));
        const b3 = f32x4.demote_f64x2_zero(v128.load(from + fourth));
        const low = v128.shuffle<f32>(b0, b1, 0, 4, 1, 5), high = v128.shuffle<f32>(b2, b3, 0, 4, 1, 5);
        v128.store(to, v128.shuffle<f64>(low, high, 0, 2));
        v128.store(to, v128.shuffle<f64>(low, high, 1, 3), PANEL);
      }
    }
    for (; p < k; p++, to += PANEL, from += down) {
      for (let j = 0; j < 4; j++) {
        store<f32>(to + (j << 2), j < left ? <f32> load<f64>(from + j * across) : 0);
      }
    }
  }
}

/** n doubles in single precision. */
// @ts-ignore: decorator
@inline
function toSingles(to: usize, from: usize, n: i32): void {
  for (; n >= 4; n -= 4, to += 16, from += 32) v128.store(to, fromDoubles(from, 4));
  for (; n > 0; n--, to += 4, from += 8) store<f32>(to, <f32> load<f64>(from));
}

/** out = init + tile for n rows of a panel's first `width` columns; a tile's rows are a panel's. */
function addTile<T>(
  out: usize,
  init: usize,
  tile: usize,
  n: i32,
  width: i32,
  initStep: i32,
  outStep: i32,
): void {
  if (sizeof<T>() === 4 && width === 16) {
    if (initStep === 0) addSameRow(out, init, tile, n, outStep);
    else addWholeRows(out, init, tile, n, initStep, outStep);
    return;
  }
  for (let r = 0; r < n; r++, out += outStep, init += initStep, tile += PANEL) {
    let j = 0;
    for (; j + 2 <= width; j += 2) {
      const pair = pairOf<T>(tile + j * sizeof<T>());
      v128.store(out + (j << 3), plus(v128.load(init + (j << 3)), pair));
    }
    if (j < width) {
      const last = <f64> load<T>(tile + j * sizeof<T>());
      store<f64>(out + (j << 3), load<f64>(init + (j << 3)) + last);
    }
  }
}

// @ts-ignore: decorator
@inline
function lowPair(four: v128): v128 {
  return f64x2.promote_low_f32x4(four);
}

// @ts-ignore: decorator
@inline
function highPair(four: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(four, four, 1, 1));
}

/** {@link addTile} of sixteen columns in single precision, to the one row at `init`. */
function addSameRow(out: usize, init: usize, tile: usize, n: i32, outStep: i32): void {
  let four: v128;
  // repeat PART = 0 … 3
  const lowPART = v128.load(init, PART * 32), highPART = v128.load(init, PART * 32 + 16);
  // end
  for (; n > 0; n--, out += outStep, tile += PANEL) {
    // repeat PART = 0 … 3
    four = v128.load(tile, PART * 16);
    v128.store(out, plus(lowPART, lowPair(four)), PART * 32);
    v128.store(out, plus(highPART, highPair(four)), PART * 32 + 16);
    // end
  }
}

/** Likewise, to row after row. */
function addWholeRows(
  out: usize,
  init: usize,
  tile: usize,
  n: i32,
  initStep: i32,
  outStep: i32,
): void {
  let four: v128;
  for (; n > 0; n--, out += outStep, init += initStep, tile += PANEL) {
    // repeat PART = 0 … 3
    four = v128.load(tile, PART * 16);
    v128.store(out, plus(v128.load(init, PART * 32), lowPair(four)), PART * 32);
    v128.store(out, plus(v128.load(init, PART * 32 + 16), highPair(four)), PART * 32 + 16);
    // end
  }
}
