// The LSTM over sequences laid end to end; the plain twin has the formulas.
// Sequences are taken in groups of at most GROUP, longest first: at each step those still running
// share one pass over the weights, which are packed into panels of eight columns beforehand.

import { addRow } from "./matmul";
import { multiply, pack, PANEL, TERMS } from "./tiles";
import { GATES, squash, squash4, squash8, TANHS } from "./squash";
import { fused, fusedMinus, plus, times, two } from "./vectors";

const GROUP: i32 = 32;

// @ts-ignore: decorator
@inline
function get(at: usize, pair: bool): v128 {
  return pair ? v128.load(at) : v128.load_zero<f64>(at);
}

// @ts-ignore: decorator
@inline
function put(at: usize, value: v128, pair: bool): void {
  if (pair) v128.store(at, value);
  else v128.store_lane<f64>(at, value, 0);
}

// @ts-ignore: decorator
@inline
function oneMinus(a: v128): v128 {
  return f64x2.sub(two(1), a);
}

// @ts-ignore: decorator
@inline
function oneMinusSquare(a: v128): v128 {
  return fusedMinus(a, a, two(1));
}

// @ts-ignore: decorator
@inline
function offsetAt(offsets: usize, b: i32): i32 {
  return load<i32>(offsets + (b << 2));
}

/** Copies a few bytes, a multiple of 8. */
// @ts-ignore: decorator
@inline
function copy(to: usize, from: usize, bytes: i32): void {
  let i = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
  if (i < bytes) store<f64>(to + i, load<f64>(from + i));
}

/** order[0 … B) = the sequences, longest first, in their own order where equally long. */
function sortByLength(order: usize, offsets: usize, B: i32): void {
  for (let b = 0; b < B; b++) {
    const length = lengthOf(offsets, b);
    let at = b;
    for (; at > 0; at--) {
      const before = load<i32>(order + (at - 1 << 2));
      if (lengthOf(offsets, before) >= length) break;
      store<i32>(order + (at << 2), before);
    }
    store<i32>(order + (at << 2), b);
  }
}

// @ts-ignore: decorator
@inline
function lengthOf(offsets: usize, b: i32): i32 {
  return offsetAt(offsets, b + 1) - offsetAt(offsets, b);
}

/** How many of the `most` sequences order[at …] have more than t frames; they come first. */
// @ts-ignore: decorator
@inline
function running(order: usize, at: i32, most: i32, offsets: usize, t: i32): i32 {
  let n = most;
  while (n > 0 && lengthOf(offsets, offsetAt(order, at + n - 1)) <= t) n--;
  return n;
}

/** Bytes of scratch that {@link lstmForward} needs. */
export function forwardScratch(B: f64, D: f64, H: f64): f64 {
  const P = ceil(H / 2), K = D + 2 * P;
  return P * (K + 1 + GROUP) * PANEL + GROUP * K * 8 + B * 4 + 64;
}

