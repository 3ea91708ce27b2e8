// The lattice of a transducer; the plain twin has the formulas. Both sums go along the diagonals of
// the lattice, whose nodes do not wait for each other, four at a time.

import { exp, expFours, expPairs } from "./exp";
import { log, logPairs } from "./log";
import { squash8, TANHS } from "./squash";
import { minus, PAIRS, plus, times, two } from "./vectors";

/** Sums that are not as many as {@link squash8} takes, 16. */
const LAST: usize = memory.data(128, 16);

/** Rows that take each stretch of their way together, so that their chains are on their way at once. */
const GROUP: i32 = 16;
const TOPS: usize = memory.data(128, 16);
const BOTTOMS: usize = memory.data(128, 16);
const SUMS: usize = memory.data(128, 16);
const LOGS: usize = memory.data(128, 16);
/** The shares of blank and label. */
const SHARES: usize = memory.data(256, 16);

/** h[t · C + u, j] = tanh(a[t, j] + b[u, j]) */
export function tanhOfSums(h: usize, a: usize, b: usize, T: i32, C: i32, J: i32): void {
  const bytes = J << 3, pairs = (J & ~1) << 3;
  let out = h;
  for (let t = 0; t < T; t++, a += bytes) {
    for (let u = 0; u < C; u++, out += bytes) {
      const row = b + u * bytes;
      for (let at = 0; at < pairs; at += 16) {
        v128.store(out + at, f64x2.add(v128.load(a + at), v128.load(row + at)));
      }
      if (J & 1) store<f64>(out + pairs, load<f64>(a + pairs) + load<f64>(row + pairs));
    }
  }
  const end = h + T * C * bytes;
  for (; h + 128 <= end; h += 128) squash8(h, 16, 64, h, TANHS);
  if (h === end) return;
  memory.copy(LAST, h, end - h);
  squash8(LAST, 16, 64, LAST, TANHS);
  memory.copy(h, LAST, end - h);
}

export function transducerSteps(
  probs: usize,
  blanks: usize,
  labels: usize,
  logits: usize,
  targets: usize,
  first: i32,
  N: i32,
  C: i32,
  K: i32,
  blank: i32,
): void {
  const bytes = K << 3;
  let u = first % C;
  for (let left = N; left > 0; left -= GROUP) {
    const rows = min(GROUP, left);
    for (let r = 0; r < rows; r++) {
      const row = logits + r * bytes, finite = allFinite(row, K), at = r << 3;
      const most = finite ? load<f64>(RANGE) : NaN;
      store<f64>(BOTTOMS + at, load<f64>(RANGE, 8));
      const target = load<i32>(targets + (u << 2));
      store<f64>(TOPS + at, most);
      store<f64>(blanks + at, load<f64>(row + (blank << 3)) - most);
      store<f64>(labels + at, target < 0 ? -Infinity : load<f64>(row + (target << 3)) - most);
      if (++u === C) u = 0;
    }
    for (let r = 0; r < rows; r++) {
      const at = r << 3, row = r * bytes, most = load<f64>(TOPS + at);
      const above = most - load<f64>(BOTTOMS + at) <= FAR;
      store<f64>(SUMS + at, exponentials(probs + row, logits + row, most, above, K));
    }
    for (let at = 0; at < rows << 3; at += 16) v128.store(LOGS + at, log(v128.load(SUMS + at)));
    for (let at = 0; at < rows << 3; at += 8, probs += bytes) {
      const logSum = load<f64>(LOGS + at);
      store<f64>(blanks + at, load<f64>(blanks + at) - logSum);
      store<f64>(labels + at, load<f64>(labels + at) - logSum);
      scale(probs, 1 / load<f64>(SUMS + at), K);
    }
    logits += rows * bytes;
    blanks += rows << 3;
    labels += rows << 3;
  }
}

/** The largest and the least of what {@link allFinite} found finite. */
const RANGE: usize = memory.data(16, 8);
/** How far below 0 exponents may be that are no less than the log of the least normal double. */
const FAR: f64 = 708;

