// Vectors of two doubles, and the constants of the functions on them. Only IEEE operations that give
// the same bits on every machine: of relaxed SIMD the multiply–add alone, which ../mod.ts refuses to
// load where it is not fused.

// Constants come from memory at known addresses: one load each, where an immediate takes three
// instructions.
export const TABLE: usize = memory.data<f64>([
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
export const LOG2_E: i32 = 0;
export const LN2_HIGH: i32 = 8;
export const LN2_LOW: i32 = 16;
export const ROUND: i32 = 24;
export const Q: i32 = 32;
export const L: i32 = 112;
export const ONE: i32 = 168;
export const TWO: i32 = 176;
export const HALF: i32 = 184;
export const LOWEST: i32 = 192;
export const TANH_LOWEST: i32 = 200;
export const HIGHEST: i32 = 208;
export const TWO_52: i32 = 216;
export const BIAS: i32 = 224;
export const MINUS_0: i32 = 232;

/** Two pairs on their way from one function to the next. */
export const PAIRS: usize = memory.data(32, 16);

// @ts-ignore: decorator
@inline
export function constant(at: i32): v128 {
  return v128.load_splat<f64>(TABLE + at);
}

// @ts-ignore: decorator
@inline
export function two(x: f64): v128 {
  return f64x2.splat(x);
}

// @ts-ignore: decorator
@inline
export function plus(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

// @ts-ignore: decorator
@inline
export function minus(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

// @ts-ignore: decorator
@inline
export function times(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** a · b + c, rounded once */
// @ts-ignore: decorator
@inline
export function fused(a: v128, b: v128, c: v128): v128 {
  return f64x2.relaxed_madd(a, b, c);
}

/** c - a · b, rounded once */
// @ts-ignore: decorator
@inline
export function fusedMinus(a: v128, b: v128, c: v128): v128 {
  return f64x2.relaxed_nmadd(a, b, c);
}

/** {@link fused} of two doubles, or of four numbers in single precision. */
// @ts-ignore: decorator
@inline
export function fusedOf<T>(a: v128, b: v128, c: v128): v128 {
  return sizeof<T>() === 8 ? f64x2.relaxed_madd(a, b, c) : f32x4.relaxed_madd(a, b, c);
}

/** The largest of n doubles, -Infinity of none; NaN if one of them is. */
export function largest(x: usize, n: i32): f64 {
  // The instruction is slow for its care of NaN: four chains go side by side.
  let a = two(-Infinity), b = a, c = a, d = a, i = 0;
  for (; i + 8 <= n; i += 8, x += 64) {
    a = f64x2.max(a, v128.load(x));
    b = f64x2.max(b, v128.load(x, 16));
    c = f64x2.max(c, v128.load(x, 32));
    d = f64x2.max(d, v128.load(x, 48));
  }
  for (; i + 2 <= n; i += 2, x += 16) a = f64x2.max(a, v128.load(x));
  a = f64x2.max(f64x2.max(a, b), f64x2.max(c, d));
  const most = max(f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1));
  return i < n ? max(most, load<f64>(x)) : most;
}

/** n doubles, as they are or in single precision. */
export function convert<T>(to: usize, from: usize, n: i32): void {
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const pair = v128.load(from + (i << 3));
    if (sizeof<T>() === 8) v128.store(to + (i << 3), pair);
    else v128.store64_lane(to + (i << 2), f32x4.demote_f64x2_zero(pair), 0);
  }
  if (i < n) store<T>(to + i * sizeof<T>(), <T> load<f64>(from + (i << 3)));
}

/** out[0 … n) += row[0 … n), doubles and numbers of T */
// @ts-ignore: decorator
@inline
export function addRow<T>(out: usize, row: usize, n: i32): void {
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const at = out + (i << 3);
    v128.store(at, f64x2.add(v128.load(at), pairOf<T>(row + i * sizeof<T>())));
  }
  if (i < n) {
    const at = out + (i << 3);
    store<f64>(at, load<f64>(at) + <f64> load<T>(row + i * sizeof<T>()));
  }
}

/** Two numbers of T as doubles. */
// @ts-ignore: decorator
@inline
export function pairOf<T>(at: usize): v128 {
  if (sizeof<T>() === 8) return v128.load(at);
  return f64x2.promote_low_f32x4(v128.load_zero<u64>(at));
}
