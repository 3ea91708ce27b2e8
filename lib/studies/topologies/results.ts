import {
  ctcTopology,
  gradientTopology,
  hmmTopology,
  statePaths,
  type Topology,
} from "../../alignment/mod.ts";
import {
  ctcLoss,
  fullSum,
  fullSumLattice,
  fullSumLoss,
  softmaxOutput,
} from "../../criteria/mod.ts";
import { type Matrix, matrix, RandomState } from "../../numeric/mod.ts";

/** "foo bar", two words; ε is label 0. */
export const fooBar = { words: [[1, 2, 2], [3, 4, 5]], names: [..."εfobar"] } as const;

/** The topologies of a target of several words, by name. */
export function topologiesOf(words: readonly (readonly number[])[]) {
  const target = words.flat();
  return {
    "HMM": hmmTopology(words, { silence: 0 }),
    "CTC": ctcTopology(target),
    "gradient scores": gradientTopology(target),
  } as const;
}

/** One of {@linkcode topologiesOf}. */
export type TopologyName = keyof ReturnType<typeof topologiesOf>;

/** A figure for each topology. */
type Each<T = number> = Readonly<Record<TopologyName, T>>;

/** What the topologies have in common, and what they do not. */
export interface Results {
  /** How many of 100 losses and gradients are those of CTC, bit for bit. */
  readonly equal: { readonly losses: number; readonly gradients: number };
  /** log of the full sum of nine random frames, by recursion and path by path. */
  readonly sums: Each<{ readonly byRecursion: number; readonly byPath: number }>;
  /** Alignments of "foo bar" by number of frames; the full sum of ones. */
  readonly counts: readonly ({ readonly frames: number } & Each)[];
  /** Alignments of "foo bar" in ten frames, listed one by one. */
  readonly listed: Each;
  /** Alignments of "oo" in two frames, which have no room for ε. */
  readonly twice: Each;
  /** The HMM of one-letter words, and CTC: states and arcs as text, log of the full sum. */
  readonly letters: Readonly<Record<"HMM" | "CTC", { readonly automaton: string; sum: number }>>;
  /** Share of ε in the soft alignment of a flat model, by number of frames. */
  readonly epsilon: readonly ({ readonly frames: number } & Each)[];
  /** [T, S] share of all paths in each state, 16 frames of a flat model, -Infinity for none. */
  readonly shares: Each<Matrix>;
}

const K = fooBar.names.length;
const topologies = topologiesOf(fooBar.words);
const names = Object.keys(topologies) as TopologyName[];

/** Computes the study's numbers; needs no stored run. */
export function results(): Promise<Results> {
  const rng = new RandomState(15);
  const equal = equalToCtc(rng);
  const sample = softmaxOutput.logProbs(randomLogits(rng, 9));
  return Promise.resolve({
    equal,
    sums: each((topology) => ({
      byRecursion: fullSum(sample, topology).logScore,
      byPath: sumByPath(sample, topology),
    })),
    counts: [6, 7, 8, 10, 12].map((frames) => ({
      frames,
      ...each((topology) => count(topology, frames)),
    })),
    listed: each((topology) => [...statePaths(topology, 10)].length),
    twice: each((topology) => count(topology, 2), topologiesOf([[1, 1]])),
    letters: oneLetterWords(sample),
    epsilon: [8, 16, 32, 64].map((frames) => ({
      frames,
      ...each((topology) => epsilonShare(topology, frames)),
    })),
    shares: each((topology) => stateShares(topology, 16)),
  });
}

/** HMM criterion and CTC of 100 random sequences, compared as bits. */
function equalToCtc(rng: RandomState): Results["equal"] {
  const target = fooBar.words.flat();
  let [losses, gradients] = [0, 0];
  for (let n = 0; n < 100; n++) {
    const logits = randomLogits(rng, 7 + n % 20);
    const hmm = fullSumLoss(logits, ctcTopology(target), {
      posteriorScale: 1,
      prior: { kind: "sequence", priorScale: 0 },
      transitionScale: 0,
    });
    const ctc = ctcLoss(logits, target);
    losses += Number(bits([hmm.loss]) === bits([ctc.loss]));
    gradients += Number(bits(hmm.dLogits.data) === bits(ctc.dLogits.data));
  }
  return { losses, gradients };
}

/** log Σ_paths Πₜ p(yₜ), all paths one by one. */
function sumByPath(logProbs: Matrix, topology: Topology): number {
  let sum = 0;
  for (const path of statePaths(topology, logProbs.rows)) {
    sum += Math.exp(path.reduce((log, s, t) => log + logProbs.data[t * K + topology.labels[s]], 0));
  }
  return Math.log(sum);
}

/** "fobar", no letter twice in a row, every letter a word of its own. */
function oneLetterWords(logProbs: Matrix): Results["letters"] {
  const letters = [1, 2, 3, 4, 5];
  const of = (topology: Topology) => {
    return { automaton: written(topology), sum: fullSum(logProbs, topology).logScore };
  };
  return {
    HMM: of(hmmTopology(letters.map((letter) => [letter]), { silence: 0 })),
    CTC: of(ctcTopology(letters)),
  };
}

/** The states of an automaton, and where the arcs of each lead. */
function written({ labels, outgoing: { start, state } }: Topology): string {
  const arcs = Array.from(
    labels,
    (_, s) => [...state.subarray(start[s], start[s + 1])].sort((a, b) => a - b).join(),
  );
  return `${labels.join()} | ${arcs.join("; ")}`;
}

function count(topology: Topology, T: number): number {
  return Math.round(Math.exp(fullSum(matrix(T, K), topology).logScore));
}

function epsilonShare(topology: Topology, T: number): number {
  const { occupancy } = fullSum(matrix(T, K), topology);
  return occupancy.data.reduce((sum, v, i) => i % K === 0 ? sum + v : sum, 0) / T;
}

function stateShares(topology: Topology, T: number): Matrix {
  const flat = matrix(T, K, Array(T * K).fill(-Math.log(K)));
  const { logAlpha, logBeta, emission, logScore } = fullSumLattice(flat, topology);
  const shares = logAlpha.data.map((a, i) => {
    const share = Math.exp(a + logBeta.data[i] - emission.data[i] - logScore);
    return share > 0 ? share : -Infinity;
  });
  return matrix(T, topology.labels.length, shares);
}

function each<T>(
  of: (topology: Topology) => T,
  all: Readonly<Record<TopologyName, Topology>> = topologies,
): Record<TopologyName, T> {
  return Object.fromEntries(names.map((name) => [name, of(all[name])])) as Record<TopologyName, T>;
}

function randomLogits(rng: RandomState, T: number): Matrix {
  return matrix(T, K, Array.from({ length: T * K }, () => rng.randn()));
}

function bits(values: Iterable<number>): string {
  return new BigUint64Array(Float64Array.from(values).buffer).join();
}
