// The worst error stated here is held by tests/numeric/kernels/vector_math_test.ts.

import { power } from "./exp";
import {
  BIAS,
  HALF,
  L,
  LN2_HIGH,
  LN2_LOW,
  LOG2_E,
  LOWEST,
  ONE,
  PAIRS,
  Q,
  ROUND,
  TWO,
  TWO_52,
  constant,
  fused,
  fusedMinus,
  minus,
  plus,
  times,
  two,
} from "./vectors";

// Bits of √½, what they lack to those of 1, and the mantissa's.
const BITS: usize = memory.data<i64>([
  0x3fe6a09e00000000,
  0x3ff0000000000000 - 0x3fe6a09e00000000,
  0x000fffffffffffff,
]);

/** log(2^-shift · x) of two pairs of normal, finite x > 0; NaN stays NaN. Worst error 0.9 ulp. */
// @ts-ignore: decorator
@inline
export function logPairs(out: usize, xA: v128, xB: v128, shift: v128): void {
  // √½ is taken off before and put back after cutting at the exponent: m is in [√½, √2).
  // beside A B
  const bits_ = i64x2.add(x_, v128.load_splat<u64>(BITS + 8));
  const exponent_ = v128.or(i64x2.shr_u(bits_, 52), constant(TWO_52));
  const k_ = minus(minus(exponent_, constant(BIAS)), shift);
  const mantissa_ = v128.and(bits_, v128.load_splat<u64>(BITS + 16));
  const f_ = minus(i64x2.add(mantissa_, v128.load_splat<u64>(BITS)), constant(ONE));
  const s_ = f64x2.div(f_, plus(constant(TWO), f_));
  const square_ = times(constant(HALF), times(f_, f_));
  const z_ = times(s_, s_);
  const w_ = times(z_, z_);
  let even_ = fused(w_, constant(L + 40), constant(L + 24));
  let odd_ = fused(w_, constant(L + 48), constant(L + 32));
  even_ = fused(even_, w_, constant(L + 8));
  odd_ = fused(odd_, w_, constant(L + 16));
  odd_ = fused(odd_, w_, constant(L));
  const sum_ = fused(odd_, z_, fused(even_, w_, square_));
  const low_ = fused(s_, sum_, times(k_, constant(LN2_LOW)));
  const log_ = fused(k_, constant(LN2_HIGH), minus(f_, minus(square_, low_)));
  // end
  v128.store(out, plus(logA, minus(xA, xA)));
  v128.store(out, plus(logB, minus(xB, xB)), 16);
}

/** log(x), denormals and all. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const tiny = f64x2.lt(x, two(2.2250738585072014e-308));
  const scaled = v128.bitselect(times(x, two(18014398509481984)), x, tiny);
  logPairs(PAIRS, scaled, scaled, v128.and(two(54), tiny));
  let y = v128.load(PAIRS);
  y = v128.bitselect(two(-Infinity), y, f64x2.eq(x, two(0)));
  y = v128.bitselect(two(NaN), y, f64x2.lt(x, two(0)));
  return v128.bitselect(two(Infinity), y, f64x2.eq(x, two(Infinity)));
}

/** xs = 1 + exp(xs) + exp(ys) of two pairs <= 0 each; {@link exp} of four pairs, side by side. */
// @ts-ignore: decorator
@inline
export function onePlusExps(xs: usize, ys: usize): void {
  let xA = v128.load(xs), xB = v128.load(ys), xC = v128.load(xs, 16), xD = v128.load(ys, 16);
  // beside A B C D
  let k = constant(LOWEST);
  x_ = f64x2.pmax(x_, k);
  k = constant(ROUND);
  let n_ = fused(x_, constant(LOG2_E), k);
  const whole_ = minus(n_, k);
  k = constant(LN2_HIGH);
  x_ = fusedMinus(whole_, k, x_);
  k = constant(LN2_LOW);
  x_ = fusedMinus(whole_, k, x_);
  const square_ = times(x_, x_);
  let high_ = fused(x_, constant(Q + 72), constant(Q + 64));
  let mid_ = fused(x_, constant(Q + 56), constant(Q + 48));
  let low_ = fused(x_, constant(Q + 40), constant(Q + 32));
  high_ = fused(high_, square_, mid_);
  mid_ = fused(x_, constant(Q + 24), constant(Q + 16));
  high_ = fused(high_, square_, low_);
  low_ = fused(x_, constant(Q + 8), constant(Q));
  high_ = fused(high_, square_, mid_);
  high_ = fused(high_, square_, low_);
  x_ = fused(square_, high_, x_);
  const scale_ = power(n_);
  x_ = fused(x_, scale_, scale_);
  // end
  k = constant(ONE);
  v128.store(xs, plus(k, plus(xA, xB)));
  v128.store(xs, plus(k, plus(xC, xD)), 16);
}
