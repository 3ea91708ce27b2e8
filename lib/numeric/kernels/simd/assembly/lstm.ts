// The LSTM over sequences laid end to end; the plain twin has the formulas.
// Sequences are taken in groups of at most GROUP, longest first: at each step those still running
// share one pass over the weights, which are packed into panels beforehand. T is f64, or f32 where
// products and activations are in single precision; arrays that come and go are of doubles, but for
// gates, c and tanhC, which only the way back reads: they are of T, row after row.

import { sumRows } from "./matmul";
import { multiply, pack, PANEL, TERMS } from "./tiles";
import { fromDoubles, putSingles, squashSingles4, squashSingles8, toDoubles } from "./single";
import { GATES, squash, squash4, squash8, TANHS } from "./squash";
import { addRow, convert, fused, fusedMinus, pairOf, plus, times, two } from "./vectors";

const GROUP: i32 = 32;
/** Most frames of a stretch: as many share one pass over the weights of a wide input. */
const ROWS: i32 = 64;
/** Width from which on an input is wide; a narrower one is multiplied together with h. */
const WIDE: i32 = 64;

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

/** Bytes of scratch that {@link lstmForward} needs, of the larger type. */
export function forwardScratch(B: f64, D: f64, H: f64): f64 {
  const P = ceil(H / 2), K = D + 2 * P;
  return P * (K + 2 + ROWS + GROUP) * PANEL + ROWS * (D * 8 + 8 * PANEL) + GROUP * K * 8 + B * 4 + 64;
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
  forward<f64>(h, c, tanhC, gates, x, Wx, Wh, b, offsets, B, D, H, scratch);
}

export function lstmForwardSingle(
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
  forward<f32>(h, c, tanhC, gates, x, Wx, Wh, b, offsets, B, D, H, scratch);
}

function forward<T>(
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
  // A panel holds the four gates of two cells: columns i i f f g g o o; of four in single precision.
  // Row r of `inputs` is [x_t | h_{t-1}] of the group's r-th sequence, row r of `cells` its c_t.
  const size: i32 = sizeof<T>(), cells = 16 / size, P = (H + cells - 1) / cells, K = D + H;
  const Db = D << 3, Hb = H << 3, Sb = H * size, Cb = P << 4, Kb = D * size + Cb;
  // In single precision a row of z ends at eight panels: squashSingles8() writes as many.
  const Zb = size === 8 ? P * PANEL : (P + 7 & ~7) * PANEL;
  const panels = scratch, bias = panels + P * K * PANEL, z = bias + Zb;
  const states = z + ROWS * Zb, inputs = states + GROUP * Cb, wide = inputs + GROUP * Kb;
  const order = wide + ROWS * D * size, panelStep = K * PANEL, apart = D >= WIDE;
  packCells<T>(panels, Wx, D, H, panelStep);
  packCells<T>(panels + D * PANEL, Wh, H, H, panelStep);
  packCells<T>(bias, b, 1, H, PANEL);
  sortByLength(order, offsets, B);
  for (let at = 0; at < B; at += GROUP) {
    let n = min(GROUP, B - at), end = 0, zt = z;
    memory.fill(states, 0, GROUP * (Cb + Kb));
    for (let t = 0; ; t++) {
      n = running(order, at, n, offsets, t);
      if (n === 0) break;
      if (apart && t === end) {
        end = t + ROWS / n;
        let rows = 0;
        for (let u = t; u < end; u++) {
          const still = running(order, at, n, offsets, u);
          for (let r = 0; r < still; r++, rows++) {
            const row = offsetAt(offsets, offsetAt(order, at + r)) + u;
            convert<T>(wide + rows * D * size, x + row * Db, D);
          }
        }
        for (let p = 0; p < P; p++) {
          const to = z + p * PANEL, start = bias + p * PANEL, from = panels + p * panelStep;
          multiply<T>(to, start, wide, from, rows, D, D * size, size, PANEL, 0, Zb);
        }
        zt = z;
      }
      for (let r = 0; r < n && !apart; r++) {
        const row = offsetAt(offsets, offsetAt(order, at + r)) + t;
        convert<T>(inputs + r * Kb, x + row * Db, D);
      }
      for (let p = 0; p < P; p++) {
        const to = zt + p * PANEL, from = panels + p * panelStep;
        if (apart) {
          const h = inputs + D * size;
          multiply<T>(to, to, h, from + D * PANEL, n, H, Kb, size, PANEL, Zb, Zb);
        } else multiply<T>(to, bias + p * PANEL, inputs, from, n, K, Kb, size, PANEL, 0, Zb);
      }
      for (let r = 0; r < n; r++) {
        const row = offsetAt(offsets, offsetAt(order, at + r)) + t;
        const zr = zt + r * Zb, gr = gates + row * 4 * Sb, next = inputs + r * Kb + D * size;
        const hr = h + row * Hb, cr = c + row * Sb, tr = tanhC + row * Sb;
        if (size === 8) activate(hr, next, cr, tr, gr, zr, Hb, t === 0);
        else activateSingle(hr, next, states + r * Cb, cr, tr, gr, zr, H);
      }
      if (apart) zt += n * Zb;
    }
  }
}

