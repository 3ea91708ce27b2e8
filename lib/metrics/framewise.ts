import { requireAlignment } from "../criteria/framewise.ts";
import { type Matrix, requireLabel, requireLogProbs } from "../numeric/mod.ts";

/**
 * The framewise cross entropy of a reference alignment, as the mean over frames:
 * -1/T Σₜ log p(yₜ).
 *
 * The paper's definition is the sum over the frames of a sequence; the figures in its tables can
 * only be means, and so is this.
 *
 * @param logProbs [T, K] log-probabilities, nats, of one sequence or many end to end.
 * @param alignment [T] the true label of every frame
 * @returns nats per frame; Infinity if a true label has no probability.
 * @throws {RangeError} If there is no frame, a log-probability is NaN or +Infinity, there is not one
 * true label per frame, or one is not below K.
 *
 * @example
 * ```ts
 * import { framewiseCrossEntropy } from "lib/metrics/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logProbs = matrix(2, 2, [0.5, 0.5, 0.25, 0.75].map(Math.log));
 * assertAlmostEquals(framewiseCrossEntropy(logProbs, [0, 0]), (Math.log(2) + Math.log(4)) / 2);
 * ```
 *
 * Source: the alignment paper, appendix A.4.2.
 */
export function framewiseCrossEntropy(logProbs: Matrix, alignment: ArrayLike<number>): number {
  const { data, rows: T, cols: K } = logProbs;
  requireFrames("a framewise cross entropy", T);
  requireLogProbs("compute a framewise cross entropy", logProbs);
  requireAlignment(alignment, T, K);
  let sum = 0;
  for (let t = 0; t < T; t++) sum -= data[t * K + alignment[t]];
  return sum / T;
}

/**
 * The mean posterior of blank or silence, 1/T Σₜ p(ε | x), t over all frames.
 *
 * @param logProbs [T, K] log-probabilities, nats, of one sequence or many end to end.
 * @param options.blank The label ε; defaults to 0.
 * @throws {RangeError} If there is no frame, a log-probability is NaN or +Infinity, or blank is not a
 * whole number below K.
 *
 * Source: the alignment paper, appendix A.4.2.
 */
export function averageBlankPosterior(
  logProbs: Matrix,
  options: { blank?: number } = {},
): number {
  const { blank = 0 } = options;
  const { data, rows: T, cols: K } = logProbs;
  requireFrames("an average posterior", T);
  requireLabel("compute an average posterior", "blank", blank, K);
  requireLogProbs("compute an average posterior", logProbs);
  let sum = 0;
  for (let t = 0; t < T; t++) sum += Math.exp(data[t * K + blank]);
  return sum / T;
}

/** @throws {RangeError} If there is no frame to take a mean over. */
export function requireFrames(what: string, T: number): void {
  if (T === 0) {
    throw new RangeError(`Cannot compute ${what} as there must be at least one frame: T is 0`);
  }
}
