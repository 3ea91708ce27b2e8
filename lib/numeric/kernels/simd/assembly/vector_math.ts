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

/** (sum + k) · x */
// @ts-ignore: decorator
@inline
function plusTimes(sum: v128, k: v128, x: v128): v128 {
  return times(plus(sum, k), x);
}

/** 1 + exp(a) + exp(b) for a, b <= 0: {@link exp} twice, side by side. */
// @ts-ignore: decorator
@inline
export function onePlusExps(a: v128, b: v128): v128 {
  let k = constant(LOWEST);
  const underA = f64x2.lt(a, k), underB = f64x2.lt(b, k);
  a = f64x2.pmax(a, k);
  b = f64x2.pmax(b, k);
  k = constant(LOG2_E);
  let nA = times(a, k), nB = times(b, k);
  k = constant(ROUND);
  nA = plus(nA, k);
  nB = plus(nB, k);
  const wholeA = minus(nA, k), wholeB = minus(nB, k);
  k = constant(LN2_HIGH);
  a = minus(a, times(wholeA, k));
  b = minus(b, times(wholeB, k));
  k = constant(LN2_LOW);
  a = minus(a, times(wholeA, k));
  b = minus(b, times(wholeB, k));
  const a2 = times(a, a), b2 = times(b, b);
  k = constant(Q + 72);
  let highA = times(a, k), highB = times(b, k);
  k = constant(Q + 64);
  highA = plus(highA, k);
  highB = plus(highB, k);
  const a4 = times(a2, a2), b4 = times(b2, b2);
  k = constant(Q + 56);
  let midA = times(a, k), midB = times(b, k);
  k = constant(Q + 48);
  midA = plusTimes(midA, k, a2);
  midB = plusTimes(midB, k, b2);
  highA = times(highA, a4);
  highB = times(highB, b4);
  highA = plus(highA, midA);
  highB = plus(highB, midB);
  k = constant(Q + 40);
  midA = times(a, k);
  midB = times(b, k);
  k = constant(Q + 32);
  midA = plus(midA, k);
  midB = plus(midB, k);
  highA = plusTimes(highA, midA, a4);
  highB = plusTimes(highB, midB, b4);
  k = constant(Q + 24);
  midA = times(a, k);
  midB = times(b, k);
  k = constant(Q + 16);
  midA = plusTimes(midA, k, a2);
  midB = plusTimes(midB, k, b2);
  k = constant(Q + 8);
  let lowA = times(a, k), lowB = times(b, k);
  k = constant(Q);
  lowA = plus(lowA, k);
  lowB = plus(lowB, k);
  highA = plus(highA, plus(lowA, midA));
  highB = plus(highB, plus(lowB, midB));
  a = plus(a, times(a2, highA));
  b = plus(b, times(b2, highB));
  k = constant(ONE);
  a = times(plus(a, k), power(nA));
  b = times(plus(b, k), power(nB));
  return plus(k, plus(v128.andnot(a, underA), v128.andnot(b, underB)));
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
  let k = constant(LOWEST);
  let a = f64x2.pmax(negativeSize(xA, tanhA), tanhA ? constant(TANH_LOWEST) : k);
  let b = f64x2.pmax(negativeSize(xB, tanhB), tanhB ? constant(TANH_LOWEST) : k);
  let c = f64x2.pmax(negativeSize(xC, tanhC), tanhC ? constant(TANH_LOWEST) : k);
  let d = f64x2.pmax(negativeSize(xD, tanhD), tanhD ? constant(TANH_LOWEST) : k);
  k = constant(LOG2_E);
  let nA = times(a, k);
  let nB = times(b, k);
  let nC = times(c, k);
  let nD = times(d, k);
  k = constant(ROUND);
  nA = plus(nA, k);
  nB = plus(nB, k);
  nC = plus(nC, k);
  nD = plus(nD, k);
  let wA = minus(nA, k);
  let wB = minus(nB, k);
  let wC = minus(nC, k);
  let wD = minus(nD, k);
  k = constant(LN2_HIGH);
  a = minus(a, times(wA, k));
  b = minus(b, times(wB, k));
  c = minus(c, times(wC, k));
  d = minus(d, times(wD, k));
  k = constant(LN2_LOW);
  a = minus(a, times(wA, k));
  b = minus(b, times(wB, k));
  c = minus(c, times(wC, k));
  d = minus(d, times(wD, k));
  const a2 = times(a, a);
  const b2 = times(b, b);
  const c2 = times(c, c);
  const d2 = times(d, d);
  k = constant(Q + 64);
  let evenA = times(a2, k);
  let evenB = times(b2, k);
  let evenC = times(c2, k);
  let evenD = times(d2, k);
  k = constant(Q + 72);
  let oddA = times(a2, k);
  let oddB = times(b2, k);
  let oddC = times(c2, k);
  let oddD = times(d2, k);
  k = constant(Q + 48);
  evenA = plusTimes(evenA, k, a2);
  evenB = plusTimes(evenB, k, b2);
  evenC = plusTimes(evenC, k, c2);
  evenD = plusTimes(evenD, k, d2);
  k = constant(Q + 56);
  oddA = plusTimes(oddA, k, a2);
  oddB = plusTimes(oddB, k, b2);
  oddC = plusTimes(oddC, k, c2);
  oddD = plusTimes(oddD, k, d2);
  k = constant(Q + 32);
  evenA = plusTimes(evenA, k, a2);
  evenB = plusTimes(evenB, k, b2);
  evenC = plusTimes(evenC, k, c2);
  evenD = plusTimes(evenD, k, d2);
  k = constant(Q + 40);
  oddA = plusTimes(oddA, k, a2);
  oddB = plusTimes(oddB, k, b2);
  oddC = plusTimes(oddC, k, c2);
  oddD = plusTimes(oddD, k, d2);
  k = constant(Q + 16);
  evenA = plusTimes(evenA, k, a2);
  evenB = plusTimes(evenB, k, b2);
  evenC = plusTimes(evenC, k, c2);
  evenD = plusTimes(evenD, k, d2);
  k = constant(Q + 24);
  oddA = plusTimes(oddA, k, a2);
  oddB = plusTimes(oddB, k, b2);
  oddC = plusTimes(oddC, k, c2);
  oddD = plusTimes(oddD, k, d2);
  k = constant(Q + 0);
  evenA = plus(evenA, k);
  evenB = plus(evenB, k);
  evenC = plus(evenC, k);
  evenD = plus(evenD, k);
  k = constant(Q + 8);
  oddA = plusTimes(oddA, k, a);
  oddB = plusTimes(oddB, k, b);
  oddC = plusTimes(oddC, k, c);
  oddD = plusTimes(oddD, k, d);
  a = plus(a, times(a2, plus(evenA, oddA)));
  b = plus(b, times(b2, plus(evenB, oddB)));
  c = plus(c, times(c2, plus(evenC, oddC)));
  d = plus(d, times(d2, plus(evenD, oddD)));
  v128.store(outA, squashed(xA, a, power(nA), tanhA));
  v128.store(outB, squashed(xB, b, power(nB), tanhB));
  v128.store(outC, squashed(xC, c, power(nC), tanhC));
  v128.store(outD, squashed(xD, d, power(nD), tanhD));
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
  const y = v128.or(x, two(-0.0));
  return isTanh ? plus(y, y) : y;
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

/** log(2^-shift · x) for normal, finite x > 0; NaN stays NaN. Worst error 1 ulp. */
// @ts-ignore: decorator
@inline
export function logNormal(x: v128, shift: v128): v128 {
  // Bits of √½, taken off before and put back after cutting at the exponent: m is in [√½, √2).
  const root = i64x2.splat(0x3fe6a09e00000000);
  const bits = i64x2.add(x, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e00000000));
  const exponent = v128.or(i64x2.shr_u(bits, 52), constant(TWO_52));
  const k = minus(minus(exponent, constant(BIAS)), shift);
  const m = i64x2.add(v128.and(bits, i64x2.splat(0x000fffffffffffff)), root);
  const f = minus(m, constant(ONE));
  const s = f64x2.div(f, plus(constant(TWO), f));
  const z = times(s, s);
  const w = times(z, z);
  const even = times(
    w,
    plus(constant(L + 8), times(w, plus(constant(L + 24), times(w, constant(L + 40))))),
  );
  let odd = plus(constant(L + 32), times(w, constant(L + 48)));
  odd = plus(constant(L + 16), times(w, odd));
  odd = times(z, plus(constant(L), times(w, odd)));
  const square = times(constant(HALF), times(f, f));
  const low = plus(times(s, plus(square, plus(even, odd))), times(k, constant(LN2_LOW)));
  const result = minus(times(k, constant(LN2_HIGH)), minus(minus(square, low), f));
  return plus(result, minus(x, x));
}

/** log(x), denormals and all. */
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

// Over arrays of n doubles (n a multiple of 8), for the test that holds their errors.

export function expAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, exp(v128.load(x + at)));
}

/** log(1 + exp(x) + exp(x)) - what the full sum uses. */
export function logOnePlusExpsAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) {
    const value = v128.load(x + at);
    v128.store(out + at, logNormal(onePlusExps(value, value), two(0)));
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
