import {
  emissionScores,
  type PathScoreOptions,
  requireSum,
  scaledLog,
  type Topology,
} from "../alignment/mod.ts";
import { addOccupancies, pathScores } from "../numeric/kernels/mod.ts";
import { hugeOccupancies, isHuge, type ScaledWeights } from "./huge_full_sum.ts";
import {
  type Allocate,
  type Matrix,
  matrix,
  requireMatrix,
  requireRoom,
  unset,
  withWorkspace,
} from "../numeric/mod.ts";

/** Scales of the full sum; with the defaults and the CTC topology it is CTC. */
export type FullSumOptions = PathScoreOptions;

/** The sum over all alignments, and how much of it runs through every label at every frame. */
export interface FullSum {
  /** log of the sum, nats; -Infinity if no path fits. */
  logScore: number;
  /** [T, K] v[t, k], the share of the sum that emits k at frame t; all zero if no path fits. */
  occupancy: Matrix;
}

/**
 * Sums over every path through a topology, by forward–backward in the log domain:
 *
 * logScore = log Σ_paths Πₜ p(yₜ)^α / p_prior(yₜ)^β · p(sₜ | sₜ₋₁)^γ
 *
 * The gradient of logScore with respect to `logProbs` is α · occupancy.
 *
 * @param logProbs [T, K] log-probabilities, nats; -Infinity for an impossible label.
 * @throws {RangeError} If T is 0, a value is NaN or +Infinity, the topology emits a label >= K, a
 * scale is not finite, the prior has not K finite entries, or the tables, 24 bytes for every frame
 * and state, would take more than 8 GiB.
 *
 * @example
 * ```ts
 * import { ctcTopology } from "lib/alignment/mod.ts";
 * import { fullSum } from "lib/criteria/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Two frames, blank and one label, all equally likely: εa, aε and aa give "a".
 * const logProbs = matrix(2, 2, Array(4).fill(Math.log(0.5)));
 * assertAlmostEquals(Math.exp(fullSum(logProbs, ctcTopology([1])).logScore), 3 / 4);
 * ```
 *
 * Source: the alignment paper, eqs. 5, 6 and 9; Graves et al. 2006, eqs. 5–14.
 */
export function fullSum(
  logProbs: Matrix,
  topology: Topology,
  options: FullSumOptions = {},
  alloc: Allocate = matrix,
): FullSum {
  requireMatrix("sum over alignments", logProbs);
  const { rows: T, cols: K } = logProbs;
  const occupancy = alloc(T, K);
  return withWorkspace((inside) => {
    const lattice = fullSumLattice(logProbs, topology, options, inside);
    const { logScore, logAlpha, logBeta, emission } = lattice;
    if (logScore > -Infinity && isHuge(logScore, emission.data)) {
      const weights = scaledWeights(topology, options);
      hugeOccupancies(occupancy.data, emission.data, topology, weights, T, K);
    } else if (logScore > -Infinity) {
      addOccupancies(
        occupancy.data,
        logAlpha.data,
        logBeta.data,
        emission.data,
        topology.labels,
        logScore,
        T,
        K,
      );
    }
    return { logScore, occupancy };
  });
}

/** The tables that {@link fullSum} rests on, for those who want to look inside. */
export interface FullSumLattice {
  /** log of the sum over all paths, nats */
  logScore: number;
  /** [T, S] log of the sum over all ways to reach state s at frame t, frame t included, nats */
  logAlpha: Matrix;
  /** [T, S] log of the sum over all ways to go on from state s at frame t, frame t included, nats */
  logBeta: Matrix;
  /** [T, S] log score that state s adds at frame t, nats */
  emission: Matrix;
}

/** Forward and backward scores of {@link fullSum}; same arguments, same errors. */
export function fullSumLattice(
  logProbs: Matrix,
  topology: Topology,
  options: FullSumOptions = {},
  alloc: Allocate = matrix,
): FullSumLattice {
  const doing = "sum over alignments";
  const frames = logProbs.rows, states = topology.labels.length;
  requireRoom(doing, frames, states, 3 * 8 * frames * states);
  const emission = emissionScores(logProbs, topology, options, doing, alloc);
  const { rows: T, cols: S } = emission;
  const logAlpha = unset(alloc, T, S), logBeta = unset(alloc, T, S);
  const { incoming, outgoing } = topology;
  const weights = scaledWeights(topology, options);
  const scores = (out: Matrix, backward: boolean) => {
    const arcs = backward ? outgoing : incoming;
    pathScores(
      out.data,
      emission.data,
      backward ? weights.final : weights.initial,
      arcs.start,
      arcs.state,
      backward ? weights.outgoing : weights.incoming,
      T,
      S,
      backward,
    );
  };
  scores(logAlpha, false);
  scores(logBeta, true);
  const logScore = logSumFirst(logBeta, weights.initial);
  requireSum(doing, logScore, logProbs);
  return { logScore, logAlpha, logBeta, emission };
}

function scaledWeights(topology: Topology, options: FullSumOptions): ScaledWeights {
  const { initial, final, incoming, outgoing } = topology;
  const scaled = (weights: Float64Array) => scaledLogs(options.transitionScale ?? 0, weights);
  return {
    initial: scaled(initial),
    final: scaled(final),
    incoming: scaled(incoming.logWeight),
    outgoing: scaled(outgoing.logWeight),
  };
}

/** scale · weights; the array itself where that changes nothing, as of weights 0 and -Infinity. */
function scaledLogs(scale: number, weights: Float64Array): Float64Array {
  const same = (w: number) => scaledLog(scale, w) === w;
  return weights.every(same) ? weights : weights.map((w) => scaledLog(scale, w));
}

/** log Σₛ exp(initial(s) + logBeta[0, s]) */
function logSumFirst(logBeta: Matrix, initial: Float64Array): number {
  const term = (s: number) => initial[s] + logBeta.data[s];
  let max = -Infinity, sum = 0;
  for (let s = 0; s < initial.length; s++) max = Math.max(max, term(s));
  if (max === -Infinity) return -Infinity;
  for (let s = 0; s < initial.length; s++) sum += Math.exp(term(s) - max);
  return max + Math.log(sum);
}
