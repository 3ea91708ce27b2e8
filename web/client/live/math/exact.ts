/**
 * Elementary functions rounded correctly, in whole numbers of 256 bits behind the point. Slow: some
 * microseconds each; `rounded.ts` asks it where it cannot decide by itself.
 *
 * @module
 */
const { log, log1p } = Math; // the engine's own, whatever Math becomes
const BITS = 256n;
const ONE = 1n << BITS;

const times = (a: bigint, b: bigint) => (a * b) >> BITS;

/** atanh(1 / n) = Σ 1 / ((2 i + 1) n^(2 i + 1)), or with alternating signs atan(1 / n). */
function inverseSeries(n: bigint, sign: 1n | -1n): bigint {
  let sum = 0n, power = ONE / n;
  for (let i = 1n, s = 1n; power !== 0n; i += 2n, s *= sign) {
    sum += s * power / i;
    power /= n * n;
  }
  return sum;
}

const LN2 = 2n * inverseSeries(3n, 1n);
const PI = 16n * inverseSeries(5n, -1n) - 4n * inverseSeries(239n, -1n);

const words = new BigUint64Array(1), double = new Float64Array(words.buffer);

/** A finite number, exactly but for what is below the last bit. */
function fixed(x: number): bigint {
  double[0] = Math.abs(x);
  const exponent = words[0] >> 52n, fraction = words[0] & ((1n << 52n) - 1n);
  const whole = exponent === 0n ? fraction : fraction | (1n << 52n);
  const shift = BITS + (exponent === 0n ? 1n : exponent) - 1075n;
  const value = shift >= 0n ? whole << shift : whole >> -shift;
  return x < 0 ? -value : value;
}

/** The nearest double, ties to even, as Number() takes it. */
const nearest = (value: bigint): number => Number(value) * 2 ** -256;

/** exp(v) 2^-k, from 1 to 2, and k. */
function expParts(v: bigint): { part: bigint; k: bigint } {
  let k = v / LN2;
  if (v - k * LN2 < 0n) k -= 1n;
  const r = (v - k * LN2) >> 8n;
  let part = ONE, term = ONE;
  for (let i = 1n; term !== 0n; i++) {
    term = times(term, r) / i;
    part += term;
  }
  for (let i = 0; i < 8; i++) part = times(part, part);
  return { part, k };
}

function expOf(v: bigint): bigint {
  const { part, k } = expParts(v);
  return k >= 0n ? part << k : part >> -k;
}

/** By Newton's method from a first guess: y + v / exp(y) - 1. */
function logOf(v: bigint, guess: number): bigint {
  let y = fixed(guess);
  for (let i = 0; i < 3; i++) y += times(v, expOf(-y)) - ONE;
  return y;
}

/** sin and cos of v less a multiple of π / 2, and which multiple. */
function turned(v: bigint): { sin: bigint; cos: bigint; quarter: number } {
  const half = PI / 2n;
  let n = (v + half / 2n) / half;
  if (v + half / 2n < n * half) n -= 1n;
  const r = v - n * half, square = times(r, r);
  let sin = 0n, cos = 0n;
  for (let i = 1n, term = ONE; term !== 0n; i += 2n) {
    cos += term;
    term = times(term, r) / i;
    sin += term;
    term = -times(term, r) / (i + 1n);
    if (square === 0n) break;
  }
  return { sin, cos, quarter: Number(((n % 4n) + 4n) % 4n) };
}

/** A number as two doubles, of which the first is the nearest. */
export interface Pair {
  readonly high: number;
  readonly low: number;
}

function pairOf(value: bigint): Pair {
  const high = nearest(value);
  return { high, low: nearest(value - fixed(high)) };
}

/** 2^x as two doubles, of x from 0 to 1. */
export const powerPair = (x: number): Pair => pairOf(expOf(times(fixed(x), LN2)));
/** log x as two doubles. */
export const logPair = (x: number): Pair => pairOf(logOf(fixed(x), log(x)));

/** e^x, of |x| to 700. */
export function exactExp(x: number): number {
  const { part, k } = expParts(fixed(x));
  return nearest(part) * 2 ** Number(k);
}
/** e^x - 1, of x from -100 to 700. */
export const exactExpm1 = (x: number): number => nearest(expOf(fixed(x)) - ONE);
/** log x, of x from 1e-50 to 1e300. */
export const exactLog = (x: number): number => nearest(logOf(fixed(x), log(x)));
/** log(1 + x), of x from above -1 to 1e300. */
export const exactLog1p = (x: number): number => nearest(logOf(ONE + fixed(x), log1p(x)));
/** log x / log 2, of x from 1e-50 to 1e300. */
export const exactLog2 = (x: number): number => nearest((logOf(fixed(x), log(x)) << BITS) / LN2);
/** sin x, of |x| from 1e-8 to 1e15. */
export function exactSin(x: number): number {
  const { sin, cos, quarter } = turned(fixed(x));
  return nearest([sin, cos, -sin, -cos][quarter]);
}
/** cos x, of |x| to 1e15. */
export function exactCos(x: number): number {
  const { sin, cos, quarter } = turned(fixed(x));
  return nearest([cos, -sin, -cos, sin][quarter]);
}
