import { expPairs } from "./exp";
import { fused, minus, plus, times, two } from "./vectors";

/** Four exponentials of which some are not wanted. */
const LAST: usize = memory.data(32, 16);

/** p[i, j] = exp(scores[i, j]) / Σₖ exp(scores[i, k]) */
export function softmax(p: usize, scores: usize, n: i32, m: i32): void {
  const bytes = m << 3, pairs = bytes & ~15, fours = bytes & ~31;
  for (let i = 0; i < n; i++) {
    let top = two(-Infinity);
    for (let at = 0; at < pairs; at += 16) top = f64x2.max(top, v128.load(scores + at));
    let most = max(f64x2.extract_lane(top, 0), f64x2.extract_lane(top, 1));
    if (pairs < bytes) most = max(most, load<f64>(scores + pairs));
    const shift = two(most);
    let sums = two(0);
    for (let at = 0; at < fours; at += 32) {
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
    scores += bytes;
  }
}

/** dScores[i, j] = p[i, j] (dp[i, j] - Σₖ p[i, k] dp[i, k]) */
export function softmaxBackward(dScores: usize, p: usize, dp: usize, n: i32, m: i32): void {
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
    dScores += bytes;
    p += bytes;
    dp += bytes;
  }
}
