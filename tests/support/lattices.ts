import { type Matrix, matrix, RandomState } from "lib/numeric/mod.ts";
import fc from "fast-check";
import { randomMatrix } from "./matrices.ts";

/** A path through a transducer's lattice: the label of every step, blanks among them. */
export interface Steps {
  /** The rows that it passes, t · (U + 1) + u, and what it takes there. */
  readonly steps: readonly (readonly [row: number, label: number])[];
  readonly probability: number;
}

/** Every path of a target: T blanks, the last step one of them, and the labels in between. */
export function enumerateLattice(
  probability: (row: number, label: number) => number,
  T: number,
  target: readonly number[],
  blank = 0,
): Steps[] {
  const U = target.length, paths: Steps[] = [];
  const walk = (t: number, u: number, steps: Steps["steps"], p: number): void => {
    if (t === T) {
      if (u === U) paths.push({ steps, probability: p });
      return;
    }
    const row = t * (U + 1) + u;
    walk(t + 1, u, [...steps, [row, blank]], p * probability(row, blank));
    if (u === U) return;
    walk(t, u + 1, [...steps, [row, target[u]]], p * probability(row, target[u]));
  };
  walk(0, 0, [], 1);
  return paths;
}

/** The softmax of logits, entry by entry. */
export function softmaxOf({ data, cols: K }: Matrix): (row: number, label: number) => number {
  return (row, label) => {
    const scores = data.subarray(row * K, (row + 1) * K);
    return Math.exp(scores[label]) / scores.reduce((sum, z) => sum + Math.exp(z), 0);
  };
}

/** A small lattice with random logits, blank anywhere. */
export const anyLattice = fc.record({
  seed: fc.nat(2 ** 32 - 1),
  T: fc.integer({ min: 1, max: 5 }),
  K: fc.integer({ min: 2, max: 4 }),
  U: fc.integer({ min: 0, max: 4 }),
  blankShare: fc.double({ min: 0, max: 0.999, noNaN: true }),
}).map(({ seed, T, K, U, blankShare }) => {
  const rng = new RandomState(seed), blank = Math.floor(blankShare * K);
  const target = Array.from({ length: U }, () => (blank + rng.randint(1, K)) % K);
  return { T, K, U, blank, target, logits: randomMatrix(rng, T * (U + 1), K, 2) };
});

/** A matrix of the same values. */
export function copyOf({ data, rows, cols }: Matrix): Matrix {
  return matrix(rows, cols, data.slice());
}
