// Vectors of four numbers in single precision: to and from doubles, and the LSTM's functions.
// The formulas are those of squash.ts; the worst errors stated here are held by
// tests/numeric/kernels/single_test.ts.

/** Four numbers, zero from `count` on. */
// @ts-ignore: decorator
@inline
export function fromDoubles(at: usize, count: i32): v128 {
  const low = count > 1 ? v128.load(at) : v128.load_zero<f64>(at);
  let high = f64x2.splat(0);
  if (count > 3) high = v128.load(at, 16);
  else if (count > 2) high = v128.load_zero<f64>(at, 16);
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** The first `count` of four numbers. */
// @ts-ignore: decorator
@inline
export function toDoubles(at: usize, x: v128, count: i32): void {
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1));
  if (count > 3) {
    v128.store(at, low);
    v128.store(at, high, 16);
    return;
  }
  store<f64>(at, f64x2.extract_lane(low, 0));
  if (count > 1) store<f64>(at, f64x2.extract_lane(low, 1), 8);
  if (count > 2) store<f64>(at, f64x2.extract_lane(high, 0), 16);
}

const LOG2_E: f32 = 1.4426950408889634;
/** log of the least normal number */
const LOWEST: f32 = -87.33654475;
// ln 2 = high + low; high ends in zero bits, so that n · high is exact.
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.428606765330187e-06;
// (exp(r) - 1 - r) / r² on |r| <= ln 2 / 2, interpolated at the Chebyshev nodes; relative error of
// exp(r) below 1e-8.
const Q1: f32 = 0.16666577756404877;
const Q2: f32 = 0.041666556149721146;
const Q3: f32 = 0.008363173343241215;
const Q4: f32 = 0.0013926175888627768;

/**
 * Sigmoid of four vectors from `at` on, `step` bytes apart, in place; tanh of those whose bit in
 * `kinds` is set, the first by the lowest. Worst error 3 ulp; a sigmoid below the least normal
 * number, 1.2e-38, is 0.
 */
// @ts-ignore: decorator
@inline
export function squashSingles(at: usize, step: usize, kinds: i32): void {
  const atA = at, atB = at + step, atC = at + 2 * step, atD = at + 3 * step;
  const tanhA = (kinds & 1) !== 0, tanhB = (kinds & 2) !== 0;
  const tanhC = (kinds & 4) !== 0, tanhD = (kinds & 8) !== 0;
  const one = f32x4.splat(1), half: f32 = 12582912; // 1.5 · 2^23
  // beside A B C D
  const x_ = v128.load(at_);
  const y_ = v128.or(x_, f32x4.splat(-0.0));
  let r_ = f32x4.pmax(tanh_ ? f32x4.add(y_, y_) : y_, f32x4.splat(tanh_ ? -20 : LOWEST));
  let n_ = f32x4.relaxed_madd(r_, f32x4.splat(LOG2_E), f32x4.splat(half));
  const whole_ = f32x4.sub(n_, f32x4.splat(half));
  r_ = f32x4.relaxed_nmadd(whole_, f32x4.splat(LN2_HIGH), r_);
  r_ = f32x4.relaxed_nmadd(whole_, f32x4.splat(LN2_LOW), r_);
  n_ = i32x4.add(i32x4.shl(n_, 23), one);
  // end
  // beside A B C D
  let q_ = f32x4.relaxed_madd(r_, f32x4.splat(Q4), f32x4.splat(Q3));
  q_ = f32x4.relaxed_madd(q_, r_, f32x4.splat(Q2));
  q_ = f32x4.relaxed_madd(q_, r_, f32x4.splat(Q1));
  q_ = f32x4.relaxed_madd(q_, r_, f32x4.splat(0.5));
  r_ = f32x4.relaxed_madd(f32x4.mul(r_, r_), q_, r_);
  // end
  // beside A B C D
  const t_ = f32x4.relaxed_madd(n_, r_, tanh_ ? f32x4.sub(n_, one) : n_);
  const above_ = tanh_ ? t_ : v128.bitselect(t_, one, f32x4.lt(x_, f32x4.splat(0)));
  const ratio_ = f32x4.div(above_, f32x4.add(t_, tanh_ ? f32x4.splat(2) : one));
  const low_ = f32x4.lt(x_, f32x4.splat(LOWEST));
  v128.store(at_, tanh_ ? v128.bitselect(x_, ratio_, f32x4.splat(-0.0)) : v128.andnot(ratio_, low_));
  // end
}

/** Of n numbers (a multiple of 16) as doubles, for the test that holds their errors. */
export function sigmoidSingles(out: usize, x: usize, n: i32): void {
  throughSingles(out, x, n);
  for (let at = 0; at < n << 2; at += 64) squashSingles(out + at, 16, 0);
  backToDoubles(out, n);
}

export function tanhSingles(out: usize, x: usize, n: i32): void {
  throughSingles(out, x, n);
  for (let at = 0; at < n << 2; at += 64) squashSingles(out + at, 16, 15);
  backToDoubles(out, n);
}

function throughSingles(out: usize, x: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) v128.store(out + (i << 2), fromDoubles(x + (i << 3), 4));
}

function backToDoubles(out: usize, n: i32): void {
  for (let i = n - 4; i >= 0; i -= 4) toDoubles(out + (i << 3), v128.load(out + (i << 2)), 4);
}
