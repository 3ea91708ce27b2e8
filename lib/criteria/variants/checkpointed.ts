import { logSoftmax } from "../../numeric/kernels/plain/mod.ts";
import { backwardRow, forwardRow } from "./log_rows.ts";
import { type CtcVariant, logSumStates, openness } from "./variant.ts";

/**
 * As {@link fused}, but of α only every ⌈√T⌉-th row is kept; the rows in between are computed again
 * from it, one stretch of ⌈√T⌉ frames at a time, from the last to the first.
 *
 * [T, K]: the gradient itself; [2√T, S]: log α.
 *
 * Source: Chen et al. 2016, "Training deep nets with sublinear memory cost", section 4.
 */
export const checkpointed: CtcVariant = (dLogits, logits, topology, T, K, room) => {
  const { labels, initial, final, incoming, outgoing } = topology;
  const S = labels.length;
  const M = Math.ceil(Math.sqrt(T));
  const saved = room("α", Math.ceil(T / M) * S), stretch = room("α", M * S);
  const before = openness(incoming.logWeight), after = openness(outgoing.logWeight);
  const start = openness(initial), end = openness(final);
  const y = dLogits;
  logSoftmax(y, logits, T, K);

  // The rows of a stretch are all of α there is; the first one is saved.
  for (let s = 0; s < S; s++) stretch[s] = y[labels[s]] + start[s];
  for (let t = 0; t < T; t++) {
    const now = t % M * S;
    if (t > 0) {
      forwardRow(stretch, now, y, t * K, labels, stretch, (t - 1) % M * S, incoming, before);
    }
    if (t % M === 0) { for (let s = 0; s < S; s++) saved[t / M * S + s] = stretch[now + s]; }
  }
  const logScore = logSumStates(stretch, (T - 1) % M * S, end);
  if (logScore === -Infinity) {
    dLogits.fill(0);
    return Infinity;
  }

  const rows = [room("β", S), room("β", S)], v = room("occupancy", K);
  let r: Float64Array | undefined;
  for (let t = T - 1; t >= 0; t--) {
    // The last stretch is still there from the way forward.
    if (t % M === M - 1 && t < T - 1) {
      const first = t - M + 1;
      for (let s = 0; s < S; s++) stretch[s] = saved[first / M * S + s];
      for (let u = 1; u < M; u++) {
        const row = (first + u) * K;
        forwardRow(stretch, u * S, y, row, labels, stretch, (u - 1) * S, incoming, before);
      }
    }
    const next = rows[t % 2], at = t % M * S;
    backwardRow(y, t * K, labels, stretch, at, r, next, v, outgoing, after, end, logScore);
    r = next;
  }
  return -logScore;
};
