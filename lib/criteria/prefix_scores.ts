import { prefixTopology, type Topology } from "../alignment/mod.ts";
import { type Matrix, matrix } from "../numeric/mod.ts";
import { fullSum, type FullSumOptions } from "./full_sum.ts";

/** The score of one prefix of a target. */
export interface PrefixScore {
  /** log of the sum over all paths that start with the prefix, nats; -Infinity if there is none. */
  logScore: number;
  /** [T, K] the share of the sum that emits k at frame t, no later than the prefix is complete */
  occupancy: Matrix;
}

/**
 * The prefix score of a target's first `place` + 1 labels: the sum over all paths up to the frame
 * at which the last of them starts, whatever follows.
 *
 * Ψ_s = log Σₜ Σ_paths p(y₁ … yₜ), over paths that enter the label a_s at frame t
 *
 * Over the CTC topology it is the log-probability that the labelling starts with a_1 … a_s. The
 * gradient with respect to `logProbs` is the occupancy.
 *
 * @param logProbs [T, K] log-probabilities, nats.
 * @param topology One whose arcs never lead back.
 * @param place The place of the prefix's last label; -1 for the empty prefix, whose score is 0.
 * @throws {RangeError} As {@link fullSum}, and if no state has that place.
 *
 * @example
 * ```ts
 * import { ctcTopology } from "lib/alignment/mod.ts";
 * import { prefixScore } from "lib/criteria/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Of the four paths of two frames, all but εε start with "a".
 * const logProbs = matrix(2, 2, Array(4).fill(Math.log(0.5)));
 * assertAlmostEquals(Math.exp(prefixScore(logProbs, ctcTopology([1]), 0).logScore), 3 / 4);
 * ```
 *
 * Source: the alignment paper, eq. 23, read as Hori et al. 2017, eqs. 10 and 11: each path counts
 * once, at the frame where the prefix is complete.
 */
export function prefixScore(
  logProbs: Matrix,
  topology: Topology,
  place: number,
  options: FullSumOptions = {},
): PrefixScore {
  const { rows: T, cols: K, data } = logProbs;
  if (place === -1) return { logScore: 0, occupancy: matrix(T, K) };
  const outside = topology.labels.findIndex((label) => label >= K); // K is the wildcard below
  if (outside >= 0) {
    throw new RangeError(
      `Cannot score a prefix as labels must be below K = ${K}: ` +
        `state ${outside} emits ${topology.labels[outside]}`,
    );
  }
  // One more column, for what may be anything: log 1 at every frame.
  const open = matrix(T, K + 1);
  for (let t = 0; t < T; t++) open.data.set(data.subarray(t * K, (t + 1) * K), t * (K + 1));
  const { logPrior } = options;
  const extended = logPrior && Float64Array.of(...logPrior, 0);
  const sum = fullSum(open, prefixTopology(topology, place, K), { ...options, logPrior: extended });
  const occupancy = matrix(T, K);
  for (let i = 0; i < occupancy.data.length; i++) {
    occupancy.data[i] = sum.occupancy.data[Math.floor(i / K) * (K + 1) + i % K];
  }
  return { logScore: sum.logScore, occupancy };
}

/** log p(a_s | a_1 … a_{s-1}, x) of one label of a target. */
export interface LabelScore {
  /** Ψ_s - Ψ_{s-1}, nats; -Infinity if the prefix has no path. */
  logProb: number;
  /** [T, K] its gradient with respect to the log-probabilities; zero if the prefix has no path */
  dLogProbs: Matrix;
}

/**
 * The log-probability of every label of a target given the labels before it, with gradients.
 *
 * @param logProbs [T, K] log-probabilities, nats.
 * @returns One score per label; over the CTC topology none is above 0.
 * @throws {RangeError} As {@link prefixScore}.
 *
 * Source: the alignment paper, eq. 23.
 */
export function labelScores(
  logProbs: Matrix,
  topology: Topology,
  options: FullSumOptions = {},
): LabelScore[] {
  const L = topology.index.reduce((most, place) => Math.max(most, place + 1), 0);
  let before = prefixScore(logProbs, topology, -1, options);
  const { posteriorScale = 1 } = options;
  return Array.from({ length: L }, (_, place) => {
    const prefix = prefixScore(logProbs, topology, place, options);
    const dLogProbs = matrix(logProbs.rows, logProbs.cols);
    let logProb = -Infinity;
    if (prefix.logScore > -Infinity) {
      logProb = prefix.logScore - before.logScore;
      for (let i = 0; i < dLogProbs.data.length; i++) {
        dLogProbs.data[i] = posteriorScale *
          (prefix.occupancy.data[i] - before.occupancy.data[i]);
      }
    }
    before = prefix;
    return { logProb, dLogProbs };
  });
}