export function lstmForward(
  h: usize,
  c: usize,
  tanhC: usize,
  gates: usize,
  x: usize,
  Wx: usize,
  Wh: usize,
  b: usize,
  offsets: usize,
  B: i32,
  D: i32,
  H: i32,
  scratch: usize,
): void {
  // A panel holds the four gates of two cells: columns i i f f g g o o.
  // Row r of `inputs` is [x_t | h_{t-1}] of the group's r-th sequence.
  const P = (H + 1) >> 1, K = D + H;
  const Db = D << 3, Hb = H << 3, Gb = H << 5, Zb = P * PANEL, Kb = (D + 2 * P) << 3;
  const panels = scratch, bias = panels + P * K * PANEL, z = bias + Zb;
  const inputs = z + GROUP * Zb, order = inputs + GROUP * Kb;
  packCells(panels, Wx, D, H, K * PANEL);
  packCells(panels + D * PANEL, Wh, H, H, K * PANEL);
  packCells(bias, b, 1, H, PANEL);
  sortByLength(order, offsets, B);
  for (let at = 0; at < B; at += GROUP) {
    let n = min(GROUP, B - at);
    memory.fill(inputs, 0, GROUP * Kb);
    for (let t = 0; ; t++) {
      n = running(order, at, n, offsets, t);
      if (n === 0) break;
      for (let r = 0; r < n; r++) {
        const row = offsetAt(offsets, offsetAt(order, at + r)) + t;
        copy(inputs + r * Kb, x + row * Db, Db);
      }
      for (let p = 0; p < P; p++) {
        const to = z + p * PANEL, start = bias + p * PANEL;
        multiply(to, start, inputs, panels + p * K * PANEL, n, K, Kb, 8, PANEL, 0, Zb);
      }
      for (let r = 0; r < n; r++) {
        const row = offsetAt(offsets, offsetAt(order, at + r)) + t;
        const zr = z + r * Zb, gr = gates + row * Gb;
        const cr = c + row * Hb, tr = tanhC + row * Hb;
        // Byte `at` of a row of cells has its gates in z from byte 4 · at on.
        let at = 0;
        for (; at + 32 <= Hb; at += 32) squash8(gr + at, Hb, 16, zr + 4 * at, GATES);
        for (; at + 16 <= Hb; at += 16) squash4(gr + at, Hb, zr + 4 * at, GATES);
        if (at < Hb) {
          put(gr + at, squash(v128.load(zr + 4 * at), false), false);
          put(gr + Hb + at, squash(v128.load(zr + 4 * at, 16), false), false);
          put(gr + 2 * Hb + at, squash(v128.load(zr + 4 * at, 32), true), false);
          put(gr + 3 * Hb + at, squash(v128.load(zr + 4 * at, 48), false), false);
        }
        for (at = 0; at + 16 <= Hb; at += 16) setCell(cr + at, gr + at, Hb, t === 0, true);
        if (at < Hb) setCell(cr + at, gr + at, Hb, t === 0, false);
        at = 0;
        for (; at + 128 <= Hb; at += 128) squash8(tr + at, 16, 64, cr + at, TANHS);
        for (; at + 64 <= Hb; at += 64) squash4(tr + at, 16, cr + at, TANHS);
        for (; at + 16 <= Hb; at += 16) put(tr + at, squash(get(cr + at, true), true), true);
        if (at < Hb) put(tr + at, squash(get(cr + at, false), true), false);
        const or = gr + 3 * Hb, hr = h + row * Hb, next = inputs + r * Kb + Db;
        for (at = 0; at + 16 <= Hb; at += 16) {
          const now = times(v128.load(or + at), v128.load(tr + at));
          v128.store(hr + at, now);
          v128.store(next + at, now);
        }
        if (at < Hb) {
          const now = load<f64>(or + at) * load<f64>(tr + at);
          store<f64>(hr + at, now);
          store<f64>(next + at, now);
        }
      }
    }
  }
}

/** c_t = f ∘ c_{t-1} + i ∘ g of two cells, or of the last cell where H is odd. */
// @ts-ignore: decorator
@inline
function setCell(c: usize, gates: usize, Hb: i32, first: bool, pair: bool): void {
  let now = times(get(gates, pair), get(gates + 2 * Hb, pair));
  if (!first) now = fused(get(gates + Hb, pair), get(c - Hb, pair), now);
  put(c, now, pair);
}

/** panels[p, k] = the columns of cells 2p and 2p + 1 in row k of W [K, 4H]. */
function packCells(panels: usize, W: usize, K: i32, H: i32, panelStep: usize): void {
  for (let k = 0; k < K; k++) {
    for (let gate = 0; gate < 4; gate++) {
      let to = panels + k * PANEL + (gate << 4);
      for (let j = 0; j < H; j += 2) {
        const from = W + ((k << 2) + gate) * (H << 3) + (j << 3);
        v128.store(to, get(from, true));
        if (j + 1 === H) store<f64>(to, 0, 8);
        to += panelStep;
      }
    }
  }
}

/** Bytes of scratch that {@link lstmBackward} needs. */
export function backwardScratch(B: f64, H: f64): f64 {
  const P = ceil(H / 8);
  return (P * (H * 4 + 2 * GROUP) + 1) * PANEL + GROUP * H * 32 + B * 4;
}

