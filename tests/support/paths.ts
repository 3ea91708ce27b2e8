import type { Topology } from "lib/alignment/mod.ts";
import { type Matrix, matrix } from "lib/numeric/mod.ts";

/** What the enumeration of all paths found, in probabilities rather than logs. */
export interface Enumerated {
  /** Σ over paths, not its logarithm */
  total: number;
  /** [T, K] share of the sum that emits k at frame t; zeros if the total is 0 */
  occupancy: Matrix;
  /** How many paths there are. */
  paths: number;
}

/** Every sequence of T whole numbers below n, one after the other, in the same array. */
export function* tuples(T: number, n: number): Generator<readonly number[], void, void> {
  const digits = new Array<number>(T).fill(0);
  for (;;) {
    yield digits;
    let t = T - 1;
    while (t >= 0 && digits[t] === n - 1) digits[t--] = 0;
    if (t < 0) return;
    digits[t]++;
  }
}

/** The map B of Graves et al. 2006 once more, written to be obviously right rather than fast. */
export function collapsed(path: readonly number[], blank: number): number[] {
  const runs = path.filter((label, t) => t === 0 || label !== path[t - 1]);
  return runs.filter((label) => label !== blank);
}

/**
 * Σ over all K^T label paths that collapse to the target, of Πₜ score(t, pathₜ). It knows nothing
 * of states, arcs or recurrences.
 */
export function enumerateLabelPaths(
  score: (t: number, k: number) => number,
  T: number,
  K: number,
  target: readonly number[],
  blank = 0,
): Enumerated {
  return enumerate(T, K, K, (path) => {
    if (collapsed(path, blank).join() !== target.join()) return undefined;
    return path.reduce((product, k, t) => product * score(t, k), 1);
  }, (k) => k);
}

/**
 * Σ over all S^T state sequences of a topology, of exp(γ · weights) · Πₜ score(t, label of state):
 * arcs are looked up by source, one at a time.
 */
export function enumerateStatePaths(
  score: (t: number, k: number) => number,
  T: number,
  K: number,
  topology: Topology,
  transitionScale: number,
): Enumerated {
  const { labels, initial, final, outgoing } = topology;
  const arcWeight = (from: number, to: number) => {
    let sum = 0; // parallel arcs are paths of their own
    for (let a = outgoing.start[from]; a < outgoing.start[from + 1]; a++) {
      if (outgoing.state[a] === to) sum += power(outgoing.logWeight[a], transitionScale);
    }
    return sum;
  };
  return enumerate(T, labels.length, K, (path) => {
    let product = power(initial[path[0]], transitionScale) *
      power(final[path[T - 1]], transitionScale);
    for (let t = 1; t < T; t++) product *= arcWeight(path[t - 1], path[t]);
    for (let t = 0; t < T; t++) product *= score(t, labels[path[t]]);
    return product === 0 ? undefined : product;
  }, (s) => labels[s]);
}

/** exp(γ w), and 0 for an impossible w even at γ = 0. */
function power(w: number, scale: number): number {
  return w === -Infinity ? 0 : Math.exp(scale * w);
}

function enumerate(
  T: number,
  n: number,
  K: number,
  scoreOf: (path: readonly number[]) => number | undefined,
  labelOf: (state: number) => number,
): Enumerated {
  const occupancy = matrix(T, K);
  let total = 0, paths = 0;
  for (const path of tuples(T, n)) {
    const score = scoreOf(path);
    if (score === undefined) continue;
    paths++;
    total += score;
    path.forEach((state, t) => occupancy.data[t * K + labelOf(state)] += score);
  }
  if (total > 0) { for (let i = 0; i < occupancy.data.length; i++) occupancy.data[i] /= total; }
  return { total, occupancy, paths };
}
