import fc from "fast-check";
import { type Matrix, matrix, RandomState } from "lib/numeric/mod.ts";
import { collapsed, tuples } from "./paths.ts";

/** p(labelling | x) of every labelling that has a path, by its labels joined with commas. */
export function enumerateLabellings(logProbs: Matrix, blank = 0): Map<string, number> {
  const { data, rows: T, cols: K } = logProbs;
  const sums = new Map<string, number>();
  for (const path of tuples(T, K)) {
    const key = collapsed(path, blank).join();
    const p = path.reduce((product, k, t) => product * Math.exp(data[t * K + k]), 1);
    sums.set(key, (sums.get(key) ?? 0) + p);
  }
  return sums;
}

/** Random log-probabilities [T, K]; `sharpness` is the deviation of the logits. */
export function randomLogProbs(seed: number, T: number, K: number, sharpness = 1): Matrix {
  const rng = new RandomState(seed);
  const m = matrix(T, K);
  for (let t = 0; t < T; t++) {
    const row = m.data.subarray(t * K, (t + 1) * K);
    row.forEach((_, k) => row[k] = sharpness * rng.randn());
    const logSum = Math.log(row.reduce((sum, v) => sum + Math.exp(v), 0));
    row.forEach((v, k) => row[k] = v - logSum);
  }
  return m;
}

/** Small log-probabilities of every kind: T 1 … 6, K 2 … 4, flat to peaked. */
export const smallLogProbs: fc.Arbitrary<Matrix> = fc
  .record({
    seed: fc.nat(1_000_000),
    T: fc.integer({ min: 1, max: 6 }),
    K: fc.integer({ min: 2, max: 4 }),
    sharpness: fc.constantFrom(0.3, 1, 3),
  })
  .map(({ seed, T, K, sharpness }) => randomLogProbs(seed, T, K, sharpness));

/** The labels of a key of {@link enumerateLabellings}. */
export function labelsOfKey(key: string): number[] {
  return key === "" ? [] : key.split(",").map(Number);
}
