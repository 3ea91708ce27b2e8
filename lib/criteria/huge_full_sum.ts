import type { Arcs, Topology } from "../alignment/mod.ts";
import { huge } from "../numeric/mod.ts";

/**
 * Whether scores are so large that a double each leaves too little of the number of paths.
 *
 * @param emission [T, S] nats
 */
export function isHuge(logScore: number, emission: Float64Array): boolean {
  if (Math.abs(logScore) >= huge) return true;
  for (let i = 0; i < emission.length; i++) {
    if (Math.abs(emission[i]) >= huge && emission[i] > -Infinity) return true;
  }
  return false;
}

/** Log weights γ · w of a topology, nats. */
export interface ScaledWeights {
  readonly initial: Float64Array;
  readonly final: Float64Array;
  readonly incoming: Float64Array;
  readonly outgoing: Float64Array;
}

/**
 * The occupancies of a full sum from scores of two doubles each, which hold log 3 beside 1e300: as
 * `addOccupancies` of the kernels, but slowly, and right where those have lost the number of paths.
 * The shares of every frame sum to 1.
 *
 * @param occupancy [T, K] zeros, written
 * @param emission [T, S] nats
 * @param topology One with a path of T frames.
 */
export function hugeOccupancies(
  occupancy: Float64Array,
  emission: Float64Array,
  { labels, incoming, outgoing }: Topology,
  weights: ScaledWeights,
  T: number,
  K: number,
): void {
  const S = labels.length;
  const forward = pathScores(emission, weights.initial, incoming, weights.incoming, T, false);
  const backward = pathScores(emission, weights.final, outgoing, weights.outgoing, T, true);
  const through = pairs(S), shares = new Float64Array(S);
  for (let t = 0; t < T; t++) {
    for (let s = 0; s < S; s++) {
      const i = t * S + s;
      add(through, s, forward, i, -emission[i], 0);
      add(through, s, through, s, backward.high[i], backward.low[i]);
    }
    const best = largest(through, S);
    let sum = 0;
    for (let s = 0; s < S; s++) sum += shares[s] = Math.exp(difference(through, s, best));
    for (let s = 0; s < S; s++) occupancy[t * K + labels[s]] += shares[s] / sum;
  }
}

/** [T, S] what `pathScores` of the kernels gives, in two doubles */
function pathScores(
  emission: Float64Array,
  boundary: Float64Array,
  { start, state }: Arcs,
  weight: Float64Array,
  T: number,
  backward: boolean,
): Pairs {
  const S = boundary.length;
  const scores = pairs(T * S), terms = pairs(weight.length);
  for (let n = 0; n < T; n++) {
    const t = backward ? T - 1 - n : n, before = backward ? t + 1 : t - 1;
    for (let s = 0; s < S; s++) {
      const i = t * S + s;
      if (n === 0) {
        scores.high[i] = boundary[s];
        add(scores, i, scores, i, emission[i], 0);
        continue;
      }
      const count = start[s + 1] - start[s];
      for (let a = 0; a < count; a++) {
        const arc = start[s] + a;
        add(terms, a, scores, before * S + state[arc], weight[arc], 0);
      }
      const best = count === 0 ? -1 : largest(terms, count);
      if (best < 0 || terms.high[best] === -Infinity) {
        scores.high[i] = -Infinity;
        continue;
      }
      let sum = 0;
      for (let a = 0; a < count; a++) sum += Math.exp(difference(terms, a, best));
      add(scores, i, terms, best, emission[i], Math.log(sum));
    }
  }
  return scores;
}

/** Numbers high + low, where low holds what rounding took from high; -Infinity has a low of 0. */
interface Pairs {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

function pairs(n: number): Pairs {
  return { high: new Float64Array(n), low: new Float64Array(n) };
}

/**
 * out[i] = from[j] + high + low, -Infinity where one of them is.
 *
 * Source: Knuth, TAOCP 2, section 4.2.2, theorem B.
 */
function add(out: Pairs, i: number, from: Pairs, j: number, high: number, low: number): void {
  const a = from.high[j], sum = a + high, part = sum - a;
  const lost = (a - (sum - part)) + (high - part);
  const possible = Number.isFinite(sum);
  out.low[i] = possible ? from.low[j] + low + lost : 0;
  out.high[i] = possible ? sum : -Infinity;
}

function difference({ high, low }: Pairs, i: number, j: number): number {
  return high[i] === high[j] ? low[i] - low[j] : high[i] - high[j] + (low[i] - low[j]);
}

/** Where the largest of the first n is. */
function largest(values: Pairs, n: number): number {
  let best = 0;
  for (let i = 1; i < n; i++) if (difference(values, i, best) > 0) best = i;
  return best;
}
