import {
  type Interval,
  runSpans,
  type Span,
  type Topology,
  viterbi,
  type ViterbiOptions,
  wordSpans,
} from "../alignment/mod.ts";
import type { LabelledBatch, WordBatch } from "../corpora/mod.ts";
import { averageLogPosterior } from "../criteria/mod.ts";
import {
  averageBlankPosterior,
  framewiseCrossEntropy,
  meanLabelDuration,
  silenceRatio,
  timeStampError,
} from "../metrics/mod.ts";
import { type Matrix, sequenceAt, type Sequences } from "../numeric/mod.ts";
import { type TopologyKind, wordsOf } from "./criterion.ts";

/** How held-out sequences are aligned, as a plain JSON value. */
export interface AlignmentOptions
  extends Pick<ViterbiOptions, "blankShift" | "priorScale" | "posteriorScale" | "transitionScale"> {
  /** Defaults to that of the criterion. */
  readonly topology?: TopologyKind;
}

/** How well frames are labelled and words are found; means over all sequences, times in frames. */
export interface AlignmentMetrics {
  /** Framewise cross entropy of the reference alignment, nats per frame. */
  readonly frameCe: number;
  /** Mean posterior of blank or silence. */
  readonly blankPosterior: number;
  /** Time stamp error of word boundaries; left out, as the rest, if nothing could be aligned. */
  readonly tse?: number;
  /** Time stamp error of word centres. */
  readonly tseCenter?: number;
  /** Mean distance of word starts. */
  readonly onset?: number;
  /** Mean distance of word ends. */
  readonly offset?: number;
  /** Mean of start - true start. */
  readonly onsetBias?: number;
  /** Mean of end - true end. */
  readonly offsetBias?: number;
  /** Share of frames aligned to blank or silence. */
  readonly silenceRatio?: number;
  /** Mean frames of a label. */
  readonly labelDuration?: number;
  /** How many targets have no path through their topology. */
  readonly unaligned: number;
}

/** One batch as a model sees it. */
export interface EvaluatedBatch {
  readonly batch: LabelledBatch;
  /** [N, K] nats */
  readonly logProbs: Sequences;
  readonly topologies: readonly Topology[];
}

/**
 * Aligns held-out sequences by force and compares with the truth. Where `priorScale` is not 0, the
 * prior is the average posterior over all their frames.
 *
 * Source: the alignment paper, appendix A.4.2 and A.6.
 */
export function alignmentMetrics(
  batches: readonly EvaluatedBatch[],
  options: AlignmentOptions,
): AlignmentMetrics {
  const frames = batches.map(({ logProbs }) => logProbs.frames);
  const { priorScale = 0 } = options;
  const logPrior = priorScale === 0 ? undefined : averageLogPosterior(frames);
  const labels: number[] = [], spans: Span[] = [];
  const found: Interval[] = [], truth: Interval[] = [];
  let unaligned = 0;
  for (const { batch, logProbs, topologies } of batches) {
    const words = wordsOf(batch);
    topologies.forEach((topology, b) => {
      const alignment = viterbi(sequenceAt(logProbs, b), topology, { ...options, logPrior });
      if (alignment.score === -Infinity) {
        unaligned++;
        return;
      }
      for (const label of alignment.labels) labels.push(label);
      spans.push(...alignment.spans);
      found.push(...wordSpans(alignment.spans, words[b]));
      truth.push(...wordSpans(trueSpans(batch, b), words[b]));
    });
  }
  const perFrame = (measure: (n: number) => number) => weightedMean(frames, measure);
  const measured = {
    frameCe: perFrame((n) => framewiseCrossEntropy(frames[n], batches[n].batch.alignment)),
    blankPosterior: perFrame((n) => averageBlankPosterior(frames[n])),
  };
  if (found.length === 0) return { ...measured, unaligned };
  const { leftRight, center, onset, offset, onsetBias, offsetBias } = timeStampError(found, truth);
  return {
    ...measured,
    tse: leftRight,
    tseCenter: center,
    onset,
    offset,
    onsetBias,
    offsetBias,
    silenceRatio: silenceRatio(labels),
    labelDuration: meanLabelDuration(spans),
    unaligned,
  };
}

/** Where the labels of a sequence truly lie: as the corpus says, or the runs of its alignment. */
function trueSpans(batch: LabelledBatch, b: number): readonly Span[] {
  if ("spans" in batch) return (batch as WordBatch).spans[b];
  const { x: { offsets }, alignment } = batch;
  return runSpans(alignment.subarray(offsets[b], offsets[b + 1]));
}

/** Σ rows · measure / Σ rows */
function weightedMean(frames: readonly Matrix[], measure: (n: number) => number): number {
  const N = frames.reduce((sum, { rows }) => sum + rows, 0);
  return frames.reduce((sum, { rows }, n) => sum + rows * measure(n), 0) / N;
}