export function lstmBackward(
  dz: usize,
  dy: usize,
  gates: usize,
  c: usize,
  tanhC: usize,
  Wh: usize,
  offsets: usize,
  B: i32,
  H: i32,
  scratch: usize,
): void {
  const P = (H + 7) >> 3, G = H << 2;
  const Hb = H << 3, Gb = H << 5, Pb = P * PANEL;
  const zeros = scratch, panels = zeros + PANEL, dh = panels + P * G * PANEL;
  const dc = dh + GROUP * Pb, after = dc + GROUP * Pb, order = after + GROUP * Gb;
  memory.fill(zeros, 0, PANEL);
  for (let p = 0; p < P; p++) {
    pack(panels + p * G * PANEL, Wh + p * 8 * Gb, G, min(8, H - p * 8), 8, Gb);
  }
  sortByLength(order, offsets, B);
  for (let at = 0; at < B; at += GROUP) {
    let n = min(GROUP, B - at);
    memory.fill(dh, 0, 2 * GROUP * Pb);
    // Step u is frame length - 1 - u of each sequence; row r of `after` is the r-th's latest dz.
    for (let u = 0; ; u++) {
      n = running(order, at, n, offsets, u);
      if (n === 0) break;
      if (u > 0) {
        for (let p = 0; p < P; p++) {
          const to = dh + p * PANEL;
          multiply(to, zeros, after, panels + p * G * PANEL, n, G, Gb, 8, PANEL, 0, Pb);
        }
      }
      for (let r = 0; r < n; r++) {
        const b = offsetAt(order, at + r);
        const row = offsetAt(offsets, b + 1) - 1 - u;
        const first = row === offsetAt(offsets, b);
        let gr = gates + row * Gb, zr = dz + row * Gb;
        let cr = c + row * Hb, tr = tanhC + row * Hb, yr = dy + row * Hb;
        let hr = dh + r * Pb, dr = dc + r * Pb, ar = after + r * Gb;
        for (let j = 0; j + 2 <= H; j += 2) {
          cellBackward(zr, ar, gr, cr, tr, yr, hr, dr, Hb, first, true);
          zr += 16;
          ar += 16;
          gr += 16;
          cr += 16;
          tr += 16;
          yr += 16;
          hr += 16;
          dr += 16;
        }
        if (H & 1) cellBackward(zr, ar, gr, cr, tr, yr, hr, dr, Hb, first, false);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function cellBackward(
  dz: usize,
  after: usize,
  gates: usize,
  c: usize,
  tanhC: usize,
  dy: usize,
  dhAt: usize,
  dcAt: usize,
  Hb: i32,
  first: bool,
  pair: bool,
): void {
  const i = get(gates, pair), f = get(gates + Hb, pair);
  const g = get(gates + 2 * Hb, pair), o = get(gates + 3 * Hb, pair);
  const squashed = get(tanhC, pair);
  const dh = plus(get(dy, pair), get(dhAt, pair));
  const dc = fused(times(dh, o), oneMinusSquare(squashed), get(dcAt, pair));
  const before = first ? two(0) : get(c - Hb, pair);
  const dzi = times(times(times(dc, g), i), oneMinus(i));
  const dzf = times(times(times(dc, before), f), oneMinus(f));
  const dzg = times(times(dc, i), oneMinusSquare(g));
  const dzo = times(times(times(dh, squashed), o), oneMinus(o));
  put(dz, dzi, pair);
  put(dz + Hb, dzf, pair);
  put(dz + 2 * Hb, dzg, pair);
  put(dz + 3 * Hb, dzo, pair);
  put(after, dzi, pair);
  put(after + Hb, dzf, pair);
  put(after + 2 * Hb, dzg, pair);
  put(after + 3 * Hb, dzo, pair);
  put(dcAt, times(dc, f), pair);
}

/** Bytes of scratch that {@link lstmGradients} needs. */
export function gradientsScratch(D: f64, H: f64): f64 {
  const K = D + H, P = ceil(H / 2);
  return TERMS * K * 8 + K * P * PANEL;
}

/** dWx [D, 4H] += Σ x_tᵀ dz_t; dWh [H, 4H] += Σ h_{t-1}ᵀ dz_t within each sequence */
export function lstmGradients(
  dWx: usize,
  dWh: usize,
  x: usize,
  h: usize,
  dz: usize,
  offsets: usize,
  B: i32,
  D: i32,
  H: i32,
  scratch: usize,
): void {
  // Row p of `inputs` is [x_t | h_{t-1}] of a block's p-th frame; `sums` is [dWx | dWh], panel by
  // panel: what the last panel adds beyond 4H comes from beside dz and is not used.
  const K = D + H, Db = D << 3, Hb = H << 3, Gb = H << 5, Kb = K << 3;
  const P = (H + 1) >> 1, panelStep = K * PANEL;
  const inputs = scratch, sums = inputs + TERMS * Kb;
  const N = offsetAt(offsets, B);
  memory.fill(sums, 0, P * panelStep);
  let b = 0;
  for (let start = 0; start < N; start += TERMS) {
    const terms = min(TERMS, N - start);
    let to = inputs;
    for (let t = start; t < start + terms; t++) {
      while (t >= offsetAt(offsets, b + 1)) b++;
      copy(to, x + t * Db, Db);
      if (t === offsetAt(offsets, b)) memory.fill(to + Db, 0, Hb);
      else copy(to + Db, h + t * Hb - Hb, Hb);
      to += Kb;
    }
    for (let p = 0; p < P; p++) {
      const to = sums + p * panelStep, from = dz + start * Gb + p * PANEL;
      multiply(to, to, inputs, from, K, terms, 8, Kb, Gb, PANEL, PANEL);
    }
  }
  for (let p = 0; p < P; p++) {
    const width = min(8, (H << 2) - p * 8);
    for (let r = 0; r < K; r++) {
      const to = r < D ? dWx + r * Gb : dWh + (r - D) * Gb;
      addRow(to + p * PANEL, sums + p * panelStep + r * PANEL, width);
    }
  }
}
