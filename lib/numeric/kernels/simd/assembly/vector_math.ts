// exp, log, sigmoid and tanh of two doubles at a time. Only IEEE operations that give the same
// bits on every machine: no fused multiply–add, no relaxed SIMD.
// The worst errors stated here are held by tests/numeric/kernels/vector_math_test.ts.
//
// The kernels wait for the latency of these chains, not for their number of operations, so where two
// values are wanted they are computed side by side.

// Constants come from memory at known addresses: one load each, where an immediate takes three
// instructions.
const TABLE: usize = memory.data<f64>([
  1.4426950408889634, // log₂ e
  // ln 2 = high + low; high ends in 21 zero bits, so that n · high is exact.
  0.6931471803691238,
  1.9082149292705877e-10,
  6755399441055744, // 1.5 · 2^52: adding it rounds; the whole number fills the low bits
  // (exp(r) - 1 - r) / r² on |r| <= ln 2 / 2, interpolated at the Chebyshev nodes in 60 digits;
  // relative error of exp(r) below 2e-17.
  0.5000000000000001,
  0.16666666666666669,
  0.04166666666662416,
  0.008333333333330063,
  0.0013888888917199863,
  0.00019841269863042963,
  2.4801521317484083e-05,
  2.7557268476553695e-06,
  2.7620078203806394e-07,
  2.5100377619606372e-08,
  // log(1 + f) = f - (f²/2 - s (f²/2 + R)), s = f / (2 + f), R = s² (l₀ + s² (l₁ + …)).
  // Source: FreeBSD msun e_log.c (Sun Microsystems 1993).
  6.666666666666735130e-01,
  3.999999999940941908e-01,
  2.857142874366239149e-01,
  2.222219843214978396e-01,
  1.818357216161805012e-01,
  1.531383769920937332e-01,
  1.479819860511658591e-01,
  1,
  2,
  0.5,
  -708.3964185322641, // log of the least normal double
  -44, // tanh(22) rounds to 1
  709.0895657128241, // log of the greatest power of 2, 2^1023
  4503599627370496, // 2^52
  4503599627371519, // 2^52 + 1023
  -0.0,
]);
const LOG2_E: i32 = 0;
const LN2_HIGH: i32 = 8;
const LN2_LOW: i32 = 16;
const ROUND: i32 = 24;
const Q: i32 = 32;
const L: i32 = 112;
const ONE: i32 = 168;
const TWO: i32 = 176;
const HALF: i32 = 184;
const LOWEST: i32 = 192;
const TANH_LOWEST: i32 = 200;
const HIGHEST: i32 = 208;
const TWO_52: i32 = 216;
const BIAS: i32 = 224;
const MINUS_0: i32 = 232;

/** Two pairs on their way from one function to the next. */
export const PAIRS: usize = memory.data(32, 16);

// @ts-ignore: decorator
@inline
function constant(at: i32): v128 {
  return v128.load_splat<f64>(TABLE + at);
}

// @ts-ignore: decorator
@inline
function two(x: f64): v128 {
  return f64x2.splat(x);
}

