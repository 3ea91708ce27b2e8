import { type PrefixReading, prefixTopology, type Topology } from "../alignment/mod.ts";
import { type Matrix, matrix, requireMatrix } from "../numeric/mod.ts";
import { fullSum, type FullSumOptions } from "./full_sum.ts";

/** Options of {@link prefixScore} and {@link labelScores}. */
export interface PrefixScoreOptions extends FullSumOptions {
  /** How the paths of a prefix are counted; defaults to `"partial"`. */
  prefix?: PrefixReading;
}

/** The score of one prefix of a target. */
export interface PrefixScore {
  /** log of the sum over the paths of the prefix, nats; -Infinity if there is none. */
  logScore: number;
  /** [T, K] the share of the sum that emits k at frame t, and has not ended before t */
  occupancy: Matrix;
}

/**
 * The prefix score of a target's first `place` + 1 labels, in one of two readings:
 *
 * - `"partial"`: Ψ_s = log Σₜ Σ p(y₁ … yₜ) over all y₁ … yₜ that stand for a_1 … a_s, for every
 *   t from 1 to T. As a path counts again at every frame that it lingers, Ψ_s is no
 *   log-probability: it can be above 0, and over the CTC topology is at most log T.
 * - `"entered"`: Ψ_s = log Σₜ Σ p(y₁ … yₜ) over paths that enter the label a_s at frame t. Over the
 *   CTC topology it is the log-probability that the labelling starts with a_1 … a_s.
 *
 * The gradient with respect to `logProbs` is α · occupancy.
 *
 * @param logProbs [T, K] log-probabilities, nats.
 * @param topology One whose arcs never lead back.
 * @param place The place of the prefix's last label; -1 for the empty prefix: the paths of blank
 * alone (partial), or a score of 0 (entered).
 * @throws {RangeError} As {@link fullSum}, and if no state has that place.
 *
 * @example
 * ```ts
 * import { ctcTopology } from "lib/alignment/mod.ts";
 * import { prefixScore } from "lib/criteria/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logProbs = matrix(2, 2, Array(4).fill(Math.log(0.5))), a = ctcTopology([1]);
 * // "a" is a of one frame, and εa, aε and aa of two.
 * assertAlmostEquals(Math.exp(prefixScore(logProbs, a, 0).logScore), 1 / 2 + 3 / 4);
 * // Of the four paths of two frames, all but εε start with "a".
 * const { logScore } = prefixScore(logProbs, a, 0, { prefix: "entered" });
 * assertAlmostEquals(Math.exp(logScore), 3 / 4);
 * ```
 *
 * Source: the alignment paper, eq. 23, as printed (partial) and read as Hori et al. 2017, eqs. 10
 * and 11, which it cites (entered).
 */
export function prefixScore(
  logProbs: Matrix,
  topology: Topology,
  place: number,
  options: PrefixScoreOptions = {},
): PrefixScore {
  requireMatrix("score a prefix", logProbs);
  const { rows: T, cols: K, data } = logProbs;
  const { logPrior, prefix = "partial" } = options;
  if (place === -1 && prefix === "entered") return { logScore: 0, occupancy: matrix(T, K) };
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
  const extended = logPrior && Float64Array.of(...logPrior, 0);
  const paths = prefixTopology(topology, place, K, prefix);
  const sum = fullSum(open, paths, { ...options, logPrior: extended });
  const occupancy = matrix(T, K);
  for (let i = 0; i < occupancy.data.length; i++) {
    occupancy.data[i] = sum.occupancy.data[Math.floor(i / K) * (K + 1) + i % K];
  }
  return { logScore: sum.logScore, occupancy };
}

/** log p(a_s | a_1 … a_{s-1}, x) of one label of a target, by the paper's name. */
export interface LabelScore {
  /**
   * Ψ_s - Ψ_{s-1}, nats; -Infinity if the prefix has no path, Infinity if only the one before it
   * has none.
   */
  logProb: number;
  /** [T, K] its gradient with respect to the log-probabilities; zero if the prefix has no path */
  dLogProbs: Matrix;
}

/**
 * The score of every label of a target given the labels before it, with gradients.
 *
 * @param logProbs [T, K] log-probabilities, nats.
 * @returns One score per label: a log-probability where prefixes are `"entered"`, and none above 0
 * over the CTC topology; where they are `"partial"`, the difference of two logs of sums.
 * @throws {RangeError} As {@link prefixScore}.
 *
 * Source: the alignment paper, eq. 23.
 */
export function labelScores(
  logProbs: Matrix,
  topology: Topology,
  options: PrefixScoreOptions = {},
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
