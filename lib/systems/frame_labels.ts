import type { Topology } from "../alignment/mod.ts";
import { averageLogPosterior, labelScores, type Output } from "../criteria/mod.ts";
import { type Matrix, requireLabel } from "../numeric/mod.ts";
import type { LabelGradientOptions } from "./system.ts";

/** One label of a target as an output over frames gives it. */
export interface FrameLabel {
  /** log p(a_s | a_1 … a_{s-1}, x), nats */
  readonly logProb: number;
  /** [T, K] its gradient with respect to the logits, computed when it is asked for */
  dLogits(): Matrix;
}

/**
 * The labels of a target, each given those before it, by a posterior of every frame.
 *
 * @param logProbs [T, K] nats
 * @param output What made them of logits.
 * @returns One per label; undefined if the target does not fit into the frames.
 */
export function frameLabels(
  logProbs: Matrix,
  topology: Topology,
  output: Output,
  options: LabelGradientOptions = {},
): readonly FrameLabel[] | undefined {
  const { maskBlank = true, prefix, priorScale = 0, blank = 0 } = options;
  const { rows, cols: K } = logProbs;
  requireLabel("take gradients", "blank", blank, K);
  const logPrior = priorScale === 0 ? undefined : averageLogPosterior([logProbs]);
  const scores = labelScores(logProbs, topology, { prefix, logPrior, priorScale });
  const fits = topology.minimumFrames <= rows &&
    scores.every(({ logProb }) => logProb > -Infinity);
  if (!fits) return undefined;
  return scores.map(({ logProb, dLogProbs }) => ({
    logProb,
    dLogits() {
      const dLogits = output.backward(logProbs, dLogProbs);
      if (maskBlank) {
        for (let i = blank; i < dLogits.data.length; i += K) dLogits.data[i] = 0;
      }
      return dLogits;
    },
  }));
}
