import type { Matrix } from "../numeric/mod.ts";
import { emissionScores, type PathScoreOptions, scaledLog } from "./emission.ts";
import type { Span } from "./spans.ts";
import type { Topology } from "./topology.ts";

/** Options of {@link viterbi}. */
export interface ViterbiOptions extends PathScoreOptions {
  /** Added to the log-probability of every blank or silence state, nats; defaults to 0. */
  blankShift?: number;
}

/** A span and what its frames add to the score of the path, arcs not counted, nats. */
export interface ScoredSpan extends Span {
  readonly score: number;
}

/** The best alignment of a target. */
export interface Alignment {
  /** Score of the best path, nats; -Infinity if no path fits. */
  readonly score: number;
  /** [T] the label of every frame; empty if no path fits */
  readonly labels: Int32Array<ArrayBuffer>;
  /** One span per label of the target, in order; empty if no path fits. */
  readonly spans: readonly ScoredSpan[];
}

/**
 * Forced alignment: the best path through a topology.
 *
 * score = max_paths Σₜ α log p(yₜ) + shift · [yₜ is blank] - β log p_prior(yₜ) + γ · arcs
 *
 * Nothing is normalised again after the shift: that would add the same to every path. Of paths
 * with equal scores, the one that is in the earlier state at the last frame where they differ, so
 * that a label starts as late as it can. A target that fits no path is no error: its score is
 * -Infinity, its labels and spans are empty.
 *
 * @param logProbs [T, K] log-probabilities, nats, or any scores below Infinity.
 * @returns Spans keyed by the place in the target, so that equal neighbours stay apart.
 * @throws {RangeError} If T is 0, a value is NaN or +Infinity, the topology emits a label >= K, a
 * scale or the shift is not finite, or the prior has not K finite entries.
 *
 * @example
 * ```ts
 * import { hmmTopology, viterbi } from "lib/alignment/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const logProbs = matrix(4, 2, [0, -9, -9, 0, -9, 0, -9, 0]);
 * const { labels, spans } = viterbi(logProbs, hmmTopology([[1, 1]], { silence: 0 }));
 * assertEquals([...labels], [0, 1, 1, 1]);
 * assertEquals(spans.map(({ index, start, end }) => [index, start, end]), [[0, 1, 3], [1, 3, 4]]);
 * ```
 *
 * Source: the alignment paper, appendix A.6 (shift and prior); Rabiner 1989, section III.B.
 */
export function viterbi(
  logProbs: Matrix,
  topology: Topology,
  options: ViterbiOptions = {},
): Alignment {
  const { blankShift = 0, transitionScale = 0 } = options;
  if (!Number.isFinite(blankShift)) {
    throw new RangeError(`Cannot align as blankShift must be finite: it is ${blankShift}`);
  }
  const { data: emission, rows: T, cols: S } = emissionScores(
    logProbs,
    topology,
    options,
    "align",
  );
  if (blankShift !== 0) {
    for (let i = 0; i < emission.length; i++) {
      if (topology.index[i % S] < 0) emission[i] += blankShift;
    }
  }
  const { score, path } = bestStates(emission, topology, T, transitionScale);
  if (path === undefined) return { score, labels: new Int32Array(0), spans: [] };
  return {
    score,
    labels: path.map((s) => topology.labels[s]),
    spans: spansOf(path, topology, emission),
  };
}

function bestStates(
  emission: Float64Array,
  topology: Topology,
  T: number,
  transitionScale: number,
): { score: number; path?: Int32Array<ArrayBuffer> } {
  const { initial, final, incoming: { start, state, logWeight } } = topology;
  const S = initial.length;
  const weight = logWeight.map((w) => scaledLog(transitionScale, w));
  const from = new Int32Array(T * S);
  let scores = initial.map((w, s) => scaledLog(transitionScale, w) + emission[s]);
  for (let t = 1; t < T; t++) {
    const next = new Float64Array(S).fill(-Infinity);
    for (let s = 0; s < S; s++) {
      let best = -Infinity, before = -1;
      for (let a = start[s]; a < start[s + 1]; a++) {
        const through = scores[state[a]] + weight[a];
        if (through > best || (through === best && state[a] < before)) {
          best = through;
          before = state[a];
        }
      }
      next[s] = best + emission[t * S + s];
      from[t * S + s] = before;
    }
    scores = next;
  }
  let last = -1, score = -Infinity;
  scores.forEach((value, s) => {
    const ended = value + scaledLog(transitionScale, final[s]);
    if (ended > score) [score, last] = [ended, s];
  });
  if (last < 0) return { score };
  const path = new Int32Array(T);
  for (let t = T - 1; t >= 0; t--) {
    path[t] = last;
    last = from[t * S + last];
  }
  return { score, path };
}

/** One span per stay in a state with a place in the target. */
function spansOf(path: Int32Array, topology: Topology, emission: Float64Array): ScoredSpan[] {
  const S = topology.labels.length;
  const spans: ScoredSpan[] = [];
  for (let start = 0, end: number; start < path.length; start = end) {
    const s = path[start];
    let score = 0;
    for (end = start; end < path.length && path[end] === s; end++) score += emission[end * S + s];
    if (topology.index[s] < 0) continue;
    spans.push({ index: topology.index[s], label: topology.labels[s], start, end, score });
  }
  return spans;
}
