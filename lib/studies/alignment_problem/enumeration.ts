import { labelPaths } from "../../alignment/mod.ts";
import { collapse } from "../../decoding/mod.ts";
import { type Matrix, matrix } from "../../numeric/mod.ts";

/** The probability of a target by its definition. */
export interface Enumeration {
  /** Label paths that mean the target. */
  readonly paths: readonly (readonly number[])[];
  /** p(ℓ | x), the sum of their probabilities. */
  readonly p: number;
  /** [T, K] share of p that passes through each label at each frame */
  readonly v: Matrix;
}

/**
 * Sums over all K^T paths that collapse to a target, p(ℓ | x) = Σ_π Πₜ y[t, πₜ].
 *
 * @param logProbs [T, K] log-probabilities, nats
 *
 * Source: Graves et al. 2006, eqs. 2 and 3.
 */
export function enumerate(logProbs: Matrix, target: readonly number[]): Enumeration {
  const { rows: T, cols: K } = logProbs;
  const y = (t: number, k: number) => Math.exp(logProbs.data[t * K + k]);
  const paths = [...labelPaths(T, K)].filter((path) => collapse(path).join() === target.join());
  const through = matrix(T, K);
  let p = 0;
  for (const path of paths) {
    const probability = path.reduce((product, k, t) => product * y(t, k), 1);
    p += probability;
    path.forEach((k, t) => through.data[t * K + k] += probability);
  }
  return { paths, p, v: matrix(T, K, through.data.map((part) => part / p)) };
}

/** What a path written in letters and ε means: repeats merged, then blanks dropped. */
export function meaning(path: string): string {
  return written(collapse(labelsOf(path)));
}

/** What a path would mean if blanks were dropped first: the common error. */
export function meaningDroppingFirst(path: string): string {
  return written(collapse(withoutBlanks(labelsOf(path))));
}

/** How many paths mean a text, by either order of the collapse rule. */
export interface PathCount {
  readonly frames: number;
  /** All paths over ε and the letters of the text. */
  readonly all: number;
  readonly merging: number;
  readonly dropping: number;
}

/** Counts the paths of a text one by one. */
export function countPaths(text: string, frames: number): PathCount {
  const letters = [...new Set(text)];
  const target = [...text].map((letter) => letters.indexOf(letter) + 1);
  const means = (labels: readonly number[]) =>
    labels.length === target.length && labels.every((k, n) => k === target[n]);
  let [merging, dropping] = [0, 0];
  for (const path of labelPaths(frames, letters.length + 1)) {
    merging += Number(means(collapse(path)));
    dropping += Number(means(collapse(withoutBlanks(path))));
  }
  return { frames, all: (letters.length + 1) ** frames, merging, dropping };
}

function withoutBlanks(path: readonly number[]): number[] {
  return path.filter((label) => label !== 0);
}

function labelsOf(path: string): number[] {
  return [...path].map((letter) => letter === "ε" ? 0 : letter.codePointAt(0)!);
}

function written(labels: readonly number[]): string {
  return String.fromCodePoint(...labels);
}
