import {
  type Alignment,
  gradientAlignment,
  gradScore,
  gradScoreExt,
  viterbi,
  type ViterbiOptions,
} from "../alignment/mod.ts";
import { averageLogPosterior } from "../criteria/mod.ts";
import type { LabelledBatch } from "../corpora/mod.ts";
import { type Form, number, optional, type RecordForm, requireForm } from "../form/mod.ts";
import { type Matrix, sequenceAt } from "../numeric/mod.ts";
import { type GradientNormOptions, gradientNorms } from "../systems/mod.ts";
import type { AlignedBatch } from "./alignment_errors.ts";
import { scale } from "./bounds.ts";
import type { EvaluatedBatch } from "./measures/measure.ts";
import { alignmentForm } from "./measures/alignment.ts";
import type { TrainedModel } from "./trained_model.ts";

/** How to align by force: the best path, its blank shifted and its posterior over the prior. */
export type ForcedAlignmentOptions = Pick<ViterbiOptions, "blankShift" | "priorScale">;

/** How to align by gradients. */
export interface GradientAlignmentOptions
  extends Pick<GradientNormOptions, "p" | "maskBlank" | "priorScale"> {
  /** γ_ε of "grad-score"; defaults to -6. */
  readonly blankScore?: number;
  /** Percentile of "grad-score-ext"; defaults to 60. */
  readonly percentile?: number;
}

/** The ways to align; `AlignmentMethod` is one of them. */
export const alignmentMethods = ["viterbi", "grad-score", "grad-score-ext"] as const;

/** How to align. */
export type AlignmentMethod = typeof alignmentMethods[number];

/** How gradients are scored. */
export type GradientMethod = Exclude<AlignmentMethod, "viterbi">;

/** A way to align by gradients, as a plain JSON value. */
export interface GradientWay extends GradientAlignmentOptions {
  /** How they are scored. */
  readonly method: GradientMethod;
}

const methodForm: Form<GradientMethod> = { is: "choice", of: ["grad-score", "grad-score-ext"] };

/** What a {@link GradientWay} looks like. */
export const gradientWayForm: RecordForm<GradientWay> = {
  is: "record",
  fields: {
    method: methodForm,
    p: optional(number({ above: 0 })),
    maskBlank: optional({ is: "flag" }),
    priorScale: optional(scale),
    blankScore: optional(scale),
    percentile: optional(number({ min: 0, max: 100 })),
  },
};

/** A model whose labels have gradients. */
type Aligner = Pick<TrainedModel, "system" | "params">;

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
  model: Aligner,
  { batch }: Pick<EvaluatedBatch, "batch">,
  method: GradientMethod,
  options: GradientAlignmentOptions = {},
): Alignment[] {
  requireForm<GradientMethod>("Cannot align by gradients", methodForm, method, "method");
  return scored(batch, normsOf(model, batch, options), { method, ...options });
}

/**
 * {@link gradientAlignments} of batches in several ways; ways that differ only in how they score
 * gradients take them once.
 *
 * @returns By way, then by batch.
 */
export function gradientAlignmentsIn(
  ways: readonly GradientWay[],
  model: Aligner,
  batches: readonly Pick<EvaluatedBatch, "batch">[],
): AlignedBatch[][] {
  const taken = new Map<string, readonly (readonly (Matrix | undefined)[])[]>();
  return ways.map((way) => {
    const { p, maskBlank, priorScale } = way;
    const key = JSON.stringify({ p, maskBlank, priorScale });
    const norms = taken.get(key) ?? batches.map(({ batch }) => normsOf(model, batch, way));
    taken.set(key, norms);
    return batches.map(({ batch }, n) => ({ batch, alignments: scored(batch, norms[n], way) }));
  });
}

/** [L, T] of every sequence; undefined where its target has no path. */
function normsOf(
  { system, params }: Aligner,
  { x, targets, words }: LabelledBatch,
  { p, maskBlank, priorScale }: GradientAlignmentOptions,
): (Matrix | undefined)[] {
  return targets.map((target, b) =>
    gradientNorms(system, params, sequenceAt(x, b), target, {
      p,
      maskBlank,
      priorScale,
      words: words?.[b],
    })
  );
}

function scored(
  { targets }: LabelledBatch,
  norms: readonly (Matrix | undefined)[],
  { method, blankScore, percentile }: GradientWay,
): Alignment[] {
  return norms.map((G, b) => {
    if (G === undefined) return { score: -Infinity, labels: new Int32Array(0), spans: [] };
    const scores = method === "grad-score"
      ? gradScore(G, { blankScore })
      : gradScoreExt(G, { percentile });
    return gradientAlignment(scores, targets[b]);
  });
}
