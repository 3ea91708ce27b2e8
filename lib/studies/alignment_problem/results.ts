import { ctcTopology, statePaths } from "../../alignment/mod.ts";
import { ctcLoss, fullSumLattice } from "../../criteria/mod.ts";
import { logSoftmax } from "../../numeric/kernels/mod.ts";
import { type Matrix, matrix, RandomState } from "../../numeric/mod.ts";
import {
  countPaths,
  enumerate,
  meaning,
  meaningDroppingFirst,
  type PathCount,
} from "./enumeration.ts";
import { conceptPage, teachingNotebook } from "./published.ts";

const T = 4, K = 3;
const logits = matrix(T, K, standardNormal(5, T * K));
const logProbs = matrix(T, K);
logSoftmax(logProbs.data, logits.data, T, K);

/** "hi" in four frames: ε, h and i, and scores that are random numbers, as there is no network yet. */
export const hi = {
  names: ["ε", "h", "i"],
  target: [1, 2],
  /** [T, K] scores before the softmax */
  logits,
  /** [T, K] nats */
  logProbs,
} as const;

/** The sums and shares of {@linkcode hi}, and how many paths mean "hello". */
export interface Results {
  /** What paths mean, by either order of the collapse rule. */
  readonly meanings: Readonly<
    Record<string, { readonly merging: string; readonly dropping: string }>
  >;
  /** How many paths mean "hello", by the frames they have. */
  readonly hello: readonly PathCount[];
  /** Label paths that mean "hi", walks through its automaton, and walks that are such a path. */
  readonly paths: { readonly labels: number; readonly walks: number; readonly both: number };
  /** p(hi | x) by enumeration, and by everything else. */
  readonly p: {
    readonly enumerated: number;
    readonly forward: number;
    readonly backward: number;
    /** α and β at every frame. */
    readonly both: readonly number[];
    /** exp(-loss) of `ctcLoss`. */
    readonly loss: number;
  };
  /** [T, S] walks: per path the state of every frame */
  readonly walks: readonly (readonly number[])[];
  /** What each state emits. */
  readonly states: readonly string[];
  /** [T, S] nats; share of p in each state, -Infinity where nothing passes */
  readonly tables: Readonly<Record<"logAlpha" | "logBeta" | "occupancy", Matrix>>;
  /** [T, K] the gradient with respect to the scores, and the soft alignment v */
  readonly gradient: { readonly dLogits: Matrix; readonly softAlignment: Matrix };
  /** [T, K] v by enumeration */
  readonly enumeratedAlignment: Matrix;
}

/** Computes the study's numbers; needs no stored run. */
export function results(): Promise<Results> {
  const topology = ctcTopology(hi.target);
  const walks = [...statePaths(topology, T)];
  const emitted = walks.map((walk) => walk.map((s) => topology.labels[s]).join());
  const { paths, p, v } = enumerate(hi.logProbs, hi.target);
  const { logScore, logAlpha, logBeta, emission } = fullSumLattice(hi.logProbs, topology);
  const shares = logAlpha.data.map((a, i) =>
    Math.exp(a + logBeta.data[i] - emission.data[i] - logScore)
  );
  const S = topology.labels.length;
  const { loss, dLogits, softAlignment } = ctcLoss(hi.logits, hi.target);
  return Promise.resolve({
    meanings: Object.fromEntries(
      [...teachingNotebook, ...conceptPage].map(({ path }) =>
        [path, { merging: meaning(path), dropping: meaningDroppingFirst(path) }] as const
      ),
    ),
    hello: [5, 6, 7, 8].map((frames) => countPaths("hello", frames)),
    paths: {
      labels: paths.length,
      walks: walks.length,
      both: new Set(emitted).intersection(new Set(paths.map(String))).size,
    },
    p: {
      enumerated: p,
      forward: sumExp(logAlpha.data.subarray(-2)),
      backward: sumExp(logBeta.data.subarray(0, 2)),
      both: Array.from(
        { length: T },
        (_, t) =>
          Math.exp(logScore) * shares.subarray(t * S, (t + 1) * S).reduce((sum, x) => sum + x),
      ),
      loss: Math.exp(-loss),
    },
    walks,
    states: Array.from(topology.labels, (k) => hi.names[k]),
    tables: {
      logAlpha,
      logBeta,
      occupancy: matrix(T, S, shares.map((share) => share > 0 ? share : -Infinity)),
    },
    gradient: { dLogits, softAlignment },
    enumeratedAlignment: v,
  });
}

function sumExp(logs: Float64Array): number {
  return logs.reduce((sum, log) => sum + Math.exp(log), 0);
}

function standardNormal(seed: number, n: number): number[] {
  const rng = new RandomState(seed);
  return Array.from({ length: n }, () => rng.randn());
}
