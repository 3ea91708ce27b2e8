/**
 * The one recurrence of forward–backward over a topology, in the log domain:
 *
 * scores[t, s] = emission[t, s] + log Σₐ exp(scores[t', arcs(s)ₐ] + weightₐ)
 *
 * Forward: t' = t - 1, arcs by destination, the boundary at t = 0 holds the initial log weights.
 * Backward: t' = t + 1, arcs by source, the boundary at t = T - 1 holds the final log weights.
 * Both count the emission of frame t, so that the occupancy is exp(forward + backward - emission).
 *
 * @param scores [T, S] nats, written
 * @param emission [T, S] nats
 * @param boundary [S] log weight of starting (ending) in each state
 * @param start [S + 1] the arcs of state s are start[s] … start[s + 1] - 1
 * @param other [A] the state at each arc's other end
 * @param weight [A] nats
 * @param backward false for forward scores, true for backward scores
 */
export function pathScores(
  scores: Float64Array,
  emission: Float64Array,
  boundary: Float64Array,
  start: Int32Array,
  other: Int32Array,
  weight: Float64Array,
  T: number,
  S: number,
  backward: boolean,
): Float64Array {
  const step = backward ? -S : S;
  let now = backward ? (T - 1) * S : 0;
  for (let s = 0; s < S; s++) scores[now + s] = emission[now + s] + boundary[s];
  for (let t = 1; t < T; t++) {
    const before = now;
    now += step;
    for (let s = 0; s < S; s++) {
      let max = -Infinity;
      for (let a = start[s]; a < start[s + 1]; a++) {
        const term = scores[before + other[a]] + weight[a];
        if (term > max) max = term;
      }
      if (max === -Infinity) {
        scores[now + s] = -Infinity;
        continue;
      }
      let sum = 0;
      for (let a = start[s]; a < start[s + 1]; a++) {
        const term = scores[before + other[a]] + weight[a];
        sum += term === max ? 1 : Math.exp(term - max);
      }
      scores[now + s] = emission[now + s] + (sum === 1 ? max : max + Math.log(sum));
    }
  }
  return scores;
}
