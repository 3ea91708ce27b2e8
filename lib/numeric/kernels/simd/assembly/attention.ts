import { expFours, expPairs } from "./exp";
import {
  addPanels,
  addProduct,
  addTransposedProduct,
  packPanels,
  panelBytes,
  productScratch,
  transposedScratch,
} from "./products";
import { PANEL } from "./tiles";
import { fused, largest, minus, plus, times, two } from "./vectors";

/** Four exponentials of which some are not wanted. */
const LAST: usize = memory.data(32, 16);

/** p[i, j] = exp(scores[i, j]) / Σₖ exp(scores[i, k]) */
export function softmax(p: usize, scores: usize, n: i32, m: i32): void {
  softmaxRows(p, scores, n, m, m << 3);
}

/** dScores[i, j] = p[i, j] (dp[i, j] - Σₖ p[i, k] dp[i, k]) */
export function softmaxBackward(dScores: usize, p: usize, dp: usize, n: i32, m: i32): void {
  softmaxRowsBackward(dScores, p, dp, n, m, m << 3);
}

/** {@link softmax} of rows that are `step` bytes apart. */
function softmaxRows(p: usize, scores: usize, n: i32, m: i32, step: i32): void {
  const bytes = m << 3, pairs = bytes & ~15, fours = bytes & ~31;
  for (let i = 0; i < n; i++) {
    const shift = two(largest(scores, m));
    let sums = two(0);
    let done = 0;
    for (; done + 64 <= bytes; done += 64) {
      const to = p + done;
      expFours(to, scores + done, shift);
      sums = plus(sums, plus(v128.load(to), v128.load(to, 16)));
      sums = plus(sums, plus(v128.load(to, 32), v128.load(to, 48)));
    }
    for (let at = done; at < fours; at += 32) {
      const from = scores + at, to = p + at;
      expPairs(to, minus(v128.load(from), shift), minus(v128.load(from, 16), shift));
      sums = plus(sums, plus(v128.load(to), v128.load(to, 16)));
    }
    let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    if (fours < bytes) {
      for (let at = fours; at < bytes; at += 8) {
        store<f64>(LAST + (at - fours), load<f64>(scores + at));
      }
      expPairs(LAST, minus(v128.load(LAST), shift), minus(v128.load(LAST, 16), shift));
      for (let at = fours; at < bytes; at += 8) {
        const one = load<f64>(LAST + (at - fours));
        store<f64>(p + at, one);
        sum += one;
      }
    }
    const share = two(1 / sum);
    for (let at = 0; at < pairs; at += 16) v128.store(p + at, times(v128.load(p + at), share));
    if (pairs < bytes) store<f64>(p + pairs, load<f64>(p + pairs) * (1 / sum));
    p += bytes;
    scores += step;
  }
}

/** {@link softmaxBackward} where rows of the gradients are `step` bytes apart. */
function softmaxRowsBackward(
  dScores: usize,
  p: usize,
  dp: usize,
  n: i32,
  m: i32,
  step: i32,
): void {
  const bytes = m << 3, pairs = bytes & ~15;
  for (let i = 0; i < n; i++) {
    let sums = two(0);
    for (let at = 0; at < pairs; at += 16) {
      sums = fused(v128.load(p + at), v128.load(dp + at), sums);
    }
    let mean = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    if (pairs < bytes) mean += load<f64>(p + pairs) * load<f64>(dp + pairs);
    const means = two(mean);
    for (let at = 0; at < pairs; at += 16) {
      v128.store(dScores + at, times(v128.load(p + at), minus(v128.load(dp + at), means)));
    }
    if (pairs < bytes) {
      store<f64>(dScores + pairs, load<f64>(p + pairs) * (load<f64>(dp + pairs) - mean));
    }
    dScores += step;
    p += bytes;
    dp += step;
  }
}

