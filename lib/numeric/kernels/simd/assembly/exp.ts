// The worst error stated here is held by tests/numeric/kernels/vector_math_test.ts.

import {
  HIGHEST,
  LN2_HIGH,
  LN2_LOW,
  LOG2_E,
  LOWEST,
  ONE,
  Q,
  ROUND,
  constant,
  fused,
  fusedMinus,
  minus,
  plus,
  times,
  two,
} from "./vectors";

/** x / ln 2 rounded to a whole number n, plus 1.5 · 2^52. */
// @ts-ignore: decorator
@inline
export function rounded(x: v128): v128 {
  return fused(x, constant(LOG2_E), constant(ROUND));
}

/** x - n ln 2 */
// @ts-ignore: decorator
@inline
export function reduced(x: v128, n: v128): v128 {
  return fusedMinus(n, constant(LN2_LOW), fusedMinus(n, constant(LN2_HIGH), x));
}

/** 2ⁿ for -1022 <= n <= 1023, from n + 1.5 · 2^52: n's bits go to the exponent's place. */
// @ts-ignore: decorator
@inline
export function power(n: v128): v128 {
  return i64x2.add(i64x2.shl(n, 52), constant(ONE));
}

/** exp(r) - 1 = r + r² q(r) for |r| <= ln 2 / 2; q by its even and odd halves. */
// @ts-ignore: decorator
@inline
export function smallExpm1(r: v128): v128 {
  const r2 = times(r, r);
  let even = fused(constant(Q + 64), r2, constant(Q + 48));
  let odd = fused(constant(Q + 72), r2, constant(Q + 56));
  even = fused(even, r2, constant(Q + 32));
  odd = fused(odd, r2, constant(Q + 40));
  even = fused(even, r2, constant(Q + 16));
  odd = fused(odd, r2, constant(Q + 24));
  even = fused(even, r2, constant(Q));
  odd = fused(odd, r2, constant(Q + 8));
  return fused(r2, fused(odd, r, even), r);
}

/**
 * exp(x); worst error 1.1 ulp. A result below the least normal double, 2.2e-308, is 0; one above
 * 2^1023, 9e307, may be Infinity.
 */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const y = f64x2.pmax(f64x2.pmin(x, constant(HIGHEST)), constant(LOWEST));
  const n = rounded(y);
  const r = reduced(y, minus(n, constant(ROUND)));
  const result = times(plus(constant(ONE), smallExpm1(r)), power(n));
  const above = v128.bitselect(two(Infinity), result, f64x2.gt(x, constant(HIGHEST)));
  return v128.andnot(above, f64x2.lt(x, constant(LOWEST)));
}

/** {@link exp} of two pairs, side by side, where x is below {@link HIGHEST}; 0 where it is NaN. */
// @ts-ignore: decorator
@inline
export function expPairs(out: usize, xA: v128, xB: v128): void {
  // beside A B
  const y_ = f64x2.pmax(x_, constant(LOWEST));
  const n_ = rounded(y_);
  const r_ = reduced(y_, minus(n_, constant(ROUND)));
  const exp_ = times(plus(constant(ONE), smallExpm1(r_)), power(n_));
  const result_ = v128.and(exp_, f64x2.ge(x_, constant(LOWEST)));
  // end
  v128.store(out, resultA);
  v128.store(out, resultB, 16);
}

/**
 * {@link expPairs} of x - shift for the four pairs at x; constants are loaded once for all.
 *
 * @param above whether all are known to be above {@link LOWEST}
 */
// @ts-ignore: decorator
@inline
export function expFours(out: usize, x: usize, shift: v128, above: bool = false): void {
  const atA = 0, atB = 16, atC = 32, atD = 48;
  let k: v128;
  // beside A B C D
  k = constant(LOWEST);
  const x_ = minus(v128.load(x, at_), shift);
  let r_ = above ? x_ : f64x2.pmax(x_, k);
  k = constant(ROUND);
  const n_ = fused(r_, constant(LOG2_E), k);
  const whole_ = minus(n_, k);
  k = constant(LN2_HIGH);
  r_ = fusedMinus(whole_, k, r_);
  k = constant(LN2_LOW);
  r_ = fusedMinus(whole_, k, r_);
  const square_ = times(r_, r_);
  let even_ = constant(Q + 64);
  let odd_ = constant(Q + 72);
  k = constant(Q + 48);
  even_ = fused(even_, square_, k);
  k = constant(Q + 56);
  odd_ = fused(odd_, square_, k);
  k = constant(Q + 32);
  even_ = fused(even_, square_, k);
  k = constant(Q + 40);
  odd_ = fused(odd_, square_, k);
  k = constant(Q + 16);
  even_ = fused(even_, square_, k);
  k = constant(Q + 24);
  odd_ = fused(odd_, square_, k);
  k = constant(Q);
  even_ = fused(even_, square_, k);
  k = constant(Q + 8);
  odd_ = fused(odd_, square_, k);
  even_ = fused(odd_, r_, even_);
  r_ = fused(square_, even_, r_);
  k = constant(ONE);
  r_ = times(plus(k, r_), power(n_));
  k = constant(LOWEST);
  v128.store(out, above ? r_ : v128.and(r_, f64x2.ge(x_, k)), at_);
  // end
}
