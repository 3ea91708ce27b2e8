import { requireLogProbs, requireSequences, type Sequences } from "../numeric/mod.ts";
import { requireFrames } from "./framewise.ts";

/**
 * The mean entropy of a frame's posterior, -1/T Σₜ Σₖ p(k) log p(k): 0 where the model is sure,
 * log K where it knows nothing.
 *
 * @param logProbs [N, K] log-probabilities, nats
 * @returns nats per frame
 * @throws {RangeError} If there is no frame, or a log-probability is NaN or +Infinity.
 *
 * @example
 * ```ts
 * import { posteriorEntropy } from "lib/metrics/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logProbs = sequences([matrix(1, 4, Array(4).fill(Math.log(0.25)))]);
 * assertAlmostEquals(posteriorEntropy(logProbs), Math.log(4));
 * ```
 */
export function posteriorEntropy(logProbs: Sequences): number {
  const { data, rows: T } = logProbs.frames;
  requireFrames("a posterior entropy", T);
  requireSequences("compute a posterior entropy", logProbs);
  requireLogProbs("compute a posterior entropy", logProbs.frames);
  let sum = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== -Infinity) sum -= Math.exp(data[i]) * data[i]; // p log p → 0 as p → 0
  }
  return sum / T;
}
