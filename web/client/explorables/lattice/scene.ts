import { type Matrix, matrix, RandomState } from "lib/numeric/mod.ts";

/** What the reader has set: a word, and what a network says at every frame. */
export interface Scene {
  /** Its letters are the target. */
  readonly word: string;
  /** Blank, then each letter of the word once, in their order. */
  readonly labels: readonly string[];
  /** The word as labels. */
  readonly target: readonly number[];
  /** [T, K] posteriors, rows of which sum to 1 */
  readonly posteriors: Matrix;
}

/** What a network may look like. */
export const networks = ["trained", "untrained", "framewise", "random"] as const;
/** One of {@linkcode networks}. */
export type Network = typeof networks[number];

/** How blank is written. */
export const BLANK = "ε";
/** The most letters of a word. */
export const MOST_LETTERS = 8;
/** The most frames. */
export const MOST_FRAMES = 40;
/** No posterior is smaller: scores stay finite, and every path can be brought back. */
export const FLOOR = 1e-4;

/**
 * A scene before the reader has touched it.
 *
 * @param word Its first {@linkcode MOST_LETTERS} letters count; what is no letter is left out.
 * @param frames From 1 to {@linkcode MOST_FRAMES}.
 */
export function scene(word: string, frames: number, network: Network = "trained"): Scene {
  const letters = (word.toLowerCase().match(/\p{L}/gu) ?? []).filter((letter) => letter !== BLANK)
    .slice(0, MOST_LETTERS);
  const labels = [BLANK, ...new Set(letters)];
  const target = letters.map((letter) => labels.indexOf(letter));
  const T = Math.min(MOST_FRAMES, Math.max(1, Math.round(frames)));
  const posteriors = matrix(T, labels.length);
  fill(posteriors, target, network);
  return { word: letters.join(""), labels, target, posteriors };
}

/**
 * Sets one posterior; the others of its frame keep their ratios and share the rest.
 *
 * @param p From 0 to 1, kept {@linkcode FLOOR} away from both ends.
 */
export function setPosterior({ posteriors }: Scene, t: number, k: number, p: number): void {
  const { cols: K, data } = posteriors;
  if (K < 2) return;
  const row = data.subarray(t * K, (t + 1) * K);
  const next = Math.min(1 - (K - 1) * FLOOR, Math.max(FLOOR, p));
  const others = 1 - row[k];
  for (let j = 0; j < K; j++) {
    if (j !== k) row[j] = others > 0 ? row[j] / others * (1 - next) : (1 - next) / (K - 1);
  }
  row[k] = next;
  keepAbove(row);
}

/**
 * One step of gradient descent on the scores of every frame, as if each were free to move.
 *
 * @param dLogits [T, K] the gradient of the loss
 * @param rate Step size; defaults to 1.
 */
export function descend({ posteriors }: Scene, dLogits: Matrix, rate = 1): void {
  const { rows: T, cols: K, data } = posteriors;
  for (let t = 0; t < T; t++) {
    const row = data.subarray(t * K, (t + 1) * K);
    for (let k = 0; k < K; k++) row[k] *= Math.exp(-rate * dLogits.data[t * K + k]);
    normalize(row);
    keepAbove(row);
  }
}

function fill(posteriors: Matrix, target: readonly number[], network: Network): void {
  const { rows: T, cols: K, data } = posteriors;
  const rng = new RandomState(1), L = target.length;
  for (let t = 0; t < T; t++) {
    const row = data.subarray(t * K, (t + 1) * K);
    const n = Math.min(L - 1, Math.floor((t / T) * L));
    const middle = Math.floor((n + 0.5) * T / Math.max(1, L));
    for (let k = 0; k < K; k++) {
      if (network === "random") row[k] = Math.exp(1.2 * rng.randn());
      else if (network === "untrained") row[k] = 1;
      else row[k] = 0.05 / K;
    }
    if (L > 0 && network === "framewise") row[target[n]] += 0.95;
    if (network === "trained") {
      const spike = L === 0 ? 0 : t === middle ? 0.92 : Math.abs(t - middle) === 1 ? 0.3 : 0.02;
      if (L > 0) row[target[n]] += spike;
      row[0] += 0.95 - spike;
    }
    normalize(row);
    keepAbove(row);
  }
}

function normalize(row: Float64Array): void {
  const sum = row.reduce((a, b) => a + b, 0);
  for (let k = 0; k < row.length; k++) row[k] /= sum;
}

/** Lifts what is below the floor, at the cost of the largest. */
function keepAbove(row: Float64Array): void {
  let largest = 0;
  for (let k = 1; k < row.length; k++) if (row[k] > row[largest]) largest = k;
  for (let k = 0; k < row.length; k++) {
    if (row[k] >= FLOOR || k === largest) continue;
    row[largest] -= FLOOR - row[k];
    row[k] = FLOOR;
  }
}
