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

/**
 * occupancy[t, labels[s]] += exp(forward[t, s] + backward[t, s] - emission[t, s] - logScore)
 *
 * A state that no path reaches at a frame has -Infinity in one of the scores, or NaN from their
 * difference, and adds nothing.
 *
 * @param occupancy [T, K]
 * @param forward [T, S] nats
 * @param backward [T, S] nats
 * @param emission [T, S] nats
 * @param labels [S]
 * @param logScore nats
 */
export function addOccupancies(
  occupancy: Float64Array,
  forward: Float64Array,
  backward: Float64Array,
  emission: Float64Array,
  labels: Int32Array,
  logScore: number,
  T: number,
  K: number,
): Float64Array {
  const S = labels.length;
  for (let t = 0; t < T; t++) {
    for (let s = 0; s < S; s++) {
      const i = t * S + s;
      const logShare = forward[i] + backward[i] - emission[i] - logScore;
      if (logShare > -Infinity) occupancy[t * K + labels[s]] += Math.exp(logShare);
    }
  }
  return occupancy;
}
