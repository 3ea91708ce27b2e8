import { ctcTopology } from "lib/alignment/ctc_topology.ts";
import type { Topology } from "lib/alignment/topology.ts";
import { viterbi } from "lib/alignment/viterbi.ts";
import { ctcLoss } from "lib/criteria/ctc_loss.ts";
import { fullSum, fullSumLattice } from "lib/criteria/full_sum.ts";
import { bestPath } from "lib/decoding/greedy.ts";
import { type Matrix, matrix, RandomState } from "lib/numeric/mod.ts";
import { meaning, meaningDroppingFirst } from "lib/studies/alignment_problem/enumeration.ts";
import { BLANK, type Scene } from "./scene.ts";

/** All that CTC says about a scene. */
export interface Sums {
  /** −log p(word | x), nats; `Infinity` where the word does not fit into the frames. */
  readonly loss: number;
  /** How many paths mean the word. */
  readonly paths: number;
  /** The fewest frames that the word needs. */
  readonly needs: number;
  /** [S] what each state emits */
  readonly states: readonly string[];
  /** [T, S] nats; -Infinity where no path passes */
  readonly logAlpha: Matrix;
  /** [T, S] nats; -Infinity where no path passes */
  readonly logBeta: Matrix;
  /** [T, S] share of p(word | x) whose paths are in each state; -Infinity where none passes */
  readonly occupancy: Matrix;
  /** [T, K] the gradient of the loss with respect to the scores, softmax − v */
  readonly gradient: Matrix;
  /** [T] states of the best path that means the word; empty where none does */
  readonly best: readonly number[];
  /** The likeliest label of every frame, as text: best-path decoding before the collapse. */
  readonly greedy: string;
}

/** Sums over all paths of a scene's word. */
export function sumsOf({ target, labels, posteriors }: Scene): Sums {
  const { rows: T, cols: K } = posteriors;
  const topology = ctcTopology(target);
  const scores = matrix(T, K, posteriors.data.map(Math.log));
  const { loss, dLogits } = ctcLoss(scores, target);
  const { logScore, logAlpha, logBeta, emission } = fullSumLattice(scores, topology);
  const S = topology.labels.length, occupancy = matrix(T, S);
  for (let i = 0; i < T * S; i++) {
    const log = logAlpha.data[i] + logBeta.data[i] - emission.data[i] - logScore;
    const passes = logAlpha.data[i] > -Infinity && logBeta.data[i] > -Infinity;
    occupancy.data[i] = passes ? Math.exp(log) : -Infinity;
  }
  return {
    loss,
    paths: Math.round(Math.exp(fullSum(matrix(T, K), topology).logScore)),
    needs: topology.minimumFrames,
    states: Array.from(topology.labels, (k) => labels[k]),
    logAlpha,
    logBeta,
    occupancy,
    gradient: dLogits,
    best: statesOf(viterbi(scores, topology).labels, topology),
    greedy: Array.from(bestPath(posteriors), (k) => labels[k]).join(""),
  };
}

/**
 * Paths of a scene's word, each drawn with its share of p(word | x): where many run, the sum is.
 *
 * @param n How many.
 * @returns [n][T] the state of every frame; none where the word does not fit.
 */
export function samplePaths(
  { target }: Pick<Scene, "target">,
  { loss, logBeta }: Pick<Sums, "loss" | "logBeta">,
  n: number,
): number[][] {
  if (loss === Infinity) return [];
  const { initial, outgoing: { start, state } } = ctcTopology(target);
  const { rows: T, cols: S, data } = logBeta, rng = new RandomState(7);
  const first = [...initial.keys()].filter((s) => initial[s] > -Infinity);
  return Array.from({ length: n }, () => {
    const path: number[] = [];
    for (let t = 0, from = first; t < T; t++) {
      const shares = from.map((s) => data[t * S + s]);
      const s = from[drawn(shares, rng.random())];
      path.push(s);
      from = [...state.subarray(start[s], start[s + 1])];
    }
    return path;
  });
}

/** Which of some log shares a number from 0 to 1 falls on. */
function drawn(logShares: readonly number[], u: number): number {
  const most = Math.max(...logShares);
  const shares = logShares.map((log) => Math.exp(log - most));
  let rest = u * shares.reduce((a, b) => a + b);
  const n = shares.findIndex((share) => (rest -= share) < 0);
  return n < 0 ? shares.length - 1 : n;
}

/** The states of a path through a CTC topology, from the labels that it emits. */
function statesOf(labels: Int32Array, { labels: emitted }: Topology): number[] {
  const states: number[] = [];
  let s = 0;
  for (const k of labels) {
    if (emitted[s] !== k) s += emitted[s + 1] === k ? 1 : 2;
    states.push(s);
  }
  return states;
}

/** What a path of letters and {@linkcode BLANK} means, and the step before. */
export interface Reading {
  /** The path after the first of two steps. */
  readonly between: string;
  /** The path after both. */
  readonly text: string;
}

/** Merges repeats, then drops blanks: what CTC does. */
export function mergeThenDrop(path: string): Reading {
  return { between: path.replaceAll(/(.)\1+/gu, "$1"), text: meaning(path) };
}

/** Drops blanks, then merges repeats: the common mistake, after which no letter can be doubled. */
export function dropThenMerge(path: string): Reading {
  return { between: path.replaceAll(BLANK, ""), text: meaningDroppingFirst(path) };
}
