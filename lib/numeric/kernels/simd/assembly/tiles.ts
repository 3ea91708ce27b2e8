// The one inner loop of every product: a tile of two rows by eight columns stays in registers over
// 32 terms of its sum, so that two loads of `a` and four of `b` feed eight fused
// multiply–adds. (Tiles of 2 × 10, 2 × 12 and 3 × 6 are no faster, those of 3 × 8, 4 × 4 and 4 × 6 slower.)
//
// An address that is only known at run time is checked against the end of the memory at every load;
// one that is known beforehand is not. So the 32 rows of b are first copied to a BLOCK at a known
// address, which all rows of `a` then share, and the 32 terms are written out (by tasks/kernels.ts).
// The copy pays from 16 rows on; where sums are long, the block's terms are added to what was stored
// many times, so that it pays from 32 rows on: below that a quarter is lost at 8 rows, a tenth at 16.

import { fusedOf } from "./vectors";

/** Bytes of a panel's row: eight columns of doubles, sixteen of single precision. */
export const PANEL: i32 = 64;

/** From so many rows on a block is worth its copy; from twice as many for sums of over LONG terms. */
const SHARING: i32 = 16;
const LONG: i32 = 64;

/** Most terms in a block; those that it has are a multiple of PART. */
export const TERMS: i32 = 32;
const PART: i32 = 8;

const BLOCK: usize = memory.data(2048, 64);

/**
 * out_r[0 … 8) = init_r[0 … 8) + Σ_{p<k} a_r[p] · b[p, 0 … 8) for n rows r of doubles (T = f64), or
 * of 16 columns each in single precision (T = f32). All steps are in bytes.
 *
 * @param rowStep from a_r to the next row's
 * @param termStep from a_r[p] to a_r[p + 1]
 * @param initStep 0 if all rows start from the same; init may be out itself
 */
export function multiply<T>(
  out: usize,
  init: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  rowStep: i32,
  termStep: i32,
  bStep: i32,
  initStep: i32,
  outStep: i32,
): void {
  if (n >= (k > LONG ? 2 * SHARING : SHARING)) {
    while (k >= PART) {
      const terms = min(TERMS, k - k % PART);
      fillBlock(b, bStep, terms);
      addBlock<T>(out, init, a, n, terms, rowStep, termStep, initStep, outStep);
      if (n & 1) {
        const last = n - 1, from = init + last * initStep;
        addTerms<T>(
          out + last * outStep, from, a + last * rowStep, b, 1, terms, rowStep, termStep, bStep,
          initStep, outStep,
        );
      }
      k -= terms;
      a += terms * termStep;
      b += terms * bStep;
      init = out;
      initStep = outStep;
    }
  }
  if (k > 0) addTerms<T>(out, init, a, b, n, k, rowStep, termStep, bStep, initStep, outStep);
}

function fillBlock(b: usize, bStep: i32, terms: i32): void {
  // repeat TERM = 0 … 31
  if (TERM % PART === 0 && TERM === terms) return;
  v128.store(BLOCK, v128.load(b), TERM * 64);
  v128.store(BLOCK, v128.load(b, 16), TERM * 64 + 16);
  v128.store(BLOCK, v128.load(b, 32), TERM * 64 + 32);
  v128.store(BLOCK, v128.load(b, 48), TERM * 64 + 48);
  b += bStep;
  // end
}

/** Adds the terms of the block to n rows; not to the last if n is odd. */
function addBlock<T>(
  out: usize,
  init: usize,
  a: usize,
  n: i32,
  terms: i32,
  rowStep: i32,
  termStep: i32,
  initStep: i32,
  outStep: i32,
): void {
  let x0: v128, y0: v128, b0: v128;
  for (let r = 2; r <= n; r += 2) {
    let c0 = v128.load(init), c1 = v128.load(init, 16);
    let c2 = v128.load(init, 32), c3 = v128.load(init, 48);
    init += initStep;
    let d0 = v128.load(init), d1 = v128.load(init, 16);
    let d2 = v128.load(init, 32), d3 = v128.load(init, 48);
    init += initStep;
    let x = a, y = a + rowStep;
    a = y + rowStep;
    do {
      // repeat TERM = 0 … 31
      if (TERM % PART === 0 && TERM === terms) break;
      x0 = v128.load_splat<T>(x);
      y0 = v128.load_splat<T>(y);
      b0 = v128.load(BLOCK, TERM * 64);
      c0 = fusedOf<T>(x0, b0, c0);
      d0 = fusedOf<T>(y0, b0, d0);
      b0 = v128.load(BLOCK, TERM * 64 + 16);
      c1 = fusedOf<T>(x0, b0, c1);
      d1 = fusedOf<T>(y0, b0, d1);
      b0 = v128.load(BLOCK, TERM * 64 + 32);
      c2 = fusedOf<T>(x0, b0, c2);
      d2 = fusedOf<T>(y0, b0, d2);
      b0 = v128.load(BLOCK, TERM * 64 + 48);
      c3 = fusedOf<T>(x0, b0, c3);
      d3 = fusedOf<T>(y0, b0, d3);
      x += termStep, y += termStep;
      // end
    } while (false);
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
    out += outStep;
    v128.store(out, d0);
    v128.store(out, d1, 16);
    v128.store(out, d2, 32);
    v128.store(out, d3, 48);
    out += outStep;
  }
}