/** From the sums z of a frame to its gates, c, tanh c and h, the next frame's input. */
// @ts-ignore: decorator
@inline
function activate(
  h: usize,
  next: usize,
  c: usize,
  tanhC: usize,
  gates: usize,
  z: usize,
  Hb: i32,
  first: bool,
): void {
  // Byte `at` of a row of cells has its gates in z from byte 4 · at on.
  let at = 0;
  for (; at + 32 <= Hb; at += 32) squash8(gates + at, Hb, 16, z + 4 * at, GATES);
  for (; at + 16 <= Hb; at += 16) squash4(gates + at, Hb, z + 4 * at, GATES);
  if (at < Hb) {
    put(gates + at, squash(v128.load(z + 4 * at), false), false);
    put(gates + Hb + at, squash(v128.load(z + 4 * at, 16), false), false);
    put(gates + 2 * Hb + at, squash(v128.load(z + 4 * at, 32), true), false);
    put(gates + 3 * Hb + at, squash(v128.load(z + 4 * at, 48), false), false);
  }
  for (at = 0; at + 16 <= Hb; at += 16) setCell(c + at, gates + at, Hb, first, true);
  if (at < Hb) setCell(c + at, gates + at, Hb, first, false);
  at = 0;
  for (; at + 128 <= Hb; at += 128) squash8(tanhC + at, 16, 64, c + at, TANHS);
  for (; at + 64 <= Hb; at += 64) squash4(tanhC + at, 16, c + at, TANHS);
  for (; at + 16 <= Hb; at += 16) put(tanhC + at, squash(get(c + at, true), true), true);
  if (at < Hb) put(tanhC + at, squash(get(c + at, false), true), false);
  const o = gates + 3 * Hb;
  for (at = 0; at + 16 <= Hb; at += 16) {
    const now = times(v128.load(o + at), v128.load(tanhC + at));
    v128.store(h + at, now);
    v128.store(next + at, now);
  }
  if (at < Hb) {
    const now = load<f64>(o + at) * load<f64>(tanhC + at);
    store<f64>(h + at, now);
    store<f64>(next + at, now);
  }
}

