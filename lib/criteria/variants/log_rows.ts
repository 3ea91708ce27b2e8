import type { Arcs } from "../../alignment/mod.ts";

/**
 * One row of the forward recurrence in the log domain:
 * out[s] = y[label s] + log Σₐ exp(before[arcs(s)ₐ] + weightₐ)
 *
 * @param out written at `to` … `to + S - 1`
 * @param y log-probabilities of the frame, from `row` on
 * @param before scores of the frame before, from `from` on
 */
export function forwardRow(
  out: Float64Array,
  to: number,
  y: Float64Array,
  row: number,
  labels: Int32Array,
  before: Float64Array,
  from: number,
  { start, state }: Arcs,
  weight: Float64Array,
): void {
  for (let s = 0; s < labels.length; s++) {
    const sum = logSumArcs(before, from, start[s], start[s + 1], state, weight);
    out[to + s] = sum === -Infinity ? sum : y[row + labels[s]] + sum;
  }
}

/**
 * One frame of the backward recurrence, with the gradient taken on the way:
 *
 * b(s) = log Σₐ exp(r[arcs(s)ₐ] + weightₐ);  v[label s] += exp(α(s) + b(s) - logScore);
 * next[s] = y[label s] + b(s);  then y[k] ← exp y[k] - v[k]
 *
 * @param y log-probabilities of the frame from `row` on, K of them; the gradient afterwards
 * @param alpha forward scores of the frame, from `at` on
 * @param r what goes on from every state at the next frame, that frame's emission included;
 * undefined after the last frame, where `end` says where a path may stop
 * @param next [S] the same for this frame, written
 * @param v [K] scratch
 */
export function backwardRow(
  y: Float64Array,
  row: number,
  labels: Int32Array,
  alpha: Float64Array,
  at: number,
  r: Float64Array | undefined,
  next: Float64Array,
  v: Float64Array,
  { start, state }: Arcs,
  weight: Float64Array,
  end: Float64Array,
  logScore: number,
): void {
  v.fill(0);
  for (let s = 0; s < labels.length; s++) {
    const b = r === undefined ? end[s] : logSumArcs(r, 0, start[s], start[s + 1], state, weight);
    if (b === -Infinity) {
      next[s] = b;
      continue;
    }
    v[labels[s]] += Math.exp(alpha[at + s] + b - logScore);
    next[s] = y[row + labels[s]] + b;
  }
  for (let k = 0; k < v.length; k++) y[row + k] = Math.exp(y[row + k]) - v[k];
}

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
