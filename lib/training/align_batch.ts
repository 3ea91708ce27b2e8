import {
  type Alignment,
  gradientAlignment,
  gradScore,
  gradScoreExt,
  viterbi,
  type ViterbiOptions,
} from "../alignment/mod.ts";
import { averageLogPosterior } from "../criteria/mod.ts";
import { requireForm } from "../form/mod.ts";
import { sequenceAt } from "../numeric/mod.ts";
import { type GradientNormOptions, gradientNorms } from "../systems/mod.ts";
import type { EvaluatedBatch } from "./measures/measure.ts";
import { alignmentForm } from "./measures/alignment.ts";
import type { TrainedModel } from "./trained_model.ts";

/** How to align by force: the best path, its blank shifted and its posterior over the prior. */
export type ForcedAlignmentOptions = Pick<ViterbiOptions, "blankShift" | "priorScale">;

/** How to align by gradients. */
export interface GradientAlignmentOptions extends Pick<GradientNormOptions, "p" | "maskBlank"> {
  /** γ_ε of "grad-score"; defaults to -6. */
  readonly blankScore?: number;
  /** Percentile of "grad-score-ext"; defaults to 60. */
  readonly percentile?: number;
}

/** The ways to align; `AlignmentMethod` is one of them. */
export const alignmentMethods = ["viterbi", "grad-score", "grad-score-ext"] as const;

/** How to align. */
export type AlignmentMethod = typeof alignmentMethods[number];

/**
 * Forced alignments of a batch. Where `priorScale` is not 0, the prior is the average posterior
 * over the batch.
 *
 * Source: the alignment paper, appendix A.6.
 */
export function forcedAlignments(
  { logProbs, topologies }: EvaluatedBatch,
  options: ForcedAlignmentOptions = {},
): Alignment[] {
  requireForm("Cannot align", alignmentForm, options);
  const { priorScale = 0 } = options;
  const logPrior = priorScale === 0 ? undefined : averageLogPosterior([logProbs.frames]);
  return topologies.map((topology, b) =>
    viterbi(sequenceAt(logProbs, b), topology, { ...options, logPrior })
  );
}

/**
 * Alignments of a batch from the gradients of its labels' scores, with one backward pass per label.
 *
 * Source: the alignment paper, section 5 and appendix A.7.
 */
export function gradientAlignments(
  { system, params }: Pick<TrainedModel, "system" | "params">,
  { batch }: Pick<EvaluatedBatch, "batch">,
  method: Exclude<AlignmentMethod, "viterbi">,
  options: GradientAlignmentOptions = {},
): Alignment[] {
  const methods = { is: "choice", of: ["grad-score", "grad-score-ext"] } as const;
  requireForm<typeof method>("Cannot align by gradients", methods, method, "method");
  const { p, maskBlank } = options;
  return batch.targets.map((target, b) => {
    const x = sequenceAt(batch.x, b);
    const words = batch.words?.[b];
    const G = gradientNorms(system, params, x, target, { p, maskBlank, words });
    if (G === undefined) return { score: -Infinity, labels: new Int32Array(0), spans: [] };
    const scores = method === "grad-score" ? gradScore(G, options) : gradScoreExt(G, options);
    return gradientAlignment(scores, target);
  });
}
