import { GROUP, get, offsetAt, put, running, sortByLength } from "./lstm_groups";
import { fromDoubles, putSingles, squashSingles4, squashSingles8, toDoubles } from "./single";
import { GATES, SIGMOIDS, squash, squash4, squash8, TANHS } from "./squash";
import { multiply, PANEL } from "./tiles";
import { convert, fused, fusedOf, times } from "./vectors";

/** Most frames of a stretch: as many share one pass over the weights of a wide input. */
const ROWS: i32 = 64;
/** Width from which on an input is wide; a narrower one is multiplied together with h. */
const WIDE: i32 = 64;

/** Bytes of scratch that {@link lstmForward} needs, of the larger type. */
export function forwardScratch(B: f64, D: f64, H: f64): f64 {
  const P = ceil(H / 2), K = D + 2 * P;
  return P * (K + 4 + ROWS + GROUP) * PANEL + ROWS * (D * 8 + 8 * PANEL) + GROUP * K * 8 + B * 4 + 64;
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
  peepholes: usize,
  offsets: usize,
  B: i32,
  D: i32,
  H: i32,
  scratch: usize,
): void {
  forward<f64>(h, c, tanhC, gates, x, Wx, Wh, b, peepholes, offsets, B, D, H, scratch);
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
  peepholes: usize,
  offsets: usize,
  B: i32,
  D: i32,
  H: i32,
  scratch: usize,
): void {
  forward<f32>(h, c, tanhC, gates, x, Wx, Wh, b, peepholes, offsets, B, D, H, scratch);
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
  peepholes: usize,
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
  // A panel of peepholes has those of i, f and o; `sums` is room for a row of sums in the gates o.
  const sums = order + (B + 3 & ~3) * 4, peeps = peepholes === 0 ? 0 : sums + (P + 7 & ~7) * 16;
  packCells<T>(panels, Wx, D, H, 4, panelStep);
  packCells<T>(panels + D * PANEL, Wh, H, H, 4, panelStep);
  packCells<T>(bias, b, 1, H, 4, PANEL);
  if (peeps !== 0) packCells<T>(peeps, peepholes, 1, H, 3, PANEL);
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
        if (size === 8) activate(hr, next, cr, tr, gr, zr, peeps, Hb, t === 0);
        else activateSingle(hr, next, states + r * Cb, cr, tr, gr, zr, peeps, sums, H);
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
  peeps: usize,
  Hb: i32,
  first: bool,
): void {
  // Byte `at` of a row of cells has its gates in z, and its peepholes, from byte 4 · at on.
  let at = 0;
  for (; peeps !== 0 && !first && at < Hb; at += 16) {
    const zi = z + 4 * at, p = peeps + 4 * at, before = get(c - Hb + at, at + 16 <= Hb);
    v128.store(zi, fused(v128.load(p), before, v128.load(zi)));
    v128.store(zi, fused(v128.load(p, 16), before, v128.load(zi, 16)), 16);
  }
  at = 0;
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
  squashRow(tanhC, c, Hb, TANHS);
  const o = gates + 3 * Hb;
  if (peeps !== 0) {
    for (at = 0; at < Hb; at += 16) {
      const pair = at + 16 <= Hb, p = v128.load(peeps + 4 * at, 32);
      put(o + at, fused(p, get(c + at, pair), v128.load(z + 4 * at, 48)), pair);
    }
    squashRow(o, o, Hb, SIGMOIDS);
  }
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

/** Sigmoid or tanh of a row of Hb bytes. */
// @ts-ignore: decorator
@inline
function squashRow(out: usize, x: usize, Hb: i32, kinds: i32): void {
  let at = 0;
  for (; at + 128 <= Hb; at += 128) squash8(out + at, 16, 64, x + at, kinds);
  for (; at + 64 <= Hb; at += 64) squash4(out + at, 16, x + at, kinds);
  for (; at + 16 <= Hb; at += 16) put(out + at, squash(get(x + at, true), kinds !== 0), true);
  if (at < Hb) put(out + at, squash(get(x + at, false), kinds !== 0), false);
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
  peeps: usize,
  sums: usize,
  H: i32,
): void {
  const Sb = H << 2, open = peeps !== 0;
  let j = 0;
  for (; open && j < H; j += 4) {
    const to = z + (j << 4), p = peeps + (j << 4), before = v128.load(state + (j << 2));
    v128.store(to, fusedOf<f32>(v128.load(p), before, v128.load(to)));
    v128.store(to, fusedOf<f32>(v128.load(p, 16), before, v128.load(to, 16)), 16);
    v128.store(sums + (j << 2), v128.load(to, 48));
  }
  j = 0;
  for (; j + 8 <= H; j += 8) squashSingles8(z + (j << 4), 16, PANEL, z + (j << 4), GATES);
  for (; j < H; j += 4) squashSingles4(z + (j << 4), 16, z + (j << 4), GATES);
  for (j = 0; j < H; j += 4) {
    const from = z + (j << 4), to = gates + (j << 2), count = H - j;
    const i = v128.load(from), f = v128.load(from, 16), g = v128.load(from, 32);
    putSingles(to, i, count);
    putSingles(to + Sb, f, count);
    putSingles(to + 2 * Sb, g, count);
    putSingles(to + 3 * Sb, v128.load(from, 48), count);
    const now = fusedOf<f32>(f, v128.load(state + (j << 2)), f32x4.mul(i, g));
    v128.store(state + (j << 2), now);
    putSingles(c + (j << 2), now, count);
    if (open) {
      const sum = sums + (j << 2), p = v128.load(peeps + (j << 4), 32);
      v128.store(sum, fusedOf<f32>(p, now, v128.load(sum)));
    }
  }
  // tanh c of a panel goes to the place of its first gate.
  squashPanels(z, state, H, TANHS);
  if (open) squashPanels(z + 48, sums, H, SIGMOIDS);
  for (j = 0; j < H; j += 4) {
    const from = z + (j << 4), at = j << 2, count = H - j, squashed = v128.load(from);
    putSingles(tanhC + at, squashed, count);
    if (open) putSingles(gates + 3 * Sb + at, v128.load(from, 48), count);
    const now = f32x4.mul(v128.load(from, 48), squashed);
    toDoubles(h + (j << 3), now, count);
    v128.store(next + at, now);
  }
}

/** Sigmoid or tanh of H numbers in single precision, four to each panel from `out` on. */
// @ts-ignore: decorator
@inline
function squashPanels(out: usize, x: usize, H: i32, kinds: i32): void {
  let j = 0;
  for (; j + 16 < H; j += 32) {
    squashSingles8(out + (j << 4), PANEL, 4 * PANEL, x + (j << 2), kinds);
  }
  for (; j < H; j += 16) squashSingles4(out + (j << 4), PANEL, x + (j << 2), kinds);
}

/** c_t = f ∘ c_{t-1} + i ∘ g of two cells, or of the last cell where H is odd. */
// @ts-ignore: decorator
@inline
function setCell(c: usize, gates: usize, Hb: i32, first: bool, pair: bool): void {
  let now = times(get(gates, pair), get(gates + 2 * Hb, pair));
  if (!first) now = fused(get(gates + Hb, pair), get(c - Hb, pair), now);
  put(c, now, pair);
}

/** panels[p, k] = the columns of the p-th panel's cells in row k of W [K, gates · H]. */
function packCells<T>(
  panels: usize,
  W: usize,
  K: i32,
  H: i32,
  gates: i32,
  panelStep: usize,
): void {
  const cells: i32 = 16 / sizeof<T>();
  for (let k = 0; k < K; k++) {
    for (let gate = 0; gate < gates; gate++) {
      let to = panels + k * PANEL + (gate << 4);
      for (let j = 0; j < H; j += cells) {
        const from = W + (k * gates + gate) * (H << 3) + (j << 3);
        if (sizeof<T>() === 8) {
          v128.store(to, get(from, true));
          if (j + 1 === H) store<f64>(to, 0, 8);
        } else v128.store(to, fromDoubles(from, H - j));
        to += panelStep;
      }
    }
  }
}
