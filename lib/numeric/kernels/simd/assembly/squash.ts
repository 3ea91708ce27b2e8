// Sigmoid and tanh; the worst errors stated here are held by tests/numeric/kernels/vector_math_test.ts.
//
//   sigmoid(x) = 1 / (1 + exp(-x)), from e = exp(-|x|) as 1/(1 + e) or e/(1 + e); worst error 2.3 ulp,
//   and a result below the least normal double is 0.
//
//   tanh(x) = ±t/(t + 2), from t = exp(-2|x|) - 1 = 2ⁿ (exp(r) - 1) + (2ⁿ - 1); worst error 2.7 ulp.
//
// The processor waits for the latency of these chains, not for their number of operations. So four
// pairs go side by side, statement by statement, and eight take each of three stretches of the way
// together before the next: as short as that, the chains of all eight are on their way at once.

import { power, reduced, rounded, smallExpm1 } from "./exp";
import {
  LN2_HIGH,
  LN2_LOW,
  LOG2_E,
  LOWEST,
  MINUS_0,
  ONE,
  Q,
  ROUND,
  TANH_LOWEST,
  TWO,
  constant,
  fused,
  fusedMinus,
  minus,
  plus,
  times,
  two,
} from "./vectors";

/** What goes from one stretch to the next, of eight pairs; a known address needs no check. */
const RESTS: usize = memory.data(128, 64);
const SCALES: usize = memory.data(128, 64);

/** Which of four pairs take tanh, the first by the lowest bit; the others take sigmoid. */
export const SIGMOIDS: i32 = 0b0000;
export const TANHS: i32 = 0b1111;
/** i, f, g and o */
export const GATES: i32 = 0b0100;

/** Of the four pairs at x, to out and one, two and three steps on. */
// @ts-ignore: decorator
@inline
export function squash4(out: usize, step: usize, x: usize, kinds: i32): void {
  reduce(0, x, kinds);
  expand(0);
  divide(0, out, step, x, kinds);
}

/** Twice {@link squash4}, of the next four pairs to `next` on. */
// @ts-ignore: decorator
@inline
export function squash8(out: usize, step: usize, next: usize, x: usize, kinds: i32): void {
  reduce(0, x, kinds);
  reduce(64, x + 64, kinds);
  expand(0);
  expand(64);
  divide(0, out, step, x, kinds);
  divide(64, out + next, step, x + 64, kinds);
}

/** r = -|x| - n ln 2, or of -2|x| for tanh, to RESTS; 2ⁿ to SCALES. */
// @ts-ignore: decorator
@inline
function reduce(at: usize, x: usize, kinds: i32): void {
  const xA = v128.load(x), xB = v128.load(x, 16), xC = v128.load(x, 32), xD = v128.load(x, 48);
  const tanhA = (kinds & 1) !== 0, tanhB = (kinds & 2) !== 0;
  const tanhC = (kinds & 4) !== 0, tanhD = (kinds & 8) !== 0;
  const atA = at, atB = at + 16, atC = at + 32, atD = at + 48;
  // beside A B C D
  let k = constant(LOWEST);
  let r_ = f64x2.pmax(negativeSize(x_, tanh_), tanh_ ? constant(TANH_LOWEST) : k);
  k = constant(ROUND);
  let n_ = fused(r_, constant(LOG2_E), k);
  const whole_ = minus(n_, k);
  k = constant(LN2_HIGH);
  r_ = fusedMinus(whole_, k, r_);
  k = constant(LN2_LOW);
  r_ = fusedMinus(whole_, k, r_);
  v128.store(RESTS + at_, r_);
  v128.store(SCALES + at_, power(n_));
  // end
}

/** exp(r) - 1 in the place of r. */
// @ts-ignore: decorator
@inline
function expand(at: usize): void {
  const atA = at, atB = at + 16, atC = at + 32, atD = at + 48;
  let k: v128;
  // beside A B C D
  let r_ = v128.load(RESTS + at_);
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
  v128.store(RESTS + at_, r_);
  // end
}

/** From exp(r) - 1 and 2ⁿ to the end. */
// @ts-ignore: decorator
@inline
function divide(at: usize, out: usize, step: usize, x: usize, kinds: i32): void {
  const xA = v128.load(x), xB = v128.load(x, 16), xC = v128.load(x, 32), xD = v128.load(x, 48);
  const outA = out, outB = out + step, outC = out + 2 * step, outD = out + 3 * step;
  const tanhA = (kinds & 1) !== 0, tanhB = (kinds & 2) !== 0;
  const tanhC = (kinds & 4) !== 0, tanhD = (kinds & 8) !== 0;
  const atA = at, atB = at + 16, atC = at + 32, atD = at + 48;
  let k: v128;
  // beside A B C D
  const scale_ = v128.load(SCALES + at_), r_ = v128.load(RESTS + at_);
  k = constant(ONE);
  const t_ = tanh_ ? fused(scale_, r_, minus(scale_, k)) : fused(scale_, r_, scale_);
  const above_ = tanh_ ? t_ : f64x2.pmax(t_, v128.andnot(k, f64x2.lt(x_, two(0))));
  const ratio_ = f64x2.div(above_, plus(t_, tanh_ ? constant(TWO) : k));
  k = constant(LOWEST);
  v128.store(out_, tanh_ ? withSign(ratio_, x_) : v128.andnot(ratio_, f64x2.lt(x_, k)));
  // end
}

/** Of one pair. */
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
    const t = fused(scale, m, minus(scale, one));
    return v128.bitselect(x, f64x2.div(t, plus(t, constant(TWO))), two(-0.0));
  }
  const e = fused(scale, m, scale);
  const above = v128.bitselect(e, one, f64x2.lt(x, two(0)));
  return v128.andnot(f64x2.div(above, plus(one, e)), f64x2.lt(x, constant(LOWEST)));
}
