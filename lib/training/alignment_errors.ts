import { type Alignment, type Interval, runSpans, type Span, wordSpans } from "../alignment/mod.ts";
import { type LabelledBatch, requireReference } from "../corpora/mod.ts";
import { meanLabelDuration, silenceRatio, timeStampError } from "../metrics/mod.ts";
import { wordsOf } from "../systems/mod.ts";

/** How far alignments are from the truth; means over all words, times in frames. */
export interface AlignmentErrors {
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

/** A batch and what was found for each of its sequences. */
export interface AlignedBatch {
  /** The sequences, with the reference of their corpus. */
  readonly batch: LabelledBatch;
  /** One per sequence. */
  readonly alignments: readonly Alignment[];
}

/**
 * Compares alignments with the reference of their corpus; where it has no words, every label is one.
 *
 * @param options.silence The label of silence; defaults to 0.
 * @throws {RangeError} If there is not one alignment for each sequence.
 *
 * Source: the alignment paper, appendix A.4.2.
 */
export function alignmentErrors(
  aligned: readonly AlignedBatch[],
  options: { silence?: number } = {},
): AlignmentErrors {
  const labels: number[] = [], spans: Span[] = [];
  const found: Interval[] = [], truth: Interval[] = [];
  let unaligned = 0;
  for (const { batch, alignments } of aligned) {
    const words = wordsOf(batch);
    if (alignments.length !== words.length) {
      throw new RangeError(
        `Cannot compare alignments as there must be one for each of ${words.length} sequences: ` +
          `there are ${alignments.length}`,
      );
    }
    alignments.forEach((alignment, b) => {
      if (alignment.score === -Infinity) {
        unaligned++;
        return;
      }
      for (const label of alignment.labels) labels.push(label);
      spans.push(...alignment.spans);
      found.push(...wordSpans(alignment.spans, words[b]));
      truth.push(...wordSpans(trueSpans(batch, b, options), words[b]));
    });
  }
  if (found.length === 0) return { unaligned };
  const { count: _, ...errors } = timeStampError(found, truth);
  return {
    ...errors,
    silenceRatio: silenceRatio(labels, options),
    labelDuration: meanLabelDuration(spans),
    unaligned,
  };
}

/** Where the labels of a sequence truly lie: as the corpus says, or the runs of its alignment. */
export function trueSpans(
  batch: LabelledBatch,
  b: number,
  options: { silence?: number } = {},
): readonly Span[] {
  if (!(Number.isInteger(b) && b >= 0 && b < batch.targets.length)) {
    throw new RangeError(
      `Cannot find true spans as there is no sequence ${b}: there are ${batch.targets.length}`,
    );
  }
  if (batch.spans !== undefined) return batch.spans[b];
  const { x: { offsets }, alignment } = requireReference("Cannot find true spans", batch);
  return runSpans(alignment.subarray(offsets[b], offsets[b + 1]), options);
}
