import { SIGMOIDS, squash, squash8 } from "./squash";
import { ONE, constant, fused, minus, times } from "./vectors";

/** Sigmoids of the eight pairs at hand. */
const SIGMA: usize = memory.data(128, 64);

// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  return squash(x, false);
}

/** y = x σ(x) */
export function swishForward(y: usize, x: usize, n: i32): void {
  const bytes = n << 3;
  let at = 0;
  for (; at + 128 <= bytes; at += 128) {
    squash8(SIGMA, 16, 64, x + at, SIGMOIDS);
    for (let i = 0; i < 128; i += 16) {
      v128.store(y + at + i, times(v128.load(x + at + i), v128.load(SIGMA + i)));
    }
  }
  for (; at + 16 <= bytes; at += 16) {
    const pair = v128.load(x + at);
    v128.store(y + at, times(pair, sigmoid(pair)));
  }
  if (at < bytes) {
    const pair = v128.load_splat<f64>(x + at);
    store<f64>(y + at, f64x2.extract_lane(times(pair, sigmoid(pair)), 0));
  }
}

/** dy σ (1 + x (1 - σ)) */
// @ts-ignore: decorator
@inline
function swishSlope(dy: v128, x: v128, s: v128): v128 {
  return times(times(dy, s), fused(x, minus(constant(ONE), s), constant(ONE)));
}

/** dx = dy σ (1 + x (1 - σ)) */
export function swishBackward(dx: usize, dy: usize, x: usize, n: i32): void {
  const bytes = n << 3;
  let at = 0;
  for (; at + 128 <= bytes; at += 128) {
    squash8(SIGMA, 16, 64, x + at, SIGMOIDS);
    for (let i = 0; i < 128; i += 16) {
      const slope = swishSlope(v128.load(dy + at + i), v128.load(x + at + i), v128.load(SIGMA + i));
      v128.store(dx + at + i, slope);
    }
  }
  for (; at + 16 <= bytes; at += 16) {
    const pair = v128.load(x + at);
    v128.store(dx + at, swishSlope(v128.load(dy + at), pair, sigmoid(pair)));
  }
  if (at < bytes) {
    const pair = v128.load_splat<f64>(x + at);
    const slope = swishSlope(v128.load_splat<f64>(dy + at), pair, sigmoid(pair));
    store<f64>(dx + at, f64x2.extract_lane(slope, 0));
  }
}

/** y = a ∘ σ(b) for x = [a | b], m values each */
export function gluForward(y: usize, x: usize, n: i32, m: i32): void {
  const bytes = m << 3;
  for (let i = 0; i < n; i++) {
    const a = x, b = x + bytes;
    let at = 0;
    for (; at + 128 <= bytes; at += 128) {
      squash8(SIGMA, 16, 64, b + at, SIGMOIDS);
      for (let j = 0; j < 128; j += 16) {
        v128.store(y + at + j, times(v128.load(a + at + j), v128.load(SIGMA + j)));
      }
    }
    for (; at + 16 <= bytes; at += 16) {
      v128.store(y + at, times(v128.load(a + at), sigmoid(v128.load(b + at))));
    }
    if (at < bytes) {
      const s = f64x2.extract_lane(sigmoid(v128.load_splat<f64>(b + at)), 0);
      store<f64>(y + at, load<f64>(a + at) * s);
    }
    x += bytes << 1;
    y += bytes;
  }
}

/** da = dy ∘ σ, db = da ∘ a ∘ (1 - σ) */
export function gluBackward(dx: usize, dy: usize, x: usize, n: i32, m: i32): void {
  const bytes = m << 3;
  for (let i = 0; i < n; i++) {
    const a = x, b = x + bytes, da = dx, db = dx + bytes;
    let at = 0;
    for (; at + 128 <= bytes; at += 128) {
      squash8(SIGMA, 16, 64, b + at, SIGMOIDS);
      for (let j = at; j < at + 128; j += 16) {
        const s = v128.load(SIGMA + (j - at)), d = times(v128.load(dy + j), s);
        v128.store(da + j, d);
        v128.store(db + j, times(times(d, v128.load(a + j)), minus(constant(ONE), s)));
      }
    }
    for (; at + 16 <= bytes; at += 16) {
      const s = sigmoid(v128.load(b + at)), d = times(v128.load(dy + at), s);
      v128.store(da + at, d);
      v128.store(db + at, times(times(d, v128.load(a + at)), minus(constant(ONE), s)));
    }
    if (at < bytes) {
      const s = f64x2.extract_lane(sigmoid(v128.load_splat<f64>(b + at)), 0);
      const d = load<f64>(dy + at) * s;
      store<f64>(da + at, d);
      store<f64>(db + at, d * load<f64>(a + at) * (1 - s));
    }
    x += bytes << 1;
    dx += bytes << 1;
    dy += bytes;
  }
}