/** Adds any number of terms to any number of rows. */
function addTerms<T>(
  out: usize,
  init: usize,
  a: usize,
  b: usize,
  n: i32,
  terms: i32,
  rowStep: i32,
  termStep: i32,
  bStep: i32,
  initStep: i32,
  outStep: i32,
): void {
  let x0: v128, y0: v128, b0: v128;
  let r = 2;
  for (; r <= n; r += 2) {
    let c0 = v128.load(init), c1 = v128.load(init, 16);
    let c2 = v128.load(init, 32), c3 = v128.load(init, 48);
    init += initStep;
    let d0 = v128.load(init), d1 = v128.load(init, 16);
    let d2 = v128.load(init, 32), d3 = v128.load(init, 48);
    init += initStep;
    let x = a, y = a + rowStep;
    a = y + rowStep;
    let q = b, left = terms;
    for (; left >= 4; left -= 4) {
      // repeat TERM = 0 … 3
      x0 = v128.load_splat<T>(x);
      y0 = v128.load_splat<T>(y);
      b0 = v128.load(q);
      c0 = fusedOf<T>(x0, b0, c0);
      d0 = fusedOf<T>(y0, b0, d0);
      b0 = v128.load(q, 16);
      c1 = fusedOf<T>(x0, b0, c1);
      d1 = fusedOf<T>(y0, b0, d1);
      b0 = v128.load(q, 32);
      c2 = fusedOf<T>(x0, b0, c2);
      d2 = fusedOf<T>(y0, b0, d2);
      b0 = v128.load(q, 48);
      c3 = fusedOf<T>(x0, b0, c3);
      d3 = fusedOf<T>(y0, b0, d3);
      x += termStep, y += termStep, q += bStep;
      // end
    }
    for (; left > 0; left--) {
      x0 = v128.load_splat<T>(x);
      y0 = v128.load_splat<T>(y);
      b0 = v128.load(q);
      c0 = fusedOf<T>(x0, b0, c0);
      d0 = fusedOf<T>(y0, b0, d0);
      b0 = v128.load(q, 16);
      c1 = fusedOf<T>(x0, b0, c1);
      d1 = fusedOf<T>(y0, b0, d1);
      b0 = v128.load(q, 32);
      c2 = fusedOf<T>(x0, b0, c2);
      d2 = fusedOf<T>(y0, b0, d2);
      b0 = v128.load(q, 48);
      c3 = fusedOf<T>(x0, b0, c3);
      d3 = fusedOf<T>(y0, b0, d3);
      x += termStep, y += termStep, q += bStep;
    }
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
    out += outStep;
    v128.store(out, d0);
    v128.store(out, d1, 16);
    v128.store(out, d2, 32);
    v128.store(out, d3, 48);
    out += outStep;
  }
  if (r === n + 1) {
    let c0 = v128.load(init), c1 = v128.load(init, 16);
    let c2 = v128.load(init, 32), c3 = v128.load(init, 48);
    let x = a;
    let q = b;
    for (let left = terms; left > 0; left--) {
      x0 = v128.load_splat<T>(x);
      c0 = fusedOf<T>(x0, v128.load(q), c0);
      c1 = fusedOf<T>(x0, v128.load(q, 16), c1);
      c2 = fusedOf<T>(x0, v128.load(q, 32), c2);
      c3 = fusedOf<T>(x0, v128.load(q, 48), c3);
      x += termStep, q += bStep;
    }
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
  }
}

/**
 * panel[p, j] = b[p · down + j · across] for every column j of a panel, zero from j = width on; b is
 * of doubles, the panel of T; steps in bytes.
 */
export function pack<T>(
  panel: usize,
  b: usize,
  k: i32,
  width: i32,
  down: i32,
  across: i32,
): void {
  if (sizeof<T>() === 8 && width === 8 && across === 8) {
    for (let p = 0; p < k; p++, b += down, panel += PANEL) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
      v128.store(panel, v128.load(b, 32), 32);
      v128.store(panel, v128.load(b, 48), 48);
    }
    return;
  }
  if (sizeof<T>() === 8 && width === 8) {
    for (let p = 0; p < k; p++, b += down, panel += PANEL) {
      let from = b;
      for (let j = 0; j < PANEL; j += 16, from += 2 * across) {
        const pair = v128.load_lane<f64>(from + across, v128.load_zero<f64>(from), 1);
        v128.store(panel + j, pair);
      }
    }
    return;
  }
  for (let p = 0; p < k; p++) {
    let from = b;
    for (let j = 0; j < PANEL; j += sizeof<T>()) {
      store<T>(panel + j, width * sizeof<T>() > j ? <T> load<f64>(from) : 0);
      from += across;
    }
    b += down;
    panel += PANEL;
  }
}
