import { exp } from "./exp";
import { log } from "./log";
import { largest } from "./vectors";

/** 2^28, `huge` of lib/numeric/huge.ts. */
const FAR: f64 = 268435456;

/** logProbs[t, k] = logits[t, k] - log Σⱼ exp(logits[t, j]) */
export function logSoftmax(logProbs: usize, logits: usize, T: i32, K: i32): void {
  const pairs = (K & ~1) << 3, bytes = K << 3;
  for (let t = 0; t < T; t++) {
    const most = largest(logits, K);
    const shift = f64x2.splat(most);
    let sums = f64x2.splat(0);
    for (let at = 0; at < pairs; at += 16) {
      sums = f64x2.add(sums, exp(f64x2.sub(v128.load(logits + at), shift)));
    }
    let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    if (pairs < bytes) {
      const last = exp(f64x2.sub(v128.load_splat<f64>(logits + pairs), shift));
      sum += f64x2.extract_lane(last, 0);
    }
    const base: f64 = abs(most) >= FAR ? most : 0;
    const logSum = most - base + f64x2.extract_lane(log(f64x2.splat(sum)), 0);
    for (let at = 0; at < bytes; at += 8) {
      store<f64>(logProbs + at, load<f64>(logits + at) - base - logSum);
    }
    logits += bytes;
    logProbs += bytes;
  }
}

/** out[i] = exp(logProbs[i]) - v[i] */
export function softmaxMinus(out: usize, logProbs: usize, v: usize, n: i32): void {
  const pairs = (n & ~1) << 3;
  for (let at = 0; at < pairs; at += 16) {
    v128.store(out + at, f64x2.sub(exp(v128.load(logProbs + at)), v128.load(v + at)));
  }
  if (n & 1) {
    const last = exp(v128.load_splat<f64>(logProbs + pairs));
    store<f64>(out + pairs, f64x2.extract_lane(last, 0) - load<f64>(v + pairs));
  }
}
