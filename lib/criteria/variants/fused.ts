import { logSoftmax } from "../../numeric/kernels/plain/mod.ts";
import { backwardRow, forwardRow } from "./log_rows.ts";
import { type CtcVariant, logSumStates, openness } from "./variant.ts";

/**
 * β fused with the gradient: a frame's backward scores are used for its gradient as soon as they
 * are there, and live in two rows. No table of β, of emissions or of occupancies; log p turns into
 * the gradient in place.
 *
 * [T, K]: the gradient itself; [T, S]: log α.
 */
export const fused: CtcVariant = (dLogits, logits, topology, T, K, room) => {
  const { labels, initial, final, incoming, outgoing } = topology;
  const S = labels.length;
  const alpha = room("α", T * S);
  const before = openness(incoming.logWeight), after = openness(outgoing.logWeight);
  const start = openness(initial), end = openness(final);
  const y = dLogits;
  logSoftmax(y, logits, T, K);
  for (let s = 0; s < S; s++) alpha[s] = y[labels[s]] + start[s];
  for (let t = 1; t < T; t++) {
    forwardRow(alpha, t * S, y, t * K, labels, alpha, (t - 1) * S, incoming, before);
  }
  const logScore = logSumStates(alpha, (T - 1) * S, end);
  if (logScore === -Infinity) {
    dLogits.fill(0);
    return Infinity;
  }
  const rows = [room("β", S), room("β", S)], v = room("occupancy", K);
  let r: Float64Array | undefined;
  for (let t = T - 1; t >= 0; t--) {
    const next = rows[t % 2];
    backwardRow(
      y,
      t * K,
      labels,
      alpha,
      t * S,
      r,
      next,
      v,
      outgoing,
      after,
      end,
      logScore,
    );
    r = next;
  }
  return -logScore;
};