// Scores of a head by distance have 2T - 1 columns, T - 1 … -(T - 1), of which frame t uses the T
// from column T - 1 - t on. Read with rows of 2T - 2 columns from the first frame's on, those are the
// scores by frame: products of either kind are added where they belong, and nothing is moved.

/** Frames whose distances are taken together: n of them use T + n - 1 columns. */
const SOME: i32 = 32;

/** Columns of a head from which on single precision is worth its conversions. */
const WIDE: i32 = 16;

/** Bytes of scratch that both passes need for T frames of heads d wide. */
export function attendScratch(T: f64, d: f64): f64 {
  const W = 2 * T;
  return T * W * 8 + max(panelBytes(d, W), panelBytes(W, d)) +
    max(max(productScratch(d, T), productScratch(W, d)), transposedScratch(W));
}

export function attendForward(
  o: usize,
  p: usize,
  q: usize,
  k: usize,
  v: usize,
  far: usize,
  distances: usize,
  T: i32,
  D: i32,
  heads: i32,
  relative: bool,
  scratch: usize,
): void {
  attendForwardBy<f64>(
    o, p, q, k, v, far, distances, T, D, heads, relative, scratch,
  );
}

/** {@link attendForward}, products of wide heads in single precision. */
export function attendForwardSingle(
  o: usize,
  p: usize,
  q: usize,
  k: usize,
  v: usize,
  far: usize,
  distances: usize,
  T: i32,
  D: i32,
  heads: i32,
  relative: bool,
  scratch: usize,
): void {
  if (D / heads >= WIDE) {
    attendForwardBy<f32>(
      o, p, q, k, v, far, distances, T, D, heads, relative, scratch,
    );
  } else {
    attendForwardBy<f64>(
      o, p, q, k, v, far, distances, T, D, heads, relative, scratch,
    );
  }
}

function attendForwardBy<F>(
  o: usize,
  p: usize,
  q: usize,
  k: usize,
  v: usize,
  far: usize,
  distances: usize,
  T: i32,
  D: i32,
  heads: i32,
  relative: bool,
  scratch: usize,
): void {
  const d = D / heads, row = D << 3, pRow = T << 3;
  const W = relative ? 2 * T - 1 : T, wide = W << 3, step = relative ? wide - 8 : wide;
  const first = scratch + (relative ? T - 1 << 3 : 0), keys = scratch + T * wide;
  const room = keys + (W + 7 & ~7) * d * 8;
  for (let h = 0; h < heads; h++) {
    if (relative) scoreDistances<F>(scratch, far, distances, keys, T, d, row, room);
    addProduct<F>(first, relative ? first : 0, q, k, T, d, T, step, row, 8, row, room);
    softmaxRows(p, first, T, T, step);
    addProduct<F>(o, o, p, v, T, T, d, row, pRow, row, 8, room);
    p += T * pRow;
    o += d << 3, q += d << 3, k += d << 3, v += d << 3, far += d << 3, distances += d << 3;
  }
}

/** Scores by distance, where frames use them. */
function scoreDistances<F>(
  scores: usize,
  far: usize,
  distances: usize,
  keys: usize,
  T: i32,
  d: i32,
  row: i32,
  room: usize,
): void {
  const W = 2 * T - 1, wide = W << 3;
  packPanels<F>(keys, distances, d, W, 8, row);
  // What is left over comes first, so that all start at a panel.
  for (let t = 0, n = (T - 1 & SOME - 1) + 1; t < T; t += n, n = SOME) {
    const first = T - t - n, some = keys + first * sizeof<F>() * d, to = scores + t * wide + (first << 3);
    addPanels<F>(to, 0, far + t * row, some, n, d, T + n - 1, wide, row, d * PANEL, room);
  }
}

