import {
  type Alignment,
  gradientAlignment,
  gradScore,
  gradScoreExt,
  type ScoredSpan,
  viterbi,
  type ViterbiOptions,
} from "../alignment/mod.ts";
import { averageLogPosterior } from "../criteria/mod.ts";
import { requireForm } from "../form/mod.ts";
import type { LabelledBatch } from "../corpora/mod.ts";
import { matrix, sequenceAt } from "../numeric/mod.ts";
import { type GradientNormOptions, gradientNorms, requireAble } from "../systems/mod.ts";
import type { EvaluatedBatch } from "./measures/measure.ts";
import { alignmentForm } from "./measures/alignment.ts";
import type { TrainedModel } from "./trained_model.ts";

/** How to align by force: the best path, its blank shifted and its posterior over the prior. */
export type ForcedAlignmentOptions = Pick<ViterbiOptions, "blankShift" | "priorScale">;

/** How to align by gradients. */
export interface GradientAlignmentOptions
  extends Pick<GradientNormOptions, "p" | "maskBlank" | "priorScale" | "ctcWeight"> {
  /** γ_ε of "grad-score"; defaults to -6. */
  readonly blankScore?: number;
  /** Percentile of "grad-score-ext"; defaults to 60. */
  readonly percentile?: number;
}

/** The ways to align; `AlignmentMethod` is one of them. */
export const alignmentMethods = ["viterbi", "attention", "grad-score", "grad-score-ext"] as const;

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
 * Forced alignments of a batch by the paths of a system that has its own, such as a transducer. Where a
 * transducer gives several labels at one frame, all but the first are moved to the frames after it, or
 * before where the sequence ends; a target of more labels than frames is not aligned.
 *
 * @throws {RangeError} If it has none.
 */
export function pathAlignments(
  { system, params }: Pick<TrainedModel, "system" | "params">,
  { x, targets }: Pick<LabelledBatch, "x" | "targets">,
): Alignment[] {
  const able = requireAble("Cannot align by force", system, "align");
  return able.align(params, x, targets).map(({ score, spans }, b) => {
    if (score === -Infinity) return unaligned();
    const T = system.frames(x.offsets[b + 1] - x.offsets[b]), labels = new Int32Array(T);
    if (spans.length > T) return unaligned();
    const apart = oneAfterTheOther(spans, T);
    for (const { label, start, end } of apart) labels.fill(label, start, end);
    return { score, labels, spans: apart };
  });
}

/** Spans of at least a frame each: those that share one are moved on, and back where frames end. */
function oneAfterTheOther(spans: readonly ScoredSpan[], T: number): ScoredSpan[] {
  let free = 0;
  const starts = spans.map(({ start, end }) => {
    const from = Math.max(start, free);
    free = Math.max(end, from + 1);
    return from;
  });
  let bound = T;
  return spans.toReversed().map((span, n): ScoredSpan => {
    const from = starts[spans.length - 1 - n], end = Math.min(Math.max(span.end, from + 1), bound);
    const start = Math.min(from, end - 1);
    bound = start;
    return { ...span, start, end };
  }).reverse();
}

/**
 * Alignments of a batch from the attention weights of a decoder that is told the targets, which are
 * read as gradients are by "grad-score-ext".
 *
 * @throws {RangeError} If the system does not attend.
 */
export function attentionAlignments(
  { system, params }: Pick<TrainedModel, "system" | "params">,
  { x, targets }: Pick<LabelledBatch, "x" | "targets">,
): Alignment[] {
  const able = requireAble("Cannot align by attention", system, "attentionWeights");
  return able.attentionWeights(params, x, targets).map((weights, b) => {
    const { data, cols: T } = weights, L = targets[b].length;
    if (T === 0) throw new RangeError("Cannot align by attention as the decoder must attend");
    if (L === 0 || T < L) return unaligned();
    const log = data.subarray(0, L * T).map((share) => Math.log(Math.max(share, Number.MIN_VALUE)));
    return gradientAlignment(gradScoreExt(matrix(L, T, log)), targets[b]);
  });
}

function unaligned(): Alignment {
  return { score: -Infinity, labels: new Int32Array(0), spans: [] };
}

/**
 * Alignments of a batch from the gradients of its labels' scores, with one backward pass per label.
 *
 * Source: the alignment paper, section 5 and appendix A.7.
 */
export function gradientAlignments(
  { system, params }: Pick<TrainedModel, "system" | "params">,
  { batch }: { readonly batch: LabelledBatch },
  method: Exclude<AlignmentMethod, "viterbi" | "attention">,
  options: GradientAlignmentOptions = {},
): Alignment[] {
  const methods = { is: "choice", of: ["grad-score", "grad-score-ext"] } as const;
  requireForm<typeof method>("Cannot align by gradients", methods, method, "method");
  const { p, maskBlank, priorScale, ctcWeight } = options;
  return batch.targets.map((target, b) => {
    const x = sequenceAt(batch.x, b);
    const words = batch.words?.[b];
    const how = { p, maskBlank, priorScale, ctcWeight, words };
    const G = gradientNorms(system, params, x, target, how);
    if (G === undefined) return unaligned();
    const scores = method === "grad-score" ? gradScore(G, options) : gradScoreExt(G, options);
    return gradientAlignment(scores, target);
  });
}
