import { viterbi, type ViterbiOptions } from "../../alignment/mod.ts";
import { requireReference } from "../../corpora/mod.ts";
import { averageLogPosterior } from "../../criteria/mod.ts";
import { averageBlankPosterior, framewiseCrossEntropy } from "../../metrics/mod.ts";
import { type Form, optional, requireForm } from "../../form/mod.ts";
import { batchSize, type Matrix, sequenceAt } from "../../numeric/mod.ts";
import { type AlignedBatch, type AlignmentErrors, alignmentErrors } from "../alignment_errors.ts";
import { requireAble, type TopologyKind } from "../../systems/mod.ts";
import { power, scale, topologyForm } from "../bounds.ts";
import type { EvaluatedBatch, Measure } from "./measure.ts";
import { amount, count, loss, recordOf, share, type ValueKind } from "./value_kinds.ts";

/** How held-out sequences are aligned, as a plain JSON value. */
export interface AlignmentOptions
  extends Pick<ViterbiOptions, "blankShift" | "priorScale" | "posteriorScale" | "transitionScale"> {
  /** Defaults to that of the criterion. */
  readonly topology?: TopologyKind;
}

/** How well frames are labelled and words are found; means over all sequences, times in frames. */
export interface AlignmentMetrics extends AlignmentErrors {
  /** Framewise cross entropy of the reference alignment, nats per frame. */
  readonly frameCe: number;
  /** Mean posterior of blank or silence. */
  readonly blankPosterior: number;
}

/** What {@link AlignmentOptions} look like. */
export const alignmentForm: Form<AlignmentOptions> = {
  is: "record",
  fields: {
    topology: optional(topologyForm),
    blankShift: optional(scale),
    priorScale: optional(scale),
    posteriorScale: optional(power),
    transitionScale: optional(scale),
  },
};

const rowKinds: Record<keyof AlignmentMetrics, ValueKind> = {
  frameCe: loss,
  blankPosterior: share,
  tse: amount,
  tseCenter: amount,
  onset: amount,
  offset: amount,
  onsetBias: amount,
  offsetBias: amount,
  silenceRatio: amount,
  labelDuration: amount,
  unaligned: count,
};

/** {@link alignmentMetrics}, by the topologies of the system. */
export const alignmentMeasure: Measure<AlignmentOptions, AlignmentMetrics> = {
  form: alignmentForm,
  needs: { data: ["alignment"], system: ["posterior", "topologies"] },
  compute(batches, options, { system, data }) {
    const able = requireAble("Cannot align", system, "topologies");
    const evaluated = batches.map(({ batch, logProbs }) => ({
      batch,
      logProbs,
      topologies: able.topologies(batch, options.topology),
    }));
    return alignmentMetrics(evaluated, options, data);
  },
  rowForm: recordOf(rowKinds, ["frameCe", "blankPosterior", "unaligned"]),
};

/**
 * Aligns held-out sequences by force and compares with the truth. Where `priorScale` is not 0, the
 * prior is the average posterior over all their frames.
 *
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If there is no batch, a sequence has no topology, or an option is out of range.
 *
 * Source: the alignment paper, appendix A.4.2 and A.6.
 */
export function alignmentMetrics(
  batches: readonly EvaluatedBatch[],
  options: AlignmentOptions,
  { silence }: { silence?: number } = {},
): AlignmentMetrics {
  const aligned = alignByForce(batches, options);
  const frames = batches.map(({ logProbs }) => logProbs.frames);
  const perFrame = (measure: (n: number) => number) => weightedMean(frames, measure);
  return {
    frameCe: perFrame((n) => {
      const { alignment } = requireReference("Cannot measure alignments", batches[n].batch);
      return framewiseCrossEntropy(frames[n], alignment);
    }),
    blankPosterior: perFrame((n) => averageBlankPosterior(frames[n])),
    ...alignmentErrors(aligned, { silence }),
  };
}

/** Batches, what a model says about them, and their alignments. */
export type AlignedByForce = AlignedBatch & Pick<EvaluatedBatch, "logProbs">;

/** The alignments of all sequences; the prior is the average posterior over all their frames. */
export function alignByForce(
  batches: readonly EvaluatedBatch[],
  options: AlignmentOptions,
): AlignedByForce[] {
  requireForm("Cannot align", alignmentForm, options);
  requireBatches(batches);
  const { priorScale = 0 } = options;
  const logPrior = priorScale === 0
    ? undefined
    : averageLogPosterior(batches.map(({ logProbs }) => logProbs.frames));
  return batches.map(({ batch, logProbs, topologies }) => ({
    batch,
    logProbs,
    alignments: topologies.map((topology, b) =>
      viterbi(sequenceAt(logProbs, b), topology, { ...options, logPrior })
    ),
  }));
}

/** @throws {RangeError} If there is none, or a sequence has no topology. */
function requireBatches(batches: readonly EvaluatedBatch[]): void {
  if (batches.length === 0) {
    throw new RangeError("Cannot measure alignments as there must be at least one batch");
  }
  for (const { topologies, logProbs } of batches) {
    if (topologies.length === batchSize(logProbs)) continue;
    throw new RangeError(
      `Cannot measure alignments as there must be one topology for each of ` +
        `${batchSize(logProbs)} sequences: there are ${topologies.length}`,
    );
  }
}

/** Σ rows · measure / Σ rows */
function weightedMean(frames: readonly Matrix[], measure: (n: number) => number): number {
  const N = frames.reduce((sum, { rows }) => sum + rows, 0);
  return frames.reduce((sum, { rows }, n) => sum + rows * measure(n), 0) / N;
}
