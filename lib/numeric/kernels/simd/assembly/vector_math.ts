// exp, log, sigmoid and tanh of two doubles at a time. Only IEEE operations that give the same
// bits on every machine: no fused multiply–add, no relaxed SIMD.
// The worst errors stated here are held by tests/numeric/kernels/vector_math_test.ts.

// ln 2 = LN2_HIGH + LN2_LOW; LN2_HIGH ends in 21 zero bits, so that n · LN2_HIGH is exact.
const LOG2_E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** 1.5 · 2^52: adding it rounds to a whole number, whose two's complement fills the low bits. */
const ROUND: f64 = 6755399441055744;

// (exp(r) - 1 - r) / r² on |r| <= ln 2 / 2, interpolated at the Chebyshev nodes in 60 digits;
// relative error of exp(r) below 2e-17.
const Q0: f64 = 0.5000000000000001;
const Q1: f64 = 0.16666666666666669;
const Q2: f64 = 0.04166666666662416;
const Q3: f64 = 0.008333333333330063;
const Q4: f64 = 0.0013888888917199863;
const Q5: f64 = 0.00019841269863042963;
const Q6: f64 = 2.4801521317484083e-05;
const Q7: f64 = 2.7557268476553695e-06;
const Q8: f64 = 2.7620078203806394e-07;
const Q9: f64 = 2.5100377619606372e-08;

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
function times(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** exp(r) - 1 = r + r² q(r) for |r| <= ln 2 / 2; q by its even and odd halves. */
// @ts-ignore: decorator
@inline
function smallExpm1(r: v128): v128 {
  const r2 = times(r, r);
  let even = plus(times(two(Q8), r2), two(Q6));
  let odd = plus(times(two(Q9), r2), two(Q7));
  even = plus(times(even, r2), two(Q4));
  odd = plus(times(odd, r2), two(Q5));
  even = plus(times(even, r2), two(Q2));
  odd = plus(times(odd, r2), two(Q3));
  even = plus(times(even, r2), two(Q0));
  odd = plus(times(odd, r2), two(Q1));
  return plus(r, times(r2, plus(even, times(odd, r))));
}

/** x - n ln 2 */
// @ts-ignore: decorator
@inline
function reduced(x: v128, n: v128): v128 {
  return f64x2.sub(f64x2.sub(x, times(n, two(LN2_HIGH))), times(n, two(LN2_LOW)));
}

/** exp(x) for -746 <= x <= 710: two steps of scaling, so that denormals round once. */
// @ts-ignore: decorator
@inline
function expInRange(x: v128): v128 {
  const rounded = plus(times(x, two(LOG2_E)), two(ROUND));
  const p = plus(two(1), smallExpm1(reduced(x, f64x2.sub(rounded, two(ROUND)))));
  const half = i32x4.shr_s(rounded, 1);
  const rest = i32x4.sub(rounded, half);
  const scaleHalf = i64x2.shl(i64x2.add(half, i64x2.splat(1023)), 52);
  const scaleRest = i64x2.shl(i64x2.add(rest, i64x2.splat(1023)), 52);
  return times(times(p, scaleHalf), scaleRest);
}

/** exp(x); worst error 1 ulp. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  return expInRange(f64x2.pmax(f64x2.pmin(x, two(710)), two(-746)));
}

/** 1 / (1 + exp(-x)), from e = exp(-|x|) as 1/(1+e) or e/(1+e); worst error 2.5 ulp. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const e = expInRange(f64x2.pmax(v128.or(x, two(-0.0)), two(-746)));
  const above = v128.bitselect(e, two(1), f64x2.lt(x, two(0)));
  return f64x2.div(above, plus(two(1), e));
}

/** t / (t + 2) with t = exp(2|x|) - 1 = 2ⁿ (exp(r) - 1) + (2ⁿ - 1); worst error 2.5 ulp. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f64x2.abs(x);
  const y = f64x2.pmin(plus(size, size), two(44));
  const rounded = plus(times(y, two(LOG2_E)), two(ROUND));
  const m = smallExpm1(reduced(y, f64x2.sub(rounded, two(ROUND))));
  const scale = i64x2.shl(i64x2.add(rounded, i64x2.splat(1023)), 52);
  const t = plus(times(scale, m), f64x2.sub(scale, two(1)));
  return v128.or(f64x2.div(t, plus(t, two(2))), v128.and(x, two(-0.0)));
}

// log(1 + f) = f - (f²/2 - s (f²/2 + R)), s = f / (2 + f), R = s² (L1 + s² (L2 + …)).
// Source: FreeBSD msun e_log.c (Sun Microsystems 1993).
const L1: f64 = 6.666666666666735130e-01;
const L2: f64 = 3.999999999940941908e-01;
const L3: f64 = 2.857142874366239149e-01;
const L4: f64 = 2.222219843214978396e-01;
const L5: f64 = 1.818357216161805012e-01;
const L6: f64 = 1.531383769920937332e-01;
const L7: f64 = 1.479819860511658591e-01;

/** log(2^-shift · x) for normal, finite x > 0; NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function logNormal(x: v128, shift: v128): v128 {
  // Bits of √½, taken off before and put back after cutting at the exponent: m is in [√½, √2).
  const root = i64x2.splat(0x3fe6a09e00000000);
  const offset = i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e00000000);
  const bits = i64x2.add(x, offset);
  const exponent = v128.or(i64x2.shr_u(bits, 52), two(4503599627370496));
  const k = f64x2.sub(f64x2.sub(exponent, two(4503599627370496 + 1023)), shift);
  const m = i64x2.add(v128.and(bits, i64x2.splat(0x000fffffffffffff)), root);
  const f = f64x2.sub(m, two(1));
  const s = f64x2.div(f, plus(two(2), f));
  const z = times(s, s);
  const w = times(z, z);
  const even = times(w, plus(two(L2), times(w, plus(two(L4), times(w, two(L6))))));
  const odd = times(
    z,
    plus(two(L1), times(w, plus(two(L3), times(w, plus(two(L5), times(w, two(L7))))))),
  );
  const square = times(two(0.5), times(f, f));
  const low = plus(times(s, plus(square, plus(even, odd))), times(k, two(LN2_LOW)));
  const result = f64x2.sub(times(k, two(LN2_HIGH)), f64x2.sub(f64x2.sub(square, low), f));
  return plus(result, f64x2.sub(x, x));
}

/** log(x); worst error 1 ulp. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const tiny = f64x2.lt(x, two(2.2250738585072014e-308));
  const scaled = v128.bitselect(times(x, two(18014398509481984)), x, tiny);
  let y = logNormal(scaled, v128.and(two(54), tiny));
  y = v128.bitselect(two(-Infinity), y, f64x2.eq(x, two(0)));
  y = v128.bitselect(two(NaN), y, f64x2.lt(x, two(0)));
  return v128.bitselect(two(Infinity), y, f64x2.eq(x, two(Infinity)));
}

// The four over arrays of n doubles (n even), for the test that holds their errors.

export function expAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, exp(v128.load(x + at)));
}

export function logAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, log(v128.load(x + at)));
}

export function sigmoidAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, sigmoid(v128.load(x + at)));
}

export function tanhAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, tanh(v128.load(x + at)));
}
