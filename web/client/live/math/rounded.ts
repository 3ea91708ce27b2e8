import {
  exactCos,
  exactExp,
  exactExpm1,
  exactLog,
  exactLog1p,
  exactLog2,
  exactSin,
  logPair,
  type Pair,
  powerPair,
} from "./exact.ts";

/** What two doubles may be wrong by, against the first of them: far more than they are. */
const WRONG = 2 ** -62;
const SPLIT = 2 ** 27 + 1;
/** log 2: the first part has 33 bits. */
const LN2_HIGH = 0.6931471803691238, LN2_LOW = 1.9082149292705877e-10;
const STEPS = 128;

/** 2^(j / 128) as two doubles each, and log(j / 128) of j from 96 to 192. */
const powers = pairs(STEPS, (j) => powerPair(j / STEPS));
const logs = pairs(193, (j) => j < 96 || j === STEPS ? { high: 0, low: 0 } : logPair(j / STEPS));

function pairs(length: number, of: (j: number) => Pair): Float64Array {
  return Float64Array.from(Array.from({ length }, (_, j) => of(j)).flatMap((p) => [p.high, p.low]));
}
const words = new Uint32Array(2), double = new Float64Array(words.buffer);

/** What the last {@linkcode sum} or {@linkcode product} has lost. */
let rest = 0;

function sum(a: number, b: number): number {
  const s = a + b, part = s - a;
  rest = (a - (s - part)) + (b - part);
  return s;
}

function product(a: number, b: number): number {
  const p = a * b, aUp = SPLIT * a, bUp = SPLIT * b;
  const a1 = aUp - (aUp - a), b1 = bUp - (bUp - b), a2 = a - a1, b2 = b - b1;
  rest = ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2;
  return p;
}

/** high + low, if it is the same double whatever is wrong with it; else NaN. */
function decided(high: number, low: number): number {
  const wrong = Math.abs(high) * WRONG, least = high + (low - wrong), most = high + (low + wrong);
  return least === most ? least : NaN;
}

let high = 0, low = 0;

/** e^x 2^-k in two doubles, of |x| < 700. */
function expParts(x: number): number {
  const k = Math.floor(x * (STEPS / LN2_HIGH) + 0.5);
  const first = sum(x, -k * (LN2_HIGH / STEPS)), firstRest = rest;
  const r = sum(first, -k * (LN2_LOW / STEPS)), rRest = rest + firstRest;
  const r2 = r * r;
  const more = rRest + rRest * r +
    r2 * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r / 5040)))));
  const s = sum(r, more), sRest = rest;
  const j = k & (STEPS - 1), powerHigh = powers[2 * j], powerLow = powers[2 * j + 1];
  const t = product(powerHigh, s), tRest = rest;
  high = sum(powerHigh, t);
  low = rest + (tRest + (powerLow + powerHigh * sRest + powerLow * s));
  return (k - j) / STEPS;
}

/** log(x + more) in two doubles, of normal x and a `more` below its last bit. */
function logParts(x: number, more: number): void {
  double[0] = x;
  let k = ((words[1] >>> 20) & 0x7ff) - 1023;
  words[1] = (words[1] & 0xfffff) | 0x3ff00000;
  let m = double[0];
  if (m > 1.5) {
    m /= 2;
    k++;
  }
  const j = Math.floor(m * STEPS + 0.5), c = j / STEPS, d = m - c, r = d / c;
  const back = product(r, c);
  const rRest = ((d - back) - rest) / c + more / x * (m / c);
  const square = product(r, r), squareRest = rest;
  const series = 1 / 3 -
    r * (1 / 4 - r * (1 / 5 - r * (1 / 6 - r * (1 / 7 - r * (1 / 8 - r / 9)))));
  const small = sum(r, -square / 2);
  const smallRest = rest - squareRest / 2 + rRest - rRest * r + r * square * series;
  const logHigh = logs[2 * j], logLow = logs[2 * j + 1];
  const whole = sum(k * LN2_HIGH, logHigh), wholeRest = rest;
  high = sum(whole, small);
  low = rest + (wholeRest + (k * LN2_LOW + logLow + smallRest));
}

/** e^x */
export function exp(x: number): number {
  if (!(Math.abs(x) < 700)) return engine.exp(x);
  if (Math.abs(x) < 2 ** -54) return 1;
  const k = expParts(x), y = decided(high, low);
  return y === y ? y * 2 ** k : exactExp(x);
}

/** log x */
export function log(x: number): number {
  if (!(x > 1e-50 && x < 1e300) || x === 1) return engine.log(x);
  logParts(x, 0);
  const y = decided(high, low);
  return y === y ? y : exactLog(x);
}

/** log(1 + x) */
export function log1p(x: number): number {
  if (!(x > -1 && x < 1e300) || x === 0) return engine.log1p(x);
  if (Math.abs(x) < 2 ** -6) return smallLog1p(x);
  const s = sum(1, x);
  logParts(s, rest);
  const y = decided(high, low);
  return y === y ? y : exactLog1p(x);
}

/** log(1 + x) of small x, by its series. */
function smallLog1p(x: number): number {
  const square = product(x, x), squareRest = rest;
  let series = 0;
  for (let n = 14; n >= 3; n--) series = x * series + (n % 2 === 0 ? -1 : 1) / n;
  const small = sum(x, -square / 2);
  const y = decided(small, rest - squareRest / 2 + x * square * series);
  return y === y ? y : exactLog1p(x);
}

/** e^x - 1 */
export function expm1(x: number): number {
  if (!(x > -100 && x < 700) || Math.abs(x) < 2 ** -54) return engine.expm1(x);
  if (Math.abs(x) < 1 / 8) return exactExpm1(x);
  const scale = 2 ** expParts(x), first = sum(high * scale, -1);
  const y = decided(first, rest + low * scale);
  return y === y ? y : exactExpm1(x);
}

/** log x / log 2 */
export function log2(x: number): number {
  return x > 1e-50 && x < 1e300 && x !== 1 ? exactLog2(x) : engine.log2(x);
}

/** sin x */
export function sin(x: number): number {
  return Math.abs(x) > 1e-8 && Math.abs(x) < 1e15 ? exactSin(x) : engine.sin(x);
}

/** cos x */
export function cos(x: number): number {
  return Math.abs(x) > 1e-8 && Math.abs(x) < 1e15 ? exactCos(x) : engine.cos(x);
}

const engine = { ...pick("exp", "log", "log1p", "expm1", "log2", "sin", "cos") };

function pick<K extends keyof Math>(...names: K[]): Pick<Math, K> {
  return Object.fromEntries(names.map((name) => [name, Math[name]])) as Pick<Math, K>;
}
