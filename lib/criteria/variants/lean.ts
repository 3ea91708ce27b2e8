import {
  requirePositive,
  scaledBackwardRow,
  scaledFirstRow,
  scaledForwardRow,
  softmax,
} from "./scaled_rows.ts";
import { type CtcVariant, openness } from "./variant.ts";

/**
 * All three at once: α from checkpoints as in `checkpointed`, β fused with the gradient as in
 * `fused`, probabilities as in `rescaled`.
 *
 * [2√T, S]: α; [T]: the sums of its rows.
 *
 * @throws {RangeError} If probabilities underflow, where logs would go on: those of all states at a
 * frame, or so many that the occupancies of a frame do not sum to 1.
 */
export const lean: CtcVariant = (dLogits, logits, topology, T, K, room) => {
  if (topology.minimumFrames > T) {
    dLogits.fill(0);
    return Infinity;
  }
  const { labels, initial, final, incoming, outgoing } = topology;
  const S = labels.length;
  const M = Math.ceil(Math.sqrt(T));
  const saved = room("α", Math.ceil(T / M) * S), stretch = room("α", M * S), sums = room("c", T);
  const before = openness(incoming.logWeight).map(Math.exp);
  const after = openness(outgoing.logWeight).map(Math.exp);
  const start = openness(initial).map(Math.exp), end = openness(final).map(Math.exp);
  const p = dLogits;
  softmax(p, logits, T, K);

  let c = scaledFirstRow(stretch, p, labels, start), logScore = 0;
  for (let t = 0; t < T; t++) {
    const now = t % M * S, last = (t + M - 1) % M * S;
    if (t > 0) {
      logScore += Math.log(c);
      c = scaledForwardRow(stretch, now, p, t * K, labels, stretch, last, c, incoming, before);
    }
    sums[t] = requirePositive(c, t);
    if (t % M === 0) { for (let s = 0; s < S; s++) saved[t / M * S + s] = stretch[now + s]; }
  }
  let F = 0;
  for (let s = 0; s < S; s++) if (end[s] > 0) F += end[s] * stretch[(T - 1) % M * S + s];
  logScore += Math.log(requirePositive(F, T - 1));

  const rows = [room("β", S), room("β", S)], v = room("occupancy", K);
  let r: Float64Array | undefined;
  for (let t = T - 1; t >= 0; t--) {
    // The last stretch is still there from the way forward.
    if (t % M === M - 1 && t < T - 1) {
      const first = t - M + 1;
      for (let s = 0; s < S; s++) stretch[s] = saved[first / M * S + s];
      for (let u = 1; u < M; u++) {
        const row = (first + u) * K, to = u * S, c = sums[first + u - 1];
        scaledForwardRow(stretch, to, p, row, labels, stretch, to - S, c, incoming, before);
      }
    }
    const next = rows[t % 2], row = t * K, at = t % M * S, c = t > 0 ? sums[t - 1] : 1;
    scaledBackwardRow(p, row, labels, stretch, at, r, next, v, outgoing, after, end, c, F);
    r = next;
  }
  return -logScore;
};
