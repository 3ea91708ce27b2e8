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

// Constants come from memory at known addresses: one load each, where an immediate takes three
// instructions.
const TABLE: usize = memory.data<f32>([
  1.4426950408889634, // log₂ e
  // ln 2 = high + low; high ends in zero bits, so that n · high is exact.
  0.693145751953125,
  1.428606765330187e-06,
  12582912, // 1.5 · 2^23
  // (exp(r) - 1 - r) / r² on |r| <= ln 2 / 2, interpolated at the Chebyshev nodes; relative error of
  // exp(r) below 1e-8.
  0.5,
  0.16666577756404877,
  0.041666556149721146,
  0.008363173343241215,
  0.0013926175888627768,
  1,
  2,
  -87.33654475, // log of the least normal number
  -20, // tanh(10) rounds to 1
  -0.0,
]);
const LOG2_E: i32 = 0;
const LN2_HIGH: i32 = 4;
const LN2_LOW: i32 = 8;
const ROUND: i32 = 12;
const Q: i32 = 16;
const ONE: i32 = 36;
const TWO: i32 = 40;
const LOWEST: i32 = 44;
const TANH_LOWEST: i32 = 48;
const MINUS_0: i32 = 52;

// @ts-ignore: decorator
@inline
function constant(at: i32): v128 {
  return v128.load_splat<f32>(TABLE + at);
}

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
  let k: v128;
  // beside A B C D
  k = constant(MINUS_0);
  const y_ = v128.or(v128.load(at_), k);
  k = constant(LOWEST);
  let r_ = f32x4.pmax(tanh_ ? f32x4.add(y_, y_) : y_, tanh_ ? constant(TANH_LOWEST) : k);
  k = constant(ROUND);
  let n_ = f32x4.relaxed_madd(r_, constant(LOG2_E), k);
  const whole_ = f32x4.sub(n_, k);
  k = constant(LN2_HIGH);
  r_ = f32x4.relaxed_nmadd(whole_, k, r_);
  k = constant(LN2_LOW);
  r_ = f32x4.relaxed_nmadd(whole_, k, r_);
  k = constant(ONE);
  n_ = i32x4.add(i32x4.shl(n_, 23), k);
  let q_ = f32x4.relaxed_madd(r_, constant(Q + 16), constant(Q + 12));
  k = constant(Q + 8);
  q_ = f32x4.relaxed_madd(q_, r_, k);
  k = constant(Q + 4);
  q_ = f32x4.relaxed_madd(q_, r_, k);
  k = constant(Q);
  q_ = f32x4.relaxed_madd(q_, r_, k);
  r_ = f32x4.relaxed_madd(f32x4.mul(r_, r_), q_, r_);
  k = constant(ONE);
  const t_ = f32x4.relaxed_madd(n_, r_, tanh_ ? f32x4.sub(n_, k) : n_);
  const x_ = v128.load(at_);
  const above_ = tanh_ ? t_ : v128.bitselect(t_, k, f32x4.lt(x_, f32x4.splat(0)));
  const ratio_ = f32x4.div(above_, f32x4.add(t_, tanh_ ? constant(TWO) : k));
  const low_ = f32x4.lt(x_, constant(LOWEST));
  v128.store(at_, tanh_ ? v128.bitselect(x_, ratio_, constant(MINUS_0)) : v128.andnot(ratio_, low_));
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
