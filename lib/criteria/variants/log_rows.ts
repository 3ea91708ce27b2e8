import { logSoftmax } from "../../numeric/kernels/plain/mod.ts";
import type { Arithmetic } from "./fused.ts";
import { logSumStates, openness } from "./variant.ts";

/**
 * In logs, with y = log softmax and sums over what may be taken:
 *
 * αₜ(s) = y(s) + log Σ exp αₜ₋₁;  bₜ(s) = log Σ exp rₜ₊₁;  rₜ(s) = y(s) + bₜ(s);
 * v[label s] += exp(αₜ(s) + bₜ(s) - log score);  dLogits = exp y - v
 */
export const logRows: Arithmetic = (y, logits, topology, T, K, room) => {
  const { labels, initial, final, incoming, outgoing } = topology;
  const S = labels.length, v = room("occupancy", K);
  const before = openness(incoming.logWeight), after = openness(outgoing.logWeight);
  const start = openness(initial), end = openness(final);
  let logScore = NaN;
  logSoftmax(y, logits, T, K);
  return {
    forward(t, alpha, to, from) {
      for (let s = 0; s < S; s++) {
        const sum = t === 0 ? start[s] : logSumArcs(
          alpha,
          from,
          incoming.start[s],
          incoming.start[s + 1],
          incoming.state,
          before,
        );
        alpha[to + s] = sum === -Infinity ? sum : y[t * K + labels[s]] + sum;
      }
    },
    end: (alpha, at) => logScore = logSumStates(alpha, at, end),
    backward(t, alpha, at, r, next) {
      v.fill(0);
      for (let s = 0; s < S; s++) {
        const b = t === T - 1
          ? end[s]
          : logSumArcs(r, 0, outgoing.start[s], outgoing.start[s + 1], outgoing.state, after);
        if (b === -Infinity) {
          next[s] = b;
          continue;
        }
        v[labels[s]] += Math.exp(alpha[at + s] + b - logScore);
        next[s] = y[t * K + labels[s]] + b;
      }
      for (let k = 0; k < K; k++) y[t * K + k] = Math.exp(y[t * K + k]) - v[k];
    },
  };
};

/** log Σₐ exp(scores[from + state[a]] + weight[a]) over the arcs first … last - 1 */
function logSumArcs(
  scores: Float64Array,
  from: number,
  first: number,
  last: number,
  state: Int32Array,
  weight: Float64Array,
): number {
  // Each score is read once: the running maximum is kept with the sum it belongs to.
  let max = -Infinity, sum = 0;
  for (let a = first; a < last; a++) {
    const term = scores[from + state[a]] + weight[a];
    if (term === -Infinity) continue;
    if (term > max) {
      sum = 1 + (sum === 0 ? 0 : sum * Math.exp(max - term));
      max = term;
    } else sum += Math.exp(term - max);
  }
  return max === -Infinity ? max : sum === 1 ? max : max + Math.log(sum);
}