/** {@link activate} in single precision, where `state` holds c_{t-1} and then c_t. */
// @ts-ignore: decorator
@inline
function activateSingle(
  h: usize,
  next: usize,
  state: usize,
  c: usize,
  tanhC: usize,
  gates: usize,
  z: usize,
  H: i32,
): void {
  const Sb = H << 2;
  let j = 0;
  for (; j + 8 <= H; j += 8) squashSingles8(z + (j << 4), 16, PANEL, z + (j << 4), GATES);
  for (; j < H; j += 4) squashSingles4(z + (j << 4), 16, z + (j << 4), GATES);
  for (j = 0; j < H; j += 4) {
    const from = z + (j << 4), to = gates + (j << 2), count = H - j;
    const i = v128.load(from), f = v128.load(from, 16), g = v128.load(from, 32);
    putSingles(to, i, count);
    putSingles(to + Sb, f, count);
    putSingles(to + 2 * Sb, g, count);
    putSingles(to + 3 * Sb, v128.load(from, 48), count);
    const now = f32x4.relaxed_madd(f, v128.load(state + (j << 2)), f32x4.mul(i, g));
    v128.store(state + (j << 2), now);
    putSingles(c + (j << 2), now, count);
  }
  // tanh c of a panel goes to the place of its first gate.
  j = 0;
  for (; j + 16 < H; j += 32) {
    squashSingles8(z + (j << 4), PANEL, 4 * PANEL, state + (j << 2), TANHS);
  }
  for (; j < H; j += 16) squashSingles4(z + (j << 4), PANEL, state + (j << 2), TANHS);
  for (j = 0; j < H; j += 4) {
    const from = z + (j << 4), at = j << 2, count = H - j, squashed = v128.load(from);
    putSingles(tanhC + at, squashed, count);
    const now = f32x4.mul(v128.load(from, 48), squashed);
    toDoubles(h + (j << 3), now, count);
    v128.store(next + at, now);
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

/** panels[p, k] = the columns of the p-th panel's cells in row k of W [K, 4H]. */
function packCells<T>(panels: usize, W: usize, K: i32, H: i32, panelStep: usize): void {
  const cells: i32 = 16 / sizeof<T>();
  for (let k = 0; k < K; k++) {
    for (let gate = 0; gate < 4; gate++) {
      let to = panels + k * PANEL + (gate << 4);
      for (let j = 0; j < H; j += cells) {
        const from = W + ((k << 2) + gate) * (H << 3) + (j << 3);
        if (sizeof<T>() === 8) {
          v128.store(to, get(from, true));
          if (j + 1 === H) store<f64>(to, 0, 8);
        } else v128.store(to, fromDoubles(from, H - j));
        to += panelStep;
      }
    }
  }
}

/** Bytes of scratch that {@link lstmBackward} needs, of the larger type. */
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
  backward<f64>(dz, dy, gates, c, tanhC, Wh, offsets, B, H, scratch);
}

export function lstmBackwardSingle(
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
  backward<f32>(dz, dy, gates, c, tanhC, Wh, offsets, B, H, scratch);
}

function backward<T>(
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
  const size: i32 = sizeof<T>(), columns = PANEL / size;
  const P = (H + columns - 1) / columns, G = H << 2;
  const Hb = H << 3, Gb = H << 5, Sb = H * size, Pb = P * PANEL, Ab = G * size;
  const zeros = scratch, panels = zeros + PANEL, dh = panels + P * G * PANEL;
  const dc = dh + GROUP * Pb, after = dc + GROUP * (H + 7 & ~7) * 8, order = after + GROUP * Ab;
  memory.fill(zeros, 0, PANEL);
  for (let p = 0; p < P; p++) {
    const from = Wh + p * columns * Gb, width = min(columns, H - p * columns);
    pack<T>(panels + p * G * PANEL, from, G, width, 8, Gb);
  }
  sortByLength(order, offsets, B);
  for (let at = 0; at < B; at += GROUP) {
    let n = min(GROUP, B - at);
    memory.fill(dh, 0, after - dh);
    // Step u is frame length - 1 - u of each sequence; row r of `after` is the r-th's latest dz.
    for (let u = 0; ; u++) {
      n = running(order, at, n, offsets, u);
      if (n === 0) break;
      if (u > 0) {
        for (let p = 0; p < P; p++) {
          const to = dh + p * PANEL, from = panels + p * G * PANEL;
          multiply<T>(to, zeros, after, from, n, G, Ab, size, PANEL, 0, Pb);
        }
      }
      for (let r = 0; r < n; r++) {
        const b = offsetAt(order, at + r);
        const row = offsetAt(offsets, b + 1) - 1 - u;
        const first = row === offsetAt(offsets, b);
        let gr = gates + row * 4 * Sb, cr = c + row * Sb, tr = tanhC + row * Sb;
        let zr = dz + row * Gb, yr = dy + row * Hb;
        let hr = dh + r * Pb, dr = dc + r * (H + 7 & ~7) * 8;
        for (let j = 0; j + 2 <= H; j += 2) {
          cellBackward<T>(zr, gr, cr, tr, yr, hr, dr, H, first, true);
          zr += 16;
          gr += 2 * size;
          cr += 2 * size;
          tr += 2 * size;
          yr += 16;
          hr += 2 * size;
          dr += 16;
        }
        if (H & 1) cellBackward<T>(zr, gr, cr, tr, yr, hr, dr, H, first, false);
        convert<T>(after + r * Ab, dz + row * Gb, G);
      }
    }
  }
}

/** Two numbers of T as doubles, or the last one. */
// @ts-ignore: decorator
@inline
function kept<T>(at: usize, pair: bool): v128 {
  if (sizeof<T>() === 8) return get(at, pair);
  return f64x2.promote_low_f32x4(pair ? v128.load_zero<u64>(at) : v128.load_zero<u32>(at));
}

// @ts-ignore: decorator
@inline
function cellBackward<T>(
  dz: usize,
  gates: usize,
  c: usize,
  tanhC: usize,
  dy: usize,
  dhAt: usize,
  dcAt: usize,
  H: i32,
  first: bool,
  pair: bool,
): void {
  const Hb = H << 3, Sb = H * sizeof<T>();
  const i = kept<T>(gates, pair), f = kept<T>(gates + Sb, pair);
  const g = kept<T>(gates + 2 * Sb, pair), o = kept<T>(gates + 3 * Sb, pair);
  const squashed = kept<T>(tanhC, pair);
  const dh = plus(get(dy, pair), pairOf<T>(dhAt));
  const dc = fused(times(dh, o), oneMinusSquare(squashed), get(dcAt, pair));
  const before = first ? two(0) : kept<T>(c - Sb, pair);
  const dzi = times(times(times(dc, g), i), oneMinus(i));
  const dzf = times(times(times(dc, before), f), oneMinus(f));
  const dzg = times(times(dc, i), oneMinusSquare(g));
  const dzo = times(times(times(dh, squashed), o), oneMinus(o));
  put(dz, dzi, pair);
  put(dz + Hb, dzf, pair);
  put(dz + 2 * Hb, dzg, pair);
  put(dz + 3 * Hb, dzo, pair);
  put(dcAt, times(dc, f), pair);
}

/** Bytes of scratch that {@link lstmGradients} needs, of the larger type. */
export function gradientsScratch(D: f64, H: f64): f64 {
  const K = D + H, P = ceil(H / 2);
  return TERMS * (K * 8 + P * PANEL) + K * P * PANEL;
}

/** dWx [D, 4H] += Σ x_tᵀ dz_t; dWh [H, 4H] += Σ h_{t-1}ᵀ dz_t within each sequence; db += Σ dz_t */
export function lstmGradients(
  dWx: usize,
  dWh: usize,
  db: usize,
  x: usize,
  h: usize,
  dz: usize,
  offsets: usize,
  B: i32,
  D: i32,
  H: i32,
  scratch: usize,
): void {
  gradients<f64>(dWx, dWh, db, x, h, dz, offsets, B, D, H, scratch);
}

export function lstmGradientsSingle(
  dWx: usize,
  dWh: usize,
  db: usize,
  x: usize,
  h: usize,
  dz: usize,
  offsets: usize,
  B: i32,
  D: i32,
  H: i32,
  scratch: usize,
): void {
  gradients<f32>(dWx, dWh, db, x, h, dz, offsets, B, D, H, scratch);
}

/** Frames after which sums in single precision are added to those in double. */
const SUMMED: i32 = 512;

function gradients<T>(
  dWx: usize,
  dWh: usize,
  db: usize,
  x: usize,
  h: usize,
  dz: usize,
  offsets: usize,
  B: i32,
  D: i32,
  H: i32,
  scratch: usize,
): void {
  // Row p of `inputs` is [x_t | h_{t-1}] of a block's p-th frame, row p of `right` its dz; `sums` is
  // [dWx | dWh], panel by panel: what the last panel adds beyond 4H is not used.
  const size: i32 = sizeof<T>(), columns = PANEL / size, G = H << 2;
  const K = D + H, Db = D << 3, Hb = H << 3, Gb = H << 5, Kb = K * size;
  const P = (G + columns - 1) / columns, panelStep = K * PANEL;
  const inputs = scratch, right = inputs + TERMS * Kb, sums = right + TERMS * P * PANEL;
  const N = offsetAt(offsets, B);
  memory.fill(sums, 0, P * panelStep);
  let b = 0;
  for (let start = 0; start < N; start += TERMS) {
    const terms = min(TERMS, N - start);
    let to = inputs;
    for (let t = start; t < start + terms; t++) {
      while (t >= offsetAt(offsets, b + 1)) b++;
      convert<T>(to, x + t * Db, D);
      if (t === offsetAt(offsets, b)) memory.fill(to + D * size, 0, H * size);
      else convert<T>(to + D * size, h + t * Hb - Hb, H);
      to += Kb;
      if (size === 4) convert<T>(right + (t - start) * P * PANEL, dz + t * Gb, G);
    }
    sumRows(db, dz + start * Gb, terms, G);
    for (let p = 0; p < P; p++) {
      const sum = sums + p * panelStep;
      const from = (size === 8 ? dz + start * Gb : right) + p * PANEL;
      const step = size === 8 ? Gb : P * PANEL;
      multiply<T>(sum, sum, inputs, from, K, terms, size, Kb, step, PANEL, PANEL);
    }
    if (size === 8 ? start + TERMS < N : start + TERMS < N && (start + TERMS) % SUMMED !== 0) continue;
    for (let p = 0; p < P; p++) {
      const width = min(columns, G - p * columns);
      for (let r = 0; r < K; r++) {
        const out = r < D ? dWx + r * Gb : dWh + (r - D) * Gb;
        addRow<T>(out + (p * columns << 3), sums + p * panelStep + r * PANEL, width);
      }
    }
    if (size === 4) memory.fill(sums, 0, P * panelStep);
  }
}
