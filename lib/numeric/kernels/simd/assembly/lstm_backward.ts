import { GROUP, get, kept, offsetAt, put, running, sortByLength } from "./lstm_groups";
import { multiply, pack, PANEL } from "./tiles";
import { convert, fused, fusedMinus, pairOf, plus, times, two } from "./vectors";

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

/** Bytes of scratch that {@link lstmBackward} needs, of the larger type. */
export function backwardScratch(B: f64, H: f64): f64 {
  const P = ceil(H / 8);
  return (P * (H * 4 + 2 * GROUP) + 1) * PANEL + GROUP * H * 32 + B * 4;
}

export function lstmBackward(
  dz: usize,
  dp: usize,
  dy: usize,
  gates: usize,
  c: usize,
  tanhC: usize,
  Wh: usize,
  peepholes: usize,
  offsets: usize,
  B: i32,
  H: i32,
  scratch: usize,
): void {
  backward<f64>(dz, dp, dy, gates, c, tanhC, Wh, peepholes, offsets, B, H, scratch);
}

export function lstmBackwardSingle(
  dz: usize,
  dp: usize,
  dy: usize,
  gates: usize,
  c: usize,
  tanhC: usize,
  Wh: usize,
  peepholes: usize,
  offsets: usize,
  B: i32,
  H: i32,
  scratch: usize,
): void {
  backward<f32>(dz, dp, dy, gates, c, tanhC, Wh, peepholes, offsets, B, H, scratch);
}

function backward<T>(
  dz: usize,
  dp: usize,
  dy: usize,
  gates: usize,
  c: usize,
  tanhC: usize,
  Wh: usize,
  peepholes: usize,
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
        let hr = dh + r * Pb, dr = dc + r * (H + 7 & ~7) * 8, pr = peepholes, sr = dp;
        for (let j = 0; j + 2 <= H; j += 2) {
          cellBackward<T>(zr, gr, cr, tr, yr, hr, dr, pr, sr, H, first, true);
          zr += 16;
          gr += 2 * size;
          cr += 2 * size;
          tr += 2 * size;
          yr += 16;
          hr += 2 * size;
          dr += 16;
          if (pr === 0) continue;
          pr += 16;
          sr += 16;
        }
        if (H & 1) cellBackward<T>(zr, gr, cr, tr, yr, hr, dr, pr, sr, H, first, false);
        convert<T>(after + r * Ab, dz + row * Gb, G);
      }
    }
  }
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
  peepholes: usize,
  dp: usize,
  H: i32,
  first: bool,
  pair: bool,
): void {
  const Hb = H << 3, Sb = H * sizeof<T>();
  const i = kept<T>(gates, pair), f = kept<T>(gates + Sb, pair);
  const g = kept<T>(gates + 2 * Sb, pair), o = kept<T>(gates + 3 * Sb, pair);
  const squashed = kept<T>(tanhC, pair);
  const dh = plus(get(dy, pair), pairOf<T>(dhAt));
  const dzo = times(times(times(dh, squashed), o), oneMinus(o));
  let dc = fused(times(dh, o), oneMinusSquare(squashed), get(dcAt, pair));
  if (peepholes !== 0) dc = fused(get(peepholes + 2 * Hb, pair), dzo, dc);
  const before = first ? two(0) : kept<T>(c - Sb, pair);
  const dzi = times(times(times(dc, g), i), oneMinus(i));
  const dzf = times(times(times(dc, before), f), oneMinus(f));
  const dzg = times(times(dc, i), oneMinusSquare(g));
  put(dz, dzi, pair);
  put(dz + Hb, dzf, pair);
  put(dz + 2 * Hb, dzg, pair);
  put(dz + 3 * Hb, dzo, pair);
  dc = times(dc, f);
  if (peepholes !== 0) {
    dc = fused(get(peepholes, pair), dzi, fused(get(peepholes + Hb, pair), dzf, dc));
    addTo(dp, dzi, before, pair);
    addTo(dp + Hb, dzf, before, pair);
    addTo(dp + 2 * Hb, dzo, kept<T>(c, pair), pair);
  }
  put(dcAt, dc, pair);
}

/** sum += d ∘ cell of two cells, or of the last one. */
// @ts-ignore: decorator
@inline
function addTo(sum: usize, d: v128, cell: v128, pair: bool): void {
  put(sum, fused(d, cell, get(sum, pair)), pair);
}
