import type { Arcs, Topology } from "../alignment/mod.ts";
import { pathScores } from "../numeric/kernels/full_sum.ts";
import { type Allocate, type Matrix, matrix } from "../numeric/mod.ts";

/** Scales of the full sum; with the defaults and the CTC topology it is CTC. */
export interface FullSumOptions {
  /** α, the power of the label posteriors; defaults to 1. */
  posteriorScale?: number;
  /** [K] log prior of every label, nats; defaults to none. */
  logPrior?: Float64Array;
  /** β, the power of the prior that posteriors are divided by; defaults to 0. */
  priorScale?: number;
  /** γ, the power of the topology's own arc weights; defaults to 0. */
  transitionScale?: number;
}

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
 * scale is not finite, or the prior has not K finite entries.
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
  const lattice = fullSumLattice(logProbs, topology, options, alloc);
  const occupancy = alloc(logProbs.rows, logProbs.cols);
  const { logScore, logAlpha, logBeta, emission } = lattice;
  const { rows: T, cols: S } = logAlpha;
  if (logScore === -Infinity) return { logScore, occupancy };
  for (let t = 0; t < T; t++) {
    for (let s = 0; s < S; s++) {
      const i = t * S + s;
      const logShare = logAlpha.data[i] + logBeta.data[i] - emission.data[i] - logScore;
      // A state that no path reaches here has -Infinity on either side, or NaN from their sum.
      if (logShare > -Infinity) {
        occupancy.data[t * occupancy.cols + topology.labels[s]] += Math.exp(logShare);
      }
    }
  }
  return { logScore, occupancy };
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
  const { posteriorScale = 1, logPrior, priorScale = 0, transitionScale = 0 } = options;
  requireInput(logProbs, topology, options);
  const { rows: T, cols: K, data } = logProbs;
  const S = topology.labels.length;
  const emission = alloc(T, S), logAlpha = alloc(T, S), logBeta = alloc(T, S);
  for (let s = 0; s < S; s++) {
    const k = topology.labels[s];
    const prior = logPrior !== undefined && priorScale !== 0 ? priorScale * logPrior[k] : 0;
    for (let t = 0; t < T; t++) {
      emission.data[t * S + s] = scaled(posteriorScale, data[t * K + k]) - prior;
    }
  }
  const { initial, final, incoming, outgoing } = topology;
  const scores = (out: Matrix, boundary: Float64Array, arcs: Arcs, backward: boolean) =>
    pathScores(
      out.data,
      emission.data,
      boundary.map((w) => scaled(transitionScale, w)),
      arcs.start,
      arcs.state,
      arcs.logWeight.map((w) => scaled(transitionScale, w)),
      T,
      S,
      backward,
    );
  scores(logAlpha, initial, incoming, false);
  scores(logBeta, final, outgoing, true);
  return { logScore: logSumFirst(logBeta, initial, transitionScale), logAlpha, logBeta, emission };
}

/** scale · w, where w = -Infinity (impossible) stays impossible at any scale. */
function scaled(scale: number, w: number): number {
  return w === -Infinity ? w : scale * w;
}

/** log Σₛ exp(initial(s) + logBeta[0, s]) */
function logSumFirst(logBeta: Matrix, initial: Float64Array, transitionScale: number): number {
  const terms = initial.map((w, s) => scaled(transitionScale, w) + logBeta.data[s]);
  const max = terms.reduce((a, b) => Math.max(a, b), -Infinity);
  if (max === -Infinity) return -Infinity;
  return max + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - max), 0));
}

function requireInput(logProbs: Matrix, topology: Topology, options: FullSumOptions): void {
  const { rows: T, cols: K, data } = logProbs;
  if (T === 0) {
    throw new RangeError("Cannot sum over alignments as there must be at least one frame: T is 0");
  }
  const outside = topology.labels.findIndex((label) => label >= K);
  if (outside >= 0) {
    throw new RangeError(
      `Cannot sum over alignments as labels must be below K = ${K}: ` +
        `state ${outside} emits ${topology.labels[outside]}`,
    );
  }
  for (let i = 0; i < data.length; i++) {
    if (!(data[i] < Infinity)) {
      throw new RangeError(
        `Log-probabilities must be below Infinity: frame ${Math.floor(i / K)}, ` +
          `label ${i % K} is ${data[i]}`,
      );
    }
  }
  for (const name of ["posteriorScale", "priorScale", "transitionScale"] as const) {
    const value = options[name];
    if (value !== undefined && !Number.isFinite(value)) {
      throw new RangeError(
        `Cannot sum over alignments as ${name} must be finite: current value is ${value}`,
      );
    }
  }
  if (options.logPrior !== undefined && options.logPrior.length !== K) {
    throw new RangeError(
      `Cannot sum over alignments as logPrior must have K = ${K} entries: ` +
        `it has ${options.logPrior.length}`,
    );
  }
  const unknown = options.logPrior?.findIndex((value) => !Number.isFinite(value)) ?? -1;
  if (unknown >= 0) {
    throw new RangeError(
      `Cannot sum over alignments as logPrior must be finite: ` +
        `label ${unknown} has ${options.logPrior?.[unknown]}`,
    );
  }
}
