import type { Arcs } from "../../alignment/mod.ts";

/** p[t, k] = exp(logits[t, k]) / Σⱼ exp(logits[t, j]), row by row. */
export function softmax(p: Float64Array, logits: Float64Array, T: number, K: number): void {
  for (let t = 0; t < T; t++) {
    const row = t * K;
    let max = -Infinity;
    for (let k = 0; k < K; k++) max = Math.max(max, logits[row + k]);
    let sum = 0;
    for (let k = 0; k < K; k++) sum += p[row + k] = Math.exp(logits[row + k] - max);
    for (let k = 0; k < K; k++) p[row + k] /= sum;
  }
}

/**
 * One row of the forward recurrence in probabilities, the row before divided by its sum on the way:
 * out[s] = p[label s] · Σₐ before[arcs(s)ₐ] weightₐ / c
 *
 * @param out written at `to` … `to + S - 1`
 * @param p probabilities of the frame, from `row` on
 * @param c sum of the row before
 * @returns the sum of the new row
 */
export function scaledForwardRow(
  out: Float64Array,
  to: number,
  p: Float64Array,
  row: number,
  labels: Int32Array,
  before: Float64Array,
  from: number,
  c: number,
  { start, state }: Arcs,
  weight: Float64Array,
): number {
  let total = 0;
  for (let s = 0; s < labels.length; s++) {
    let sum = 0;
    for (let a = start[s]; a < start[s + 1]; a++) sum += before[from + state[a]] * weight[a];
    total += out[to + s] = p[row + labels[s]] * sum / c;
  }
  return total;
}

/** The first row: out[s] = p[label s] · start[s]; returns its sum. */
export function scaledFirstRow(
  out: Float64Array,
  p: Float64Array,
  labels: Int32Array,
  start: Float64Array,
): number {
  let total = 0;
  for (let s = 0; s < labels.length; s++) total += out[s] = p[labels[s]] * start[s];
  return total;
}

/**
 * One frame of the backward recurrence in probabilities, with the gradient taken on the way:
 *
 * b(s) = Σₐ r[arcs(s)ₐ] weightₐ;  v[label s] += α(s) b(s) / F;  next[s] = p[label s] b(s) / c;
 * then p[k] ← p[k] - v[k]
 *
 * @param p probabilities of the frame from `row` on, K of them; the gradient afterwards
 * @param alpha scaled forward scores of the frame, from `at` on
 * @param r what goes on from every state at the next frame; undefined after the last frame, where
 * `end` says where a path may stop
 * @param next [S] the same for this frame, written
 * @param v [K] scratch
 * @param c sum of the forward row before this frame's
 * @param F sum of the last forward row over the states a path may stop in
 * @throws {RangeError} If the shares of the states do not sum to 1.
 */
export function scaledBackwardRow(
  p: Float64Array,
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
  c: number,
  F: number,
): void {
  v.fill(0);
  let shares = 0;
  for (let s = 0; s < labels.length; s++) {
    let b = 0;
    if (r === undefined) b = end[s];
    else for (let a = start[s]; a < start[s + 1]; a++) b += r[state[a]] * weight[a];
    const share = alpha[at + s] * b / F;
    shares += share;
    v[labels[s]] += share;
    next[s] = p[row + labels[s]] * b / c;
  }
  requireOne(shares, row / v.length);
  for (let k = 0; k < v.length; k++) p[row + k] -= v[k];
}

/** @throws {RangeError} If the sum over all states is 0. */
export function requirePositive(sum: number, t: number): number {
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
