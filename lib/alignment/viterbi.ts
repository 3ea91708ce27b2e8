import { type Matrix, requireRoom } from "../numeric/mod.ts";
import { emissionScore, type PathScoreOptions, requireSum, scaledLog } from "./emission.ts";
import type { Span } from "./spans.ts";
import type { Topology } from "./topology.ts";

/** Options of {@link viterbi}. */
export interface ViterbiOptions extends PathScoreOptions {
  /** Added to the log-probability of every blank or silence state, nats; defaults to 0. */
  blankShift?: number;
}

/** A span and what its frames add to the score of the path, arcs not counted, nats. */
export interface ScoredSpan extends Span {
  /** The sum over its frames. */
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
 * scale or the shift is not finite, the prior has not K finite entries, or the table of moves, two
 * bits for every frame and state, would take more than 8 GiB.
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
  const emission = emissionScore(logProbs, topology, options, "align");
  const { index } = topology;
  const fill = (row: Float64Array, t: number) => {
    for (let s = 0; s < row.length; s++) row[s] = emission(t, s);
    if (blankShift === 0) return;
    for (let s = 0; s < row.length; s++) if (index[s] < 0) row[s] += blankShift;
  };
  const { score, path } = bestStates(fill, topology, logProbs.rows, transitionScale);
  requireSum("align", score, logProbs);
  if (path === undefined) return { score, labels: new Int32Array(0), spans: [] };
  return {
    score,
    labels: path.map((s) => topology.labels[s]),
    spans: spansOf(path, topology, emission),
  };
}

/** @param fill Writes what every state adds to the score of a path at frame t, [S] nats. */
function bestStates(
  fill: (row: Float64Array, t: number) => void,
  topology: Topology,
  T: number,
  transitionScale: number,
): { score: number; path?: Int32Array<ArrayBuffer> } {
  const { initial, final, incoming: { start, state, logWeight } } = topology;
  const S = initial.length;
  const weight = logWeight.map((w) => scaledLog(transitionScale, w));
  const moves = moveTable(T, S, start);
  const added = new Float64Array(S), taken = new Int32Array(S);
  fill(added, 0);
  let scores = initial.map((w, s) => scaledLog(transitionScale, w) + added[s]);
  let next = new Float64Array(S);
  for (let t = 1; t < T; t++) {
    fill(added, t);
    for (let s = 0; s < S; s++) {
      let best = -Infinity, arc = start[s];
      for (let a = arc; a < start[s + 1]; a++) {
        const through = scores[state[a]] + weight[a];
        if (through > best || (through === best && state[a] < state[arc])) {
          best = through;
          arc = a;
        }
      }
      next[s] = best + added[s];
      taken[s] = arc - start[s];
    }
    setMoves(moves, t, taken);
    [scores, next] = [next, scores];
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
    if (t > 0) last = state[start[last] + moveAt(moves, t, last)];
  }
  return { score, path };
}

/**
 * Which of its arcs every state was best reached by at every frame, in two bits a cell. Where a
 * state has more than four arcs, each further table has the next two bits of their number.
 */
interface Moves {
  readonly rowBytes: number;
  /** [T, S] each, four cells a byte */
  readonly tables: readonly Uint8Array[];
}

function moveTable(T: number, S: number, start: Int32Array): Moves {
  let most = 1;
  for (let s = 0; s < S; s++) most = Math.max(most, start[s + 1] - start[s]);
  const rowBytes = Math.ceil(S / 4);
  let count = 1;
  while (4 ** count < most) count++;
  requireRoom("align", T, S, count * T * rowBytes);
  return { rowBytes, tables: Array.from({ length: count }, () => new Uint8Array(T * rowBytes)) };
}

/** Sets the moves of a frame that has none yet. */
function setMoves({ rowBytes, tables }: Moves, t: number, taken: Int32Array): void {
  tables.forEach((table, n) => {
    const row = table.subarray(t * rowBytes, (t + 1) * rowBytes);
    for (let s = 0; s < taken.length; s++) row[s >> 2] |= (taken[s] >> 2 * n & 3) << ((s & 3) << 1);
  });
}

function moveAt({ rowBytes, tables }: Moves, t: number, s: number): number {
  const at = t * rowBytes + (s >> 2), shift = (s & 3) << 1;
  return tables.reduce((move, table, n) => move | ((table[at] >> shift) & 3) << (2 * n), 0);
}

/** One span per stay in a state with a place in the target, none of which is shifted. */
function spansOf(
  path: Int32Array,
  topology: Topology,
  emission: (t: number, s: number) => number,
): ScoredSpan[] {
  const spans: ScoredSpan[] = [];
  for (let start = 0, end: number; start < path.length; start = end) {
    const s = path[start];
    let score = 0;
    for (end = start; end < path.length && path[end] === s; end++) score += emission(end, s);
    if (topology.index[s] < 0) continue;
    spans.push({ index: topology.index[s], label: topology.labels[s], start, end, score });
  }
  return spans;
}
