import { number, requireForm, whole } from "../form/mod.ts";
import { type Matrix, matrix, type RandomState } from "../numeric/mod.ts";

/**
 * Draws a Markov chain over the labels 1 … K: which label comes first, and which after which.
 *
 * p(j | i) ∝ exp(contrast · z_ij), z_ij Gaussian
 *
 * With a contrast of 0 all labels are always equally likely; with 1 the likeliest of six follows
 * about two times in five, with 3 seven times in ten.
 *
 * @param rng Where the (K + 1) · K Gaussians come from, row by row; none is drawn for contrast 0.
 * @param K Number of labels, without blank.
 * @param contrast A finite number >= 0.
 * @returns [K + 1, K] row 0 holds the probabilities of the first label, row i those of the label
 * after i; column j - 1 belongs to label j.
 * @throws {RangeError} If the contrast is anything else.
 *
 * @example
 * ```ts
 * import { markovChain } from "lib/corpora/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...markovChain(new RandomState(0), 2, 0).data], Array(6).fill(0.5));
 * ```
 */
export function markovChain(rng: RandomState, K: number, contrast: number): Matrix {
  requireForm<number>("Cannot draw a Markov chain", whole({ min: 1 }), K, "K");
  requireForm<number>("Cannot draw a Markov chain", number({ min: 0 }), contrast, "its contrast");
  const chain = matrix(K + 1, K);
  for (let i = 0; i <= K; i++) {
    const row = chain.data.subarray(i * K, (i + 1) * K);
    for (let j = 0; j < K; j++) row[j] = contrast === 0 ? 0 : contrast * rng.randn();
    const max = row.reduce((a, b) => Math.max(a, b));
    if (!row.every(Number.isFinite)) {
      throw new RangeError(
        `Cannot draw a Markov chain as its contrast must not lead beyond the largest number: ` +
          `current value is ${contrast}`,
      );
    }
    for (let j = 0; j < K; j++) row[j] = Math.exp(row[j] - max);
    const sum = row.reduce((a, b) => a + b);
    for (let j = 0; j < K; j++) row[j] /= sum;
  }
  return chain;
}

/**
 * Draws the label that follows `previous`, or the first where that is 0: one uniform number u, and
 * the first label j with p(1) + … + p(j) > u.
 *
 * @param chain [K + 1, K] as {@link markovChain} returns it.
 * @throws {RangeError} If there is no such previous label, or a probability is NaN.
 */
export function nextLabel(rng: RandomState, chain: Matrix, previous: number): number {
  const { data, cols: K } = chain;
  if (!(Number.isInteger(previous) && previous >= 0 && previous <= K)) {
    throw new RangeError(
      `Cannot draw the next label as the previous must be a whole number from 0 to ${K}: ` +
        `current value is ${previous}`,
    );
  }
  let rest = rng.random();
  for (let j = 0; j < K - 1; j++) {
    rest -= data[previous * K + j];
    if (rest < 0) return j + 1;
  }
  if (Number.isNaN(rest)) {
    throw new RangeError(`Cannot draw the next label as row ${previous} of the chain holds NaN`);
  }
  return K;
}
