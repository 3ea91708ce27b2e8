// The one inner loop of every product: tiles of two rows by eight columns stay in registers over
// the whole sum, so that two loads of `a` and four of `b` feed eight multiply–adds.
// A panel is eight columns of a right-hand factor, packed row by row: 64 bytes per row.

/** Bytes of one row of a panel. */
export const PANEL: i32 = 64;

/** Bytes of one entry of a row table: the addresses of a row's a, a2 and out. */
export const ROW: i32 = 12;

// @ts-ignore: decorator
@inline
function fma(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}

// @ts-ignore: decorator
@inline
export function setRow(rows: usize, r: i32, a: usize, a2: usize, out: usize): void {
  const row = rows + r * ROW;
  store<u32>(row, a as u32);
  store<u32>(row, a2 as u32, 4);
  store<u32>(row, out as u32, 8);
}

/** panel[p, 0 … 8) = b[p · down + j · across], zero from j = width on; steps in bytes. */
export function pack(
  panel: usize,
  b: usize,
  k: i32,
  width: i32,
  down: i32,
  across: i32,
): void {
  for (let p = 0; p < k; p++) {
    let from = b;
    for (let j = 0; j < 8; j++) {
      store<f64>(panel + (j << 3), j < width ? load<f64>(from) : 0);
      from += across;
    }
    b += down;
    panel += PANEL;
  }
}

/**
 * out_r[outAt …] = init + Σ_{p<k} a_r[p] · panel[p] + Σ_{p<k2} a2_r[p] · panel[k + p]
 * for the n rows of the table, eight columns.
 */
