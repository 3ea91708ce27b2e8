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

/** {@link toDoubles}, as they are. */
// @ts-ignore: decorator
@inline
export function putSingles(at: usize, x: v128, count: i32): void {
  if (count > 3) return v128.store(at, x);
  v128.store32_lane(at, x, 0);
  if (count > 1) v128.store32_lane(at, x, 1, 4);
  if (count > 2) v128.store32_lane(at, x, 2, 8);
}

// Constants as in vectors.ts: one load each.
const TABLE: usize = memory.data<f32>([
  1.4426950408889634, // log₂ e
  12582912, // 1.5 · 2^23: adding it rounds; the whole number fills the low bits
  // ln 2 = high + low; high ends in zero bits, so that n · high is exact.
  0.693145751953125,
  1.428606765330187e-06,
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
const ROUND: i32 = 4;
const LN2_HIGH: i32 = 8;
const LN2_LOW: i32 = 12;
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

/** What goes from one stretch to the next, of eight vectors. */
const RESTS: usize = memory.data(128, 64);
const SCALES: usize = memory.data(128, 64);

/**
 * Sigmoid of four vectors from x on, to out and one, two and three steps on; tanh of those whose bit
 * in `kinds` is set, the first by the lowest. Worst error 3 ulp; a sigmoid below the least normal
 * number, 1.2e-38, is 0.
 */
// @ts-ignore: decorator
@inline
export function squashSingles4(out: usize, step: usize, x: usize, kinds: i32): void {
  reduce(0, x, kinds);
  expand(0);
  divide(0, out, step, x, kinds);
}

/** Twice {@link squashSingles4}, of the next four vectors to `next` on; in stretches as squash8(). */
// @ts-ignore: decorator
@inline
export function squashSingles8(out: usize, step: usize, next: usize, x: usize, kinds: i32): void {
  reduce(0, x, kinds);
  reduce(64, x + 64, kinds);
  expand(0);
  expand(64);
  divide(0, out, step, x, kinds);
  divide(64, out + next, step, x + 64, kinds);
}

// @ts-ignore: decorator
@inline
function reduce(at: usize, x: usize, kinds: i32): void {
  const xA = v128.load(x), xB = v128.load(x, 16), xC = v128.load(x, 32), xD = v128.load(x, 48);
  const tanhA = (kinds & 1) !== 0, tanhB = (kinds & 2) !== 0;
  const tanhC = (kinds & 4) !== 0, tanhD = (kinds & 8) !== 0;
  const atA = at, atB = at + 16, atC = at + 32, atD = at + 48;
  // beside A B C D
  let r_ = v128.or(x_, constant(MINUS_0));
  r_ = f32x4.pmax(tanh_ ? f32x4.add(r_, r_) : r_, constant(tanh_ ? TANH_LOWEST : LOWEST));
  const n_ = f32x4.relaxed_madd(r_, constant(LOG2_E), constant(ROUND));
  const whole_ = f32x4.sub(n_, constant(ROUND));
  r_ = f32x4.relaxed_nmadd(whole_, constant(LN2_HIGH), r_);
  r_ = f32x4.relaxed_nmadd(whole_, constant(LN2_LOW), r_);
  v128.store(RESTS + at_, r_);
  v128.store(SCALES + at_, i32x4.add(i32x4.shl(n_, 23), constant(ONE)));
  // end
}

// @ts-ignore: decorator
@inline
function expand(at: usize): void {
  const atA = at, atB = at + 16, atC = at + 32, atD = at + 48;
  // beside A B C D
  let r_ = v128.load(RESTS + at_);
  let q_ = f32x4.relaxed_madd(r_, constant(Q + 16), constant(Q + 12));
  q_ = f32x4.relaxed_madd(q_, r_, constant(Q + 8));
  q_ = f32x4.relaxed_madd(q_, r_, constant(Q + 4));
  q_ = f32x4.relaxed_madd(q_, r_, constant(Q));
  r_ = f32x4.relaxed_madd(f32x4.mul(r_, r_), q_, r_);
  v128.store(RESTS + at_, r_);
  // end
}

// @ts-ignore: decorator
@inline
function divide(at: usize, out: usize, step: usize, x: usize, kinds: i32): void {
  const xA = v128.load(x), xB = v128.load(x, 16), xC = v128.load(x, 32), xD = v128.load(x, 48);
  const outA = out, outB = out + step, outC = out + 2 * step, outD = out + 3 * step;
  const tanhA = (kinds & 1) !== 0, tanhB = (kinds & 2) !== 0;
  const tanhC = (kinds & 4) !== 0, tanhD = (kinds & 8) !== 0;
  const atA = at, atB = at + 16, atC = at + 32, atD = at + 48;
  // beside A B C D
  const n_ = v128.load(SCALES + at_), r_ = v128.load(RESTS + at_);
  const t_ = f32x4.relaxed_madd(n_, r_, tanh_ ? f32x4.sub(n_, constant(ONE)) : n_);
  const above_ = tanh_ ? t_ : v128.bitselect(t_, constant(ONE), f32x4.lt(x_, f32x4.splat(0)));
  const ratio_ = f32x4.div(above_, f32x4.add(t_, constant(tanh_ ? TWO : ONE)));
  const low_ = f32x4.lt(x_, constant(LOWEST));
  v128.store(out_, tanh_ ? v128.bitselect(x_, ratio_, constant(MINUS_0)) : v128.andnot(ratio_, low_));
  // end
}

/** Of n numbers (a multiple of 16) as doubles, for the test that holds their errors. */
export function sigmoidSingles(out: usize, x: usize, n: i32): void {
  throughSingles(out, x, n);
  for (let at = 0; at < n << 2; at += 64) squashSingles4(out + at, 16, out + at, 0);
  backToDoubles(out, n);
}

export function tanhSingles(out: usize, x: usize, n: i32): void {
  throughSingles(out, x, n);
  for (let at = 0; at < n << 2; at += 64) squashSingles4(out + at, 16, out + at, 15);
  backToDoubles(out, n);
}

function throughSingles(out: usize, x: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) v128.store(out + (i << 2), fromDoubles(x + (i << 3), 4));
}

function backToDoubles(out: usize, n: i32): void {
  for (let i = n - 4; i >= 0; i -= 4) toDoubles(out + (i << 3), v128.load(out + (i << 2)), 4);
}
