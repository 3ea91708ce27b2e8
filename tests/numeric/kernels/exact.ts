// exp, log, sigmoid and tanh to 300 binary places in BigInt, to count errors in units in the last
// place (ulp) of the right double.

const PLACES = 300n;
const ONE = 1n << PLACES;

/** A real number: `digits` · 2^(power - 300), digits of about 300 bits. */
interface Real {
  readonly digits: bigint;
  readonly power: number;
}

/** ln 2 = Σ 1 / (n 2ⁿ) */
const LN2 = (() => {
  let sum = 0n;
  for (let n = 1n; n < PLACES; n++) sum += (ONE >> n) / n;
  return sum;
})();

/** The double as digits · 2^power. */
function decompose(x: number): { digits: bigint; power: number } {
  const [bits] = new BigUint64Array(new Float64Array([x]).buffer);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const digits = exponent === 0 ? fraction : fraction | (1n << 52n);
  return { digits: x < 0 ? -digits : digits, power: Math.max(exponent, 1) - 1075 };
}

function shift(digits: bigint, by: number): bigint {
  return by >= 0 ? digits << BigInt(by) : digits >> BigInt(-by);
}

/** x · 2^300, cut. */
function fixed(x: number): bigint {
  const { digits, power } = decompose(x);
  return shift(digits, power + Number(PLACES));
}

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> PLACES;
}

/** e^(x / 2^300) by its power series, after n ln 2 is taken off. */
function expFixed(x: bigint): Real {
  const n = x / LN2;
  const r = x - n * LN2;
  let term = ONE, sum = ONE;
  for (let k = 1n; term !== 0n; k++) {
    term = times(term, r) / k;
    if (term === -1n) break;
    sum += term;
  }
  return { digits: sum, power: Number(n) };
}

export function exp(x: number): Real {
  return expFixed(fixed(x));
}

/** 1 / (1 + e) or e / (1 + e) with e = exp(-|x|). */
export function sigmoid(x: number): Real {
  const { digits, power } = expFixed(-fixed(Math.abs(x)));
  const sum = ONE + shift(digits, power);
  if (x >= 0) return { digits: (ONE * ONE) / sum, power: 0 };
  return { digits: (digits * ONE) / sum, power };
}

/** (e^2x - 1) / (e^2x + 1); x - x³/3 where |x| < 2^-40. */
export function tanh(x: number): Real {
  if (Math.abs(x) < 2 ** -40) {
    const { digits, power } = decompose(x);
    const square = fixed(x * x);
    return { digits: times(digits << PLACES, ONE - square / 3n), power };
  }
  if (Math.abs(x) > 100) return { digits: x < 0 ? -ONE : ONE, power: 0 };
  const { digits, power } = expFixed(2n * fixed(x));
  const e = shift(digits, power);
  return { digits: ((e - ONE) * ONE) / (e + ONE), power: 0 };
}

/** y + log(x / e^y) with y = Math.log(x), whose rest d = x / e^y - 1 is about 1e-16. */
export function log(x: number): Real {
  const y = Math.log(x);
  const e = expFixed(fixed(y));
  const { digits, power } = decompose(x);
  const ratio = shift((digits << (2n * PLACES)) / e.digits, power - e.power);
  const d = ratio - ONE;
  const square = times(d, d);
  return { digits: fixed(y) + d - square / 2n + times(square, d) / 3n, power: 0 };
}

/** How far `actual` is from the real number, in ulp of the double nearest to it. */
export function ulpError(actual: number, { digits, power }: Real): number {
  const size = digits < 0n ? -digits : digits;
  const top = size.toString(2).length - 1 - Number(PLACES) + power;
  if (top >= 1024) return actual === (digits < 0n ? -Infinity : Infinity) ? 0 : Infinity;
  if (!Number.isFinite(actual)) return Infinity;
  const ulp = Math.max(top - 52, -1074);
  // Everything in units of 2^(ulp - 64).
  const got = decompose(actual);
  const difference = shift(got.digits, got.power - ulp + 64) -
    shift(digits, power - Number(PLACES) - ulp + 64);
  return Math.abs(Number(difference)) / 2 ** 64;
}
