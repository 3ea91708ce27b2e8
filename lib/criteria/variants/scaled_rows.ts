import type { Arithmetic } from "./fused.ts";
import { openness } from "./variant.ts";

/**
 * In probabilities p = softmax: every row of α is divided by the sum c of the row before, and what
 * goes on from a frame by the same, so that only c needs a logarithm.
 *
 * αₜ(s) = pₜ(s) Σ αₜ₋₁ / cₜ₋₁;  bₜ(s) = Σ rₜ₊₁;  rₜ(s) = pₜ(s) bₜ(s) / cₜ₋₁;
 * v[label s] += αₜ(s) bₜ(s) / F;  dLogits = p - v;
 * log score = log F + Σ log cₜ over all frames but the last
 *
 * where F is the sum of the last α over the states a path may end in. [T]: c.
 *
 * @throws {RangeError} If probabilities underflow, where logs would go on: those of all states at a
 * frame, or so many that the occupancies of a frame do not sum to 1.
 *
 * Source: Rabiner 1989, section V.A; Graves et al. 2006, section 4.1.
 */
export const scaledRows: Arithmetic = (p, logits, topology, T, K, room) => {
  const { labels, initial, final, incoming, outgoing } = topology;
  const S = labels.length, sums = room("c", T), v = room("occupancy", K);
  const before = openness(incoming.logWeight).map(Math.exp);
  const after = openness(outgoing.logWeight).map(Math.exp);
  const start = openness(initial).map(Math.exp), end = openness(final).map(Math.exp);
  // The last row of α that was computed, and its sum: the next row finds it here.
  let last = -1, c = 1;
  let logScore = 0, F = NaN;
  softmax(p, logits, T, K);
  return {
    forward(t, alpha, to, from) {
      if (t > 0 && last !== t - 1) c = sums[t - 1];
      logScore += Math.log(c);
      let total = 0;
      for (let s = 0; s < S; s++) {
        let sum = t === 0 ? start[s] : 0;
        if (t > 0) {
          for (let a = incoming.start[s]; a < incoming.start[s + 1]; a++) {
            sum += alpha[from + incoming.state[a]] * before[a];
          }
        }
        total += alpha[to + s] = p[t * K + labels[s]] * sum / c;
      }
      c = sums[t] = requirePositive(total, t);
      last = t;
    },
    end(alpha, at) {
      F = 0;
      for (let s = 0; s < S; s++) if (end[s] > 0) F += end[s] * alpha[at + s];
      return logScore + Math.log(requirePositive(F, T - 1));
    },
    backward(t, alpha, at, r, next) {
      const c = t > 0 ? sums[t - 1] : 1;
      v.fill(0);
      let occupied = 0;
      for (let s = 0; s < S; s++) {
        let b = t === T - 1 ? end[s] : 0;
        if (t < T - 1) {
          for (let a = outgoing.start[s]; a < outgoing.start[s + 1]; a++) {
            b += r[outgoing.state[a]] * after[a];
          }
        }
        const share = alpha[at + s] * b / F;
        occupied += share;
        v[labels[s]] += share;
        next[s] = p[t * K + labels[s]] * b / c;
      }
      requireOne(occupied, t);
      for (let k = 0; k < K; k++) p[t * K + k] -= v[k];
    },
  };
};

/** p[t, k] = exp(logits[t, k]) / Σⱼ exp(logits[t, j]), row by row. */
function softmax(p: Float64Array, logits: Float64Array, T: number, K: number): void {
  for (let t = 0; t < T; t++) {
    const row = t * K;
    let max = -Infinity;
    for (let k = 0; k < K; k++) max = Math.max(max, logits[row + k]);
    let sum = 0;
    for (let k = 0; k < K; k++) sum += p[row + k] = Math.exp(logits[row + k] - max);
    for (let k = 0; k < K; k++) p[row + k] /= sum;
  }
}

/** @throws {RangeError} If the sum over all states is 0. */
function requirePositive(sum: number, t: number): number {
  if (sum > 0) return sum;
  throw new RangeError(
    `Cannot rescale as the probabilities of all states must not underflow together: ` +
      `those at frame ${t} sum to ${sum}; logs would go on`,
  );
}

/** @throws {RangeError} If the occupancies of a frame do not sum to 1: too much has underflowed. */
function requireOne(sum: number, t: number): void {
  if (Math.abs(sum - 1) <= 1e-10) return;
  throw new RangeError(
    `Cannot rescale as no probability that counts must underflow: ` +
      `the occupancies of frame ${t} sum to ${sum}, not to 1; logs would go on`,
  );
}
