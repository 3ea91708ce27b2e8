// Location-aware attention; the plain twin has the formulas. Nothing is fused, and sums are taken in its
// order, so that both give the same bits.

import { plus, times, two } from "./vectors";

export function addLocations(
  hidden: usize,
  before: usize,
  L: usize,
  T: i32,
  A: i32,
  reach: i32,
): void {
  const step = A << 3;
  for (let t = 0; t < T; t++, hidden += step) {
    const first = max(0, t - reach), end = min(T, t + reach + 1);
    let out = hidden, taps = L + (first - t + reach) * step, j = 0;
    for (; j + 8 <= A; j += 8, out += 64, taps += 64) {
      let c0 = v128.load(out), c1 = v128.load(out, 16);
      let c2 = v128.load(out, 32), c3 = v128.load(out, 48);
      let tap = taps;
      for (let s = first; s < end; s++, tap += step) {
        const share = v128.load_splat<f64>(before + (s << 3));
        c0 = plus(c0, times(share, v128.load(tap)));
        c1 = plus(c1, times(share, v128.load(tap, 16)));
        c2 = plus(c2, times(share, v128.load(tap, 32)));
        c3 = plus(c3, times(share, v128.load(tap, 48)));
      }
      v128.store(out, c0);
      v128.store(out, c1, 16);
      v128.store(out, c2, 32);
      v128.store(out, c3, 48);
    }
    for (; j < A; j++, out += 8, taps += 8) {
      let sum = load<f64>(out), tap = taps;
      for (let s = first; s < end; s++, tap += step) sum += load<f64>(before + (s << 3)) * load<f64>(tap);
      store<f64>(out, sum);
    }
  }
}

/** Bytes of scratch that {@link locationGradients} needs. */
export function locationScratch(taps: f64, A: f64): f64 {
  return 8 * (taps + 1) * (A + 1);
}

export function locationGradients(
  dBefore: usize,
  dL: usize,
  d: usize,
  before: usize,
  L: usize,
  T: i32,
  A: i32,
  reach: i32,
  scratch: usize,
): void {
  const step = A << 3, pairs = step & ~15;
  // L column by column, so that the sums of two taps go side by side.
  const taps = 2 * reach + 1, column = (taps + 1 & ~1) << 3, sums = scratch + A * column;
  for (let j = 0; j < taps; j++) {
    for (let a = 0; a < A; a++) {
      store<f64>(scratch + a * column + (j << 3), load<f64>(L + j * step + (a << 3)));
    }
  }
  for (let t = 0; t < T; t++, d += step) {
    for (let j = 0; j < column; j += 16) {
      let sum = two(0), from = scratch + j;
      for (let at = 0; at < step; at += 8, from += column) {
        sum = plus(sum, times(v128.load_splat<f64>(d + at), v128.load(from)));
      }
      v128.store(sums + j, sum);
    }
    const first = max(0, t - reach), end = min(T, t + reach + 1);
    for (let s = first; s < end; s++) {
      const tap = s - t + reach, out = dL + tap * step, share = load<f64>(before + (s << 3));
      for (let at = 0; at < pairs; at += 16) {
        v128.store(out + at, plus(v128.load(out + at), times(two(share), v128.load(d + at))));
      }
      if (A & 1) store<f64>(out + pairs, load<f64>(out + pairs) + share * load<f64>(d + pairs));
      const back = dBefore + (s << 3);
      store<f64>(back, load<f64>(back) + load<f64>(sums + (tap << 3)));
    }
  }
}