/** Whether none of n doubles is NaN or ±Infinity: x - x is 0 for the others, and NaN for these. */
// @ts-ignore: decorator
@inline
function allFinite(x: usize, n: i32): bool {
  // Unlike those that take care of NaN, this maximum and this minimum are an instruction each.
  let mostA = two(-Infinity), mostB = mostA, leastA = two(Infinity), leastB = leastA;
  let awayA = two(0), awayB = awayA, i = 0;
  for (; i + 4 <= n; i += 4, x += 32) {
    const a = v128.load(x), b = v128.load(x, 16);
    mostA = f64x2.pmax(mostA, a);
    mostB = f64x2.pmax(mostB, b);
    leastA = f64x2.pmin(leastA, a);
    leastB = f64x2.pmin(leastB, b);
    awayA = plus(awayA, minus(a, a));
    awayB = plus(awayB, minus(b, b));
  }
  for (; i < n; i++, x += 8) {
    const last = v128.load_splat<f64>(x);
    mostA = f64x2.pmax(mostA, last);
    leastA = f64x2.pmin(leastA, last);
    awayA = plus(awayA, minus(last, last));
  }
  mostA = f64x2.pmax(mostA, mostB);
  leastA = f64x2.pmin(leastA, leastB);
  awayA = plus(awayA, awayB);
  store<f64>(RANGE, max(f64x2.extract_lane(mostA, 0), f64x2.extract_lane(mostA, 1)));
  store<f64>(RANGE, min(f64x2.extract_lane(leastA, 0), f64x2.extract_lane(leastA, 1)), 8);
  return f64x2.extract_lane(awayA, 0) + f64x2.extract_lane(awayA, 1) === 0;
}

/** out = exp(x - most), and its sum; `above` if none is farther than FAR. */
// @ts-ignore: decorator
@inline
function exponentials(out: usize, x: usize, most: f64, above: bool, K: i32): f64 {
  const pairs = (K & ~1) << 3, quads = (K & ~3) << 3, shift = two(most);
  let sumsA = two(0), sumsB = two(0), at = 0;
  for (; at + 64 <= quads; at += 64) {
    if (above) expFours(out + at, x + at, shift, true);
    else expFours(out + at, x + at, shift);
    sumsA = f64x2.add(sumsA, v128.load(out + at));
    sumsB = f64x2.add(sumsB, v128.load(out + at, 16));
    sumsA = f64x2.add(sumsA, v128.load(out + at, 32));
    sumsB = f64x2.add(sumsB, v128.load(out + at, 48));
  }
  for (; at < quads; at += 32) {
    const xA = f64x2.sub(v128.load(x + at), shift);
    const xB = f64x2.sub(v128.load(x + at, 16), shift);
    expPairs(out + at, xA, xB);
    sumsA = f64x2.add(sumsA, v128.load(out + at));
    sumsB = f64x2.add(sumsB, v128.load(out + at, 16));
  }
  if (quads < pairs) {
    const pair = exp(f64x2.sub(v128.load(x + quads), shift));
    sumsA = f64x2.add(sumsA, pair);
    v128.store(out + quads, pair);
  }
  const sums = f64x2.add(sumsA, sumsB);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (K & 1) {
    const last = exp(f64x2.sub(v128.load_splat<f64>(x + pairs), shift));
    store<f64>(out + pairs, f64x2.extract_lane(last, 0));
    sum += f64x2.extract_lane(last, 0);
  }
  return sum;
}

/** x *= factor */
// @ts-ignore: decorator
@inline
function scale(x: usize, factor: f64, n: i32): void {
  const pairs = (n & ~1) << 3, factors = two(factor);
  for (let at = 0; at < pairs; at += 16) v128.store(x + at, times(v128.load(x + at), factors));
  if (n & 1) store<f64>(x + pairs, load<f64>(x + pairs) * factor);
}

/** Bytes of scratch that {@link latticeScores} needs: four rows with margins, and sums of a row. */
export function latticeScratch(C: f64): f64 {
  return 6 * 8 * (C + 12);
}

export function latticeScores(
  alpha: usize,
  beta: usize,
  blanks: usize,
  labels: usize,
  T: i32,
  C: i32,
  end: f64,
  scratch: usize,
): void {
  // Diagonals as rows [-1 … C + 3], the one before and the one that is made; what adds up, by column.
  const row = (C + 8) << 3;
  let before = scratch + 8, now = before + row;
  const stays = now + row, moves = stays + row;
  for (let at = scratch; at < stays; at += 8) store<f64>(at, -Infinity);

  store<f64>(alpha, 0);
  store<f64>(before, 0);
  for (let d = 1; d < T + C - 1; d++) {
    const least = max(0, d - T + 1), most = min(C - 1, d);
    for (let u = least; u <= most; u++) {
      const t = d - u, n = t * C + u;
      // What is out of the lattice adds to -Infinity, and may be any number.
      const stayed = t > 0 ? n - C : n, moved = u > 0 ? n - 1 : n, at = u << 3;
      store<f64>(stays + at, load<f64>(before + at) + load<f64>(blanks + (stayed << 3)));
      store<f64>(moves + at, load<f64>(before + at - 8) + load<f64>(labels + (moved << 3)));
    }
    addRows(now, stays, moves, least, most);
    scatter(alpha, now, d, least, most, C);
    const other = before;
    before = now;
    now = other;
  }

  for (let at = scratch; at < stays; at += 8) store<f64>(at, -Infinity);
  store<f64>(before + (C << 3), 0);
  store<f64>(now + (C << 3), 0);
  store<f64>(before + ((C - 1) << 3), end);
  for (let d = T + C - 2; d >= 0; d--) {
    const least = max(0, d - T + 1), most = min(C - 1, d);
    for (let u = least; u <= most; u++) {
      const n = ((d - u) * C + u) << 3, at = u << 3;
      store<f64>(stays + at, load<f64>(before + at) + load<f64>(blanks + n));
      store<f64>(moves + at, load<f64>(before + at + 8) + load<f64>(labels + n));
    }
    addRows(now, stays, moves, least, most);
    store<f64>(now + (C << 3), 0);
    scatter(beta, now, d, least, most, C);
    const other = before;
    before = now;
    now = other;
  }
}

