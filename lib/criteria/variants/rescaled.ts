import {
  requirePositive,
  scaledBackwardRow,
  scaledFirstRow,
  scaledForwardRow,
  softmax,
} from "./scaled_rows.ts";
import { type CtcVariant, openness } from "./variant.ts";

/**
 * As `fused`, with probabilities in place of logs: every row of α is divided by the sum c of the row
 * before, and what goes on from a frame by the same, so that only c needs a logarithm.
 *
 * αₜ(s) = pₜ(s) Σ αₜ₋₁ / cₜ₋₁;  bₜ(s) = Σ rₜ₊₁;  rₜ(s) = pₜ(s) bₜ(s) / cₜ₋₁;  v = α b / F;
 * loss = -log F - Σ log cₜ over all frames but the last
 *
 * where F is the sum of the last α over the states a path may end in. [T, S]: α; [T]: c.
 *
 * @throws {RangeError} If probabilities underflow, where logs would go on: those of all states at a
 * frame, or so many that the occupancies of a frame do not sum to 1.
 *
 * Source: Rabiner 1989, section V.A; Graves et al. 2006, section 4.1.
 */
export const rescaled: CtcVariant = (dLogits, logits, topology, T, K, room) => {
  if (topology.minimumFrames > T) {
    dLogits.fill(0);
    return Infinity;
  }
  const { labels, initial, final, incoming, outgoing } = topology;
  const S = labels.length;
  const alpha = room("α", T * S), sums = room("c", T);
  const before = openness(incoming.logWeight).map(Math.exp);
  const after = openness(outgoing.logWeight).map(Math.exp);
  const start = openness(initial).map(Math.exp), end = openness(final).map(Math.exp);
  const p = dLogits;
  softmax(p, logits, T, K);

  let c = sums[0] = requirePositive(scaledFirstRow(alpha, p, labels, start), 0);
  let logScore = 0;
  for (let t = 1; t < T; t++) {
    const now = t * S;
    logScore += Math.log(c);
    c = scaledForwardRow(alpha, now, p, t * K, labels, alpha, now - S, c, incoming, before);
    sums[t] = requirePositive(c, t);
  }
  let F = 0;
  for (let s = 0; s < S; s++) if (end[s] > 0) F += end[s] * alpha[(T - 1) * S + s];
  logScore += Math.log(requirePositive(F, T - 1));

  const rows = [room("β", S), room("β", S)], v = room("occupancy", K);
  let r: Float64Array | undefined;
  for (let t = T - 1; t >= 0; t--) {
    const next = rows[t % 2], row = t * K, c = t > 0 ? sums[t - 1] : 1;
    scaledBackwardRow(p, row, labels, alpha, t * S, r, next, v, outgoing, after, end, c, F);
    r = next;
  }
  return -logScore;
};