export function multiplyRows(
  n: i32,
  rows: usize,
  panel: usize,
  k: i32,
  k2: i32,
  init: usize,
  outAt: usize,
): void {
  let r = 0;
  for (; r + 2 <= n; r += 2) {
    const row = rows + r * ROW;
    let c0 = v128.load(init), c1 = v128.load(init, 16);
    let c2 = v128.load(init, 32), c3 = v128.load(init, 48);
    let d0 = c0, d1 = c1, d2 = c2, d3 = c3;
    let b = panel;
    let x: usize = load<u32>(row), y: usize = load<u32>(row + ROW);
    let count = k;
    for (let part = 0; part < 2; part++) {
      const end = x + (count << 3), end4 = x + ((count & ~3) << 3);
      let x0: v128, y0: v128, b0: v128;
      while (x < end4) {
        x0 = v128.load_splat<f64>(x);
        y0 = v128.load_splat<f64>(y);
        b0 = v128.load(b);
        c0 = fma(c0, x0, b0);
        d0 = fma(d0, y0, b0);
        b0 = v128.load(b, 16);
        c1 = fma(c1, x0, b0);
        d1 = fma(d1, y0, b0);
        b0 = v128.load(b, 32);
        c2 = fma(c2, x0, b0);
        d2 = fma(d2, y0, b0);
        b0 = v128.load(b, 48);
        c3 = fma(c3, x0, b0);
        d3 = fma(d3, y0, b0);
        x += 8, y += 8, b += PANEL;
        x0 = v128.load_splat<f64>(x);
        y0 = v128.load_splat<f64>(y);
        b0 = v128.load(b);
        c0 = fma(c0, x0, b0);
        d0 = fma(d0, y0, b0);
        b0 = v128.load(b, 16);
        c1 = fma(c1, x0, b0);
        d1 = fma(d1, y0, b0);
        b0 = v128.load(b, 32);
        c2 = fma(c2, x0, b0);
        d2 = fma(d2, y0, b0);
        b0 = v128.load(b, 48);
        c3 = fma(c3, x0, b0);
        d3 = fma(d3, y0, b0);
        x += 8, y += 8, b += PANEL;
        x0 = v128.load_splat<f64>(x);
        y0 = v128.load_splat<f64>(y);
        b0 = v128.load(b);
        c0 = fma(c0, x0, b0);
        d0 = fma(d0, y0, b0);
        b0 = v128.load(b, 16);
        c1 = fma(c1, x0, b0);
        d1 = fma(d1, y0, b0);
        b0 = v128.load(b, 32);
        c2 = fma(c2, x0, b0);
        d2 = fma(d2, y0, b0);
        b0 = v128.load(b, 48);
        c3 = fma(c3, x0, b0);
        d3 = fma(d3, y0, b0);
        x += 8, y += 8, b += PANEL;
        x0 = v128.load_splat<f64>(x);
        y0 = v128.load_splat<f64>(y);
        b0 = v128.load(b);
        c0 = fma(c0, x0, b0);
        d0 = fma(d0, y0, b0);
        b0 = v128.load(b, 16);
        c1 = fma(c1, x0, b0);
        d1 = fma(d1, y0, b0);
        b0 = v128.load(b, 32);
        c2 = fma(c2, x0, b0);
        d2 = fma(d2, y0, b0);
        b0 = v128.load(b, 48);
        c3 = fma(c3, x0, b0);
        d3 = fma(d3, y0, b0);
        x += 8, y += 8, b += PANEL;
      }
      while (x < end) {
        x0 = v128.load_splat<f64>(x);
        y0 = v128.load_splat<f64>(y);
        b0 = v128.load(b);
        c0 = fma(c0, x0, b0);
        d0 = fma(d0, y0, b0);
        b0 = v128.load(b, 16);
        c1 = fma(c1, x0, b0);
        d1 = fma(d1, y0, b0);
        b0 = v128.load(b, 32);
        c2 = fma(c2, x0, b0);
        d2 = fma(d2, y0, b0);
        b0 = v128.load(b, 48);
        c3 = fma(c3, x0, b0);
        d3 = fma(d3, y0, b0);
        x += 8, y += 8, b += PANEL;
      }
      x = load<u32>(row, 4);
      y = load<u32>(row + ROW, 4);
      count = k2;
    }
    const out = <usize> load<u32>(row, 8) + outAt, out2 = <usize> load<u32>(row + ROW, 8) + outAt;
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
    v128.store(out2, d0);
    v128.store(out2, d1, 16);
    v128.store(out2, d2, 32);
    v128.store(out2, d3, 48);
  }
  if (r < n) {
    const row = rows + r * ROW;
    let c0 = v128.load(init), c1 = v128.load(init, 16);
    let c2 = v128.load(init, 32), c3 = v128.load(init, 48);
    let b = panel;
    let x: usize = load<u32>(row);
    let count = k;
    for (let part = 0; part < 2; part++) {
      const end = x + (count << 3);
      while (x < end) {
        const x0 = v128.load_splat<f64>(x);
        c0 = fma(c0, x0, v128.load(b));
        c1 = fma(c1, x0, v128.load(b, 16));
        c2 = fma(c2, x0, v128.load(b, 32));
        c3 = fma(c3, x0, v128.load(b, 48));
        x += 8;
        b += 64;
      }
      x = load<u32>(row, 4);
      count = k2;
    }
    const out = <usize> load<u32>(row, 8) + outAt;
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
  }
}

/**
 * out[i, 0 … 8) += Σ_{p<k} a[p, i] · b[p, 0 … 8) for i < n: a sum of outer products.
 *
 * @param aStep bytes from a row of a to the next
 * @param bStep bytes from a row of b to the next
 * @param outStep bytes from a row of out to the next
 */