// @ts-ignore: decorator
@inline
function plus(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

// @ts-ignore: decorator
@inline
function minus(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

// @ts-ignore: decorator
@inline
function times(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** x / ln 2 rounded to a whole number n, plus 1.5 · 2^52. */
// @ts-ignore: decorator
@inline
function rounded(x: v128): v128 {
  return plus(times(x, constant(LOG2_E)), constant(ROUND));
}

/** x - n ln 2 */
// @ts-ignore: decorator
@inline
function reduced(x: v128, n: v128): v128 {
  return minus(minus(x, times(n, constant(LN2_HIGH))), times(n, constant(LN2_LOW)));
}

/** 2ⁿ for -1022 <= n <= 1023, from n + 1.5 · 2^52: n's bits go to the exponent's place. */
// @ts-ignore: decorator
@inline
function power(n: v128): v128 {
  return i64x2.add(i64x2.shl(n, 52), constant(ONE));
}

/** exp(r) - 1 = r + r² q(r) for |r| <= ln 2 / 2; q by its even and odd halves. */
// @ts-ignore: decorator
@inline
function smallExpm1(r: v128): v128 {
  const r2 = times(r, r);
  let even = plus(times(constant(Q + 64), r2), constant(Q + 48));
  let odd = plus(times(constant(Q + 72), r2), constant(Q + 56));
  even = plus(times(even, r2), constant(Q + 32));
  odd = plus(times(odd, r2), constant(Q + 40));
  even = plus(times(even, r2), constant(Q + 16));
  odd = plus(times(odd, r2), constant(Q + 24));
  even = plus(times(even, r2), constant(Q));
  odd = plus(times(odd, r2), constant(Q + 8));
  return plus(r, times(r2, plus(even, times(odd, r))));
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

/** (sum + k) · x */
// @ts-ignore: decorator
@inline
function plusTimes(sum: v128, k: v128, x: v128): v128 {
  return times(plus(sum, k), x);
}

/**
 * log(1 + exp(a) + exp(b)) and log(1 + exp(c) + exp(d)) for a, b, c, d <= 0, to out and 16 bytes on:
 * {@link exp} of four pairs and {@link logPairs}, side by side.
 */
// @ts-ignore: decorator
@inline
export function logOnePlusExps(out: usize, xA: v128, xB: v128, xC: v128, xD: v128): void {
  // beside A B C D
  let k = constant(LOWEST);
  x_ = f64x2.pmax(x_, k);
  k = constant(LOG2_E);
  let n_ = times(x_, k);
  k = constant(ROUND);
  n_ = plus(n_, k);
  const whole_ = minus(n_, k);
  k = constant(LN2_HIGH);
  x_ = minus(x_, times(whole_, k));
  k = constant(LN2_LOW);
  x_ = minus(x_, times(whole_, k));
  const square_ = times(x_, x_);
  k = constant(Q + 72);
  let high_ = times(x_, k);
  k = constant(Q + 64);
  high_ = plus(high_, k);
  const fourth_ = times(square_, square_);
  k = constant(Q + 56);
  let mid_ = times(x_, k);
  k = constant(Q + 48);
  mid_ = plusTimes(mid_, k, square_);
  high_ = times(high_, fourth_);
  high_ = plus(high_, mid_);
  k = constant(Q + 40);
  mid_ = times(x_, k);
  k = constant(Q + 32);
  mid_ = plus(mid_, k);
  high_ = plusTimes(high_, mid_, fourth_);
  k = constant(Q + 24);
  mid_ = times(x_, k);
  k = constant(Q + 16);
  mid_ = plusTimes(mid_, k, square_);
  k = constant(Q + 8);
  let low_ = times(x_, k);
  k = constant(Q);
  low_ = plus(low_, k);
  high_ = plus(high_, plus(low_, mid_));
  x_ = plus(x_, times(square_, high_));
  k = constant(ONE);
  x_ = times(plus(x_, k), power(n_));
  // end
  logPairs(out, plus(k, plus(xA, xB)), plus(k, plus(xC, xD)), two(0));
}

/**
 * sigmoid(x) = 1 / (1 + exp(-x)), from e = exp(-|x|) as 1/(1 + e) or e/(1 + e); worst error 2 ulp,
 * and a result below the least normal double is 0.
 *
 * tanh(x) = ±t/(t + 2), from t = exp(-2|x|) - 1 = 2ⁿ (exp(r) - 1) + (2ⁿ - 1); worst error 2.7 ulp.
 *
 * Of four pairs, side by side; the kind of each is known when this is compiled.
 */
// @ts-ignore: decorator
@inline
export function squash4(
  outA: usize,
  xA: v128,
  tanhA: bool,
  outB: usize,
  xB: v128,
  tanhB: bool,
  outC: usize,
  xC: v128,
  tanhC: bool,
  outD: usize,
  xD: v128,
  tanhD: bool,
): void {
  // beside A B C D
  let k = constant(LOWEST);
  let r_ = f64x2.pmax(negativeSize(x_, tanh_), tanh_ ? constant(TANH_LOWEST) : k);
  k = constant(LOG2_E);
  let n_ = times(r_, k);
  k = constant(ROUND);
  n_ = plus(n_, k);
  const whole_ = minus(n_, k);
  k = constant(LN2_HIGH);
  r_ = minus(r_, times(whole_, k));
  k = constant(LN2_LOW);
  r_ = minus(r_, times(whole_, k));
  const square_ = times(r_, r_);
  k = constant(Q + 64);
  let even_ = times(square_, k);
  k = constant(Q + 72);
  let odd_ = times(square_, k);
  k = constant(Q + 48);
  even_ = plusTimes(even_, k, square_);
  k = constant(Q + 56);
  odd_ = plusTimes(odd_, k, square_);
  k = constant(Q + 32);
  even_ = plusTimes(even_, k, square_);
  k = constant(Q + 40);
  odd_ = plusTimes(odd_, k, square_);
  k = constant(Q + 16);
  even_ = plusTimes(even_, k, square_);
  k = constant(Q + 24);
  odd_ = plusTimes(odd_, k, square_);
  k = constant(Q);
  even_ = plus(even_, k);
  k = constant(Q + 8);
  odd_ = plusTimes(odd_, k, r_);
  r_ = plus(r_, times(square_, plus(even_, odd_)));
  const scale_ = power(n_);
  k = constant(ONE);
  const t_ = tanh_ ? plus(times(scale_, r_), minus(scale_, k)) : times(plus(k, r_), scale_);
  const above_ = tanh_ ? t_ : v128.bitselect(t_, k, f64x2.lt(x_, two(0)));
  const ratio_ = f64x2.div(above_, plus(t_, tanh_ ? constant(TWO) : k));
  k = constant(LOWEST);
  v128.store(out_, tanh_ ? withSign(ratio_, x_) : v128.andnot(ratio_, f64x2.lt(x_, k)));
  // end
}

/** The same of one pair. */
// @ts-ignore: decorator
@inline
export function squash(x: v128, isTanh: bool): v128 {
  const a = f64x2.pmax(negativeSize(x, isTanh), constant(isTanh ? TANH_LOWEST : LOWEST));
  const n = rounded(a);
  return squashed(x, smallExpm1(reduced(a, minus(n, constant(ROUND)))), power(n), isTanh);
}

/** -|x|, or -2|x| for tanh. */
// @ts-ignore: decorator
@inline
function negativeSize(x: v128, isTanh: bool): v128 {
  const y = v128.or(x, constant(MINUS_0));
  return isTanh ? plus(y, y) : y;
}

// @ts-ignore: decorator
@inline
function withSign(size: v128, x: v128): v128 {
  return v128.bitselect(x, size, constant(MINUS_0));
}

/** From m = exp(r) - 1 and scale = 2ⁿ to the end. */
// @ts-ignore: decorator
@inline
function squashed(x: v128, m: v128, scale: v128, isTanh: bool): v128 {
  const one = constant(ONE);
  if (isTanh) {
    const t = plus(times(scale, m), minus(scale, one));
    return v128.bitselect(x, f64x2.div(t, plus(t, constant(TWO))), two(-0.0));
  }
  const e = times(plus(one, m), scale);
  const above = v128.bitselect(e, one, f64x2.lt(x, two(0)));
  return v128.andnot(f64x2.div(above, plus(one, e)), f64x2.lt(x, constant(LOWEST)));
}

// Bits of √½, what they lack to those of 1, and the mantissa's.
const BITS: usize = memory.data<i64>([
  0x3fe6a09e00000000,
  0x3ff0000000000000 - 0x3fe6a09e00000000,
  0x000fffffffffffff,
]);

/** log(2^-shift · x) of two pairs of normal, finite x > 0; NaN stays NaN. Worst error 1 ulp. */
// @ts-ignore: decorator
@inline
function logPairs(out: usize, xA: v128, xB: v128, shift: v128): void {
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
  let even_ = times(w_, constant(L + 40));
  let odd_ = times(w_, constant(L + 48));
  even_ = plusTimes(even_, constant(L + 24), w_);
  odd_ = plusTimes(odd_, constant(L + 32), w_);
  even_ = plusTimes(even_, constant(L + 8), w_);
  odd_ = plusTimes(odd_, constant(L + 16), w_);
  odd_ = plusTimes(odd_, constant(L), z_);
  const rest_ = times(s_, plus(square_, plus(even_, odd_)));
  const low_ = plus(rest_, times(k_, constant(LN2_LOW)));
  const log_ = minus(times(k_, constant(LN2_HIGH)), minus(minus(square_, low_), f_));
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

// Over arrays of n doubles (n a multiple of 8), for the test that holds their errors.

export function expAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, exp(v128.load(x + at)));
}

/** log(1 + exp(x) + exp(x)) - what the full sum uses. */
export function logOnePlusExpsAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 32) {
    const a = v128.load(x + at), b = v128.load(x + at, 16);
    logOnePlusExps(out + at, a, a, b, b);
  }
}

export function logAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, log(v128.load(x + at)));
}

export function sigmoidAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 64) {
    const a = v128.load(x + at), b = v128.load(x + at, 16);
    const c = v128.load(x + at, 32), d = v128.load(x + at, 48);
    const to = out + at;
    squash4(to, a, false, to + 16, b, false, to + 32, c, false, to + 48, d, false);
  }
}

export function tanhAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 64) {
    const a = v128.load(x + at), b = v128.load(x + at, 16);
    const c = v128.load(x + at, 32), d = v128.load(x + at, 48);
    const to = out + at;
    squash4(to, a, true, to + 16, b, true, to + 32, c, true, to + 48, d, true);
  }
}
