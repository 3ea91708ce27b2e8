import { type Allocate, type Matrix, matrix, requireLogProbs, unset } from "../numeric/mod.ts";
import type { Topology } from "./topology.ts";

/** How a path through a topology is scored; with the defaults and the CTC topology it is CTC. */
export interface PathScoreOptions {
  /** α, the power of the label posteriors; defaults to 1. */
  posteriorScale?: number;
  /** [K] log prior of every label, nats; counts where `priorScale` is not 0. Defaults to none. */
  logPrior?: Float64Array;
  /** β, the power of the prior that posteriors are divided by; defaults to 0. */
  priorScale?: number;
  /** γ, the power of the topology's own arc weights; defaults to 0. */
  transitionScale?: number;
}

/**
 * What state s adds to a path's score at frame t: α log p(label) - β log prior(label), nats.
 *
 * @param logProbs [T, K] log-probabilities, nats; -Infinity for an impossible label.
 * @param doing What the scores are for, to start the error messages with: "Cannot … as".
 * @throws {RangeError} If T is 0, a value is NaN or +Infinity, the topology emits a label >= K, a
 * scale is not finite, α is below 0, or the prior is missing or has not K finite entries.
 */
export function emissionScore(
  logProbs: Matrix,
  topology: Topology,
  options: PathScoreOptions,
  doing: string,
): (t: number, s: number) => number {
  requireScorable(logProbs, topology, options, doing);
  const { posteriorScale = 1, logPrior, priorScale = 0 } = options;
  const { cols: K, data } = logProbs;
  const { labels } = topology;
  const priors = Float64Array.from(
    labels,
    (k) => logPrior !== undefined && priorScale !== 0 ? priorScale * logPrior[k] : 0,
  );
  const same = posteriorScale === 1; // as it is in CTC
  const scaled = same ? data : data.map((w) => scaledLog(posteriorScale, w));
  return (t, s) => scaled[t * K + labels[s]] - priors[s];
}

/** {@link emissionScore} of all frames and states, [T, S] nats. */
export function emissionScores(
  logProbs: Matrix,
  topology: Topology,
  options: PathScoreOptions,
  doing: string,
  alloc: Allocate = matrix,
): Matrix {
  const score = emissionScore(logProbs, topology, options, doing);
  const T = logProbs.rows, S = topology.labels.length;
  const emission = unset(alloc, T, S);
  for (let t = 0; t < T; t++) {
    for (let s = 0; s < S; s++) emission.data[t * S + s] = score(t, s);
  }
  return emission;
}

/** scale · w, where w = -Infinity (impossible) stays impossible at any scale. */
export function scaledLog(scale: number, w: number): number {
  return w === -Infinity ? w : scale * w;
}

/**
 * Checks that the score of a path, or of all, is a number.
 *
 * @throws {RangeError} If it is beyond the largest, naming the largest score of a frame.
 */
export function requireSum(doing: string, score: number, { data }: Matrix): void {
  if (score < Infinity) return;
  const most = data.reduce((most, value) => Math.max(most, value), -Infinity);
  throw new RangeError(
    `Cannot ${doing} as the scores of a path must add up to less than Infinity: ` +
      `the largest of a frame is ${most}`,
  );
}

function requireScorable(
  logProbs: Matrix,
  topology: Topology,
  options: PathScoreOptions,
  doing: string,
): void {
  const { rows: T, cols: K } = logProbs;
  if (T === 0) {
    throw new RangeError(`Cannot ${doing} as there must be at least one frame: T is 0`);
  }
  requireLogProbs(doing, logProbs);
  const outside = topology.labels.findIndex((label) => label >= K);
  if (outside >= 0) {
    throw new RangeError(
      `Cannot ${doing} as labels must be below K = ${K}: ` +
        `state ${outside} emits ${topology.labels[outside]}`,
    );
  }
  for (const name of ["posteriorScale", "priorScale", "transitionScale"] as const) {
    const value = options[name];
    if (value !== undefined && !Number.isFinite(value)) {
      throw new RangeError(
        `Cannot ${doing} as ${name} must be finite: current value is ${value}`,
      );
    }
  }
  const { posteriorScale = 1, logPrior, priorScale = 0 } = options;
  if (posteriorScale < 0) {
    throw new RangeError(
      `Cannot ${doing} as posteriorScale must be >= 0: current value is ${posteriorScale}`,
    );
  }
  if (logPrior === undefined) {
    if (priorScale === 0) return;
    throw new RangeError(
      `Cannot ${doing} as a priorScale of ${priorScale} needs a logPrior: there is none`,
    );
  }
  if (logPrior.length !== K) {
    throw new RangeError(
      `Cannot ${doing} as logPrior must have K = ${K} entries: it has ${logPrior.length}`,
    );
  }
  const unknown = logPrior.findIndex((value) => !Number.isFinite(value));
  if (unknown >= 0) {
    throw new RangeError(
      `Cannot ${doing} as logPrior must be finite: label ${unknown} has ${logPrior[unknown]}`,
    );
  }
}