/** out[u] = log(exp(a[u]) + exp(b[u])) for u from `least` to `most`; -Infinity after it. */
// @ts-ignore: decorator
@inline
function addRows(out: usize, a: usize, b: usize, least: i32, most: i32): void {
  for (let u = least; u <= most; u += 4) {
    const at = u << 3;
    const aA = v128.load(a + at), aB = v128.load(a + at, 16);
    const bA = v128.load(b + at), bB = v128.load(b + at, 16);
    const moreA = f64x2.pmax(aA, bA), moreB = f64x2.pmax(aB, bB);
    const lessA = f64x2.pmin(aA, bA), lessB = f64x2.pmin(aB, bB);
    // Of -Infinity twice the difference is NaN, whose exp is taken for 0.
    expPairs(PAIRS, f64x2.sub(lessA, moreA), f64x2.sub(lessB, moreB));
    const sumA = f64x2.add(two(1), v128.load(PAIRS)), sumB = f64x2.add(two(1), v128.load(PAIRS, 16));
    logPairs(PAIRS, sumA, sumB, two(0));
    v128.store(out + at, f64x2.add(moreA, v128.load(PAIRS)));
    v128.store(out + at, f64x2.add(moreB, v128.load(PAIRS, 16)), 16);
  }
  for (let u = most + 1; u < most + 4; u++) store<f64>(out + (u << 3), -Infinity);
}

/** Puts a diagonal where it belongs in [T, C]. */
// @ts-ignore: decorator
@inline
function scatter(to: usize, from: usize, d: i32, least: i32, most: i32, C: i32): void {
  for (let u = least; u <= most; u++) {
    store<f64>(to + (((d - u) * C + u) << 3), load<f64>(from + (u << 3)));
  }
}

export function latticeGradient(
  probs: usize,
  alpha: usize,
  beta: usize,
  blanks: usize,
  labels: usize,
  targets: usize,
  from: i32,
  N: i32,
  T: i32,
  C: i32,
  K: i32,
  blank: i32,
  end: f64,
): void {
  const total = load<f64>(beta), nodes = T * C;
  let u = from % C;
  for (let start = from, last = from + N; start < last; start += GROUP) {
    const rows = min(GROUP, last - start);
    for (let r = 0, column = u; r < rows; r++) {
      const n = start + r, at = n << 3, reached = load<f64>(alpha + at) - total;
      let onBlank: f64 = -Infinity, onLabel: f64 = 0;
      if (n + C < nodes) onBlank = load<f64>(beta + at + (C << 3));
      else if (n === nodes - 1) onBlank = end;
      if (column < C - 1) onLabel = load<f64>(beta + at, 8);
      const shares = f64x2.splat(reached + load<f64>(blanks + at) + onBlank);
      const both = f64x2.replace_lane(shares, 1, reached + load<f64>(labels + at) + onLabel);
      v128.store(SHARES + (r << 4), exp(both));
      if (++column === C) column = 0;
    }
    for (let r = 0; r < rows; r++, probs += K << 3) {
      const b = load<f64>(SHARES + (r << 4)), a = load<f64>(SHARES + (r << 4), 8);
      scale(probs, b + a, K);
      const blankAt = probs + (blank << 3);
      store<f64>(blankAt, load<f64>(blankAt) - b);
      const target = load<i32>(targets + (u << 2));
      if (target >= 0) {
        const targetAt = probs + (target << 3);
        store<f64>(targetAt, load<f64>(targetAt) - a);
      }
      if (++u === C) u = 0;
    }
  }
}