export function addOuterProducts(
  out: usize,
  a: usize,
  b: usize,
  n: i32,
  k: i32,
  aStep: i32,
  bStep: i32,
  outStep: i32,
): void {
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const out2 = out + outStep;
    let c0 = v128.load(out), c1 = v128.load(out, 16);
    let c2 = v128.load(out, 32), c3 = v128.load(out, 48);
    let d0 = v128.load(out2), d1 = v128.load(out2, 16);
    let d2 = v128.load(out2, 32), d3 = v128.load(out2, 48);
    const end = a + k * aStep;
    let q = b;
    const end4 = a + (k & ~3) * aStep;
    let p = a;
    let x0: v128, y0: v128, b0: v128;
    while (p < end4) {
      x0 = v128.load_splat<f64>(p);
      y0 = v128.load_splat<f64>(p, 8);
      b0 = v128.load(q);
      c0 = fma(c0, x0, b0);
      d0 = fma(d0, y0, b0);
      b0 = v128.load(q, 16);
      c1 = fma(c1, x0, b0);
      d1 = fma(d1, y0, b0);
      b0 = v128.load(q, 32);
      c2 = fma(c2, x0, b0);
      d2 = fma(d2, y0, b0);
      b0 = v128.load(q, 48);
      c3 = fma(c3, x0, b0);
      d3 = fma(d3, y0, b0);
      p += aStep, q += bStep;
      x0 = v128.load_splat<f64>(p);
      y0 = v128.load_splat<f64>(p, 8);
      b0 = v128.load(q);
      c0 = fma(c0, x0, b0);
      d0 = fma(d0, y0, b0);
      b0 = v128.load(q, 16);
      c1 = fma(c1, x0, b0);
      d1 = fma(d1, y0, b0);
      b0 = v128.load(q, 32);
      c2 = fma(c2, x0, b0);
      d2 = fma(d2, y0, b0);
      b0 = v128.load(q, 48);
      c3 = fma(c3, x0, b0);
      d3 = fma(d3, y0, b0);
      p += aStep, q += bStep;
      x0 = v128.load_splat<f64>(p);
      y0 = v128.load_splat<f64>(p, 8);
      b0 = v128.load(q);
      c0 = fma(c0, x0, b0);
      d0 = fma(d0, y0, b0);
      b0 = v128.load(q, 16);
      c1 = fma(c1, x0, b0);
      d1 = fma(d1, y0, b0);
      b0 = v128.load(q, 32);
      c2 = fma(c2, x0, b0);
      d2 = fma(d2, y0, b0);
      b0 = v128.load(q, 48);
      c3 = fma(c3, x0, b0);
      d3 = fma(d3, y0, b0);
      p += aStep, q += bStep;
      x0 = v128.load_splat<f64>(p);
      y0 = v128.load_splat<f64>(p, 8);
      b0 = v128.load(q);
      c0 = fma(c0, x0, b0);
      d0 = fma(d0, y0, b0);
      b0 = v128.load(q, 16);
      c1 = fma(c1, x0, b0);
      d1 = fma(d1, y0, b0);
      b0 = v128.load(q, 32);
      c2 = fma(c2, x0, b0);
      d2 = fma(d2, y0, b0);
      b0 = v128.load(q, 48);
      c3 = fma(c3, x0, b0);
      d3 = fma(d3, y0, b0);
      p += aStep, q += bStep;
    }
    while (p < end) {
      x0 = v128.load_splat<f64>(p);
      y0 = v128.load_splat<f64>(p, 8);
      b0 = v128.load(q);
      c0 = fma(c0, x0, b0);
      d0 = fma(d0, y0, b0);
      b0 = v128.load(q, 16);
      c1 = fma(c1, x0, b0);
      d1 = fma(d1, y0, b0);
      b0 = v128.load(q, 32);
      c2 = fma(c2, x0, b0);
      d2 = fma(d2, y0, b0);
      b0 = v128.load(q, 48);
      c3 = fma(c3, x0, b0);
      d3 = fma(d3, y0, b0);
      p += aStep, q += bStep;
    }
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
    v128.store(out2, d0);
    v128.store(out2, d1, 16);
    v128.store(out2, d2, 32);
    v128.store(out2, d3, 48);
    out = out2 + outStep;
    a += 16;
  }
  if (i < n) {
    let c0 = v128.load(out), c1 = v128.load(out, 16);
    let c2 = v128.load(out, 32), c3 = v128.load(out, 48);
    const end = a + k * aStep;
    let q = b;
    for (let p = a; p < end; p += aStep) {
      const x0 = v128.load_splat<f64>(p);
      c0 = fma(c0, x0, v128.load(q));
      c1 = fma(c1, x0, v128.load(q, 16));
      c2 = fma(c2, x0, v128.load(q, 32));
      c3 = fma(c3, x0, v128.load(q, 48));
      q += bStep;
    }
    v128.store(out, c0);
    v128.store(out, c1, 16);
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
  }
}