export function attendBackward(
  dq: usize,
  dk: usize,
  dv: usize,
  dFar: usize,
  dDistances: usize,
  dO: usize,
  p: usize,
  q: usize,
  k: usize,
  v: usize,
  far: usize,
  distances: usize,
  T: i32,
  D: i32,
  heads: i32,
  relative: bool,
  scratch: usize,
): void {
  attendBackwardBy<f64>(
    dq, dk, dv, dFar, dDistances, dO, p, q, k, v, far, distances, T, D, heads, relative, scratch,
  );
}

/** {@link attendBackward}, products of wide heads in single precision. */
export function attendBackwardSingle(
  dq: usize,
  dk: usize,
  dv: usize,
  dFar: usize,
  dDistances: usize,
  dO: usize,
  p: usize,
  q: usize,
  k: usize,
  v: usize,
  far: usize,
  distances: usize,
  T: i32,
  D: i32,
  heads: i32,
  relative: bool,
  scratch: usize,
): void {
  if (D / heads >= WIDE) {
    attendBackwardBy<f32>(
      dq, dk, dv, dFar, dDistances, dO, p, q, k, v, far, distances, T, D, heads, relative, scratch,
    );
  } else {
    attendBackwardBy<f64>(
      dq, dk, dv, dFar, dDistances, dO, p, q, k, v, far, distances, T, D, heads, relative, scratch,
    );
  }
}

function attendBackwardBy<F>(
  dq: usize,
  dk: usize,
  dv: usize,
  dFar: usize,
  dDistances: usize,
  dO: usize,
  p: usize,
  q: usize,
  k: usize,
  v: usize,
  far: usize,
  distances: usize,
  T: i32,
  D: i32,
  heads: i32,
  relative: bool,
  scratch: usize,
): void {
  const d = D / heads, row = D << 3, pRow = T << 3;
  const W = relative ? 2 * T - 1 : T, wide = W << 3, step = relative ? wide - 8 : wide;
  const first = scratch + (relative ? T - 1 << 3 : 0), keys = scratch + T * wide;
  const room = keys + (d + 7 & ~7) * W * 8;
  for (let h = 0; h < heads; h++) {
    addProduct<F>(first, 0, dO, v, T, d, T, step, row, 8, row, room);
    addTransposedProduct<F>(dv, p, dO, T, T, d, row, pRow, row, room);
    softmaxRowsBackward(first, p, first, T, T, step);
    addProduct<F>(dq, dq, first, k, T, T, d, row, step, row, 8, room);
    addTransposedProduct<F>(dk, first, q, T, T, d, row, step, row, room);
    if (relative) addDistances<F>(dFar, dDistances, scratch, far, distances, keys, T, d, row, room);
    p += T * pRow;
    dO += d << 3, q += d << 3, k += d << 3, v += d << 3, far += d << 3, distances += d << 3;
    dq += d << 3, dk += d << 3, dv += d << 3, dFar += d << 3, dDistances += d << 3;
  }
}

/** The gradients of queries and keys of distances. */
function addDistances<F>(
  dFar: usize,
  dDistances: usize,
  dScores: usize,
  far: usize,
  distances: usize,
  keys: usize,
  T: i32,
  d: i32,
  row: i32,
  room: usize,
): void {
  const W = 2 * T - 1, wide = W << 3;
  packPanels<F>(keys, distances, W, d, row, 8);
  for (let t = 0; t < T; t += SOME) {
    const n = min(SOME, T - t), first = T - t - n, some = T + n - 1;
    const from = dScores + t * wide + (first << 3);
    // What one frame does not use of what the others do.
    for (let r = 0, at = from; r < n; r++, at += wide) {
      memory.fill(at, 0, n - 1 - r << 3);
      memory.fill(at + (some - r << 3), 0, r << 3);
    }
    const by = keys + first * PANEL, to = dFar + t * row;
    addPanels<F>(to, to, from, by, n, some, d, row, wide, W * PANEL, room);
    addTransposedProduct<F>(
      dDistances + first * row, from, far + t * row, some, n, d, row, wide, row, room,
    );
  }
}
