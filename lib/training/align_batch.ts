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
import type { LabelledBatch } from "../corpora/mod.ts";
import { type Form, number, optional, type RecordForm, requireForm } from "../form/mod.ts";
import { type Matrix, matrix, sequenceAt } from "../numeric/mod.ts";
import { type GradientNormOptions, gradientNorms, requireAble } from "../systems/mod.ts";
import type { AlignedBatch } from "./alignment_errors.ts";
import { scale } from "./bounds.ts";
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

/** How gradients are scored. */
export type GradientMethod = "grad-score" | "grad-score-ext";

/** A way to align by gradients, as a plain JSON value. */
export interface GradientWay extends Omit<GradientAlignmentOptions, "ctcWeight"> {
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

const { maskBlank, priorScale, blankScore, percentile } = gradientWayForm.fields;
/** Options of {@link gradientAlignments}, but for p, which {@link gradientNorms} checks. */
const optionsForm: RecordForm<Omit<GradientAlignmentOptions, "p">> = {
  is: "record",
  fields: {
    maskBlank,
    priorScale,
    blankScore,
    percentile,
    ctcWeight: optional(number({ min: 0, max: 1 })),
  },
};

/** A model whose labels have gradients. */
export type Aligner = Pick<TrainedModel, "system" | "params">;

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
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If an option is out of range.
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
  const { p: _, ...rest } = options;
  requireForm<Omit<GradientAlignmentOptions, "p">>("Cannot align by gradients", optionsForm, rest);
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
  { p, maskBlank, priorScale, ctcWeight }: GradientAlignmentOptions,
): (Matrix | undefined)[] {
  return targets.map((target, b) =>
    gradientNorms(system, params, sequenceAt(x, b), target, {
      p,
      maskBlank,
      priorScale,
      ctcWeight,
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
    if (G === undefined) return unaligned();
    const scores = method === "grad-score"
      ? gradScore(G, { blankScore })
      : gradScoreExt(G, { percentile });
    return gradientAlignment(scores, targets[b]);
  });
}
