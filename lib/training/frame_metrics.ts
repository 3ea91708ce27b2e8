import { bestPath } from "../decoding/mod.ts";
import { type AccuracyByPosition, accuracyByPosition, frameAccuracy } from "../metrics/mod.ts";
import { requireReference } from "../corpora/mod.ts";
import { requireForm } from "../form/mod.ts";
import type { EvaluatedBatch } from "./alignment_metrics.ts";
import { framesForm } from "./experiment_form.ts";

/** What to say about single frames, as a plain JSON value. */
export interface FrameOptions {
  /** How many places to tell apart at the start of a phone, and at its end; defaults to none. */
  readonly places?: number;
}

/** How well frames are labelled. */
export interface FrameMetrics {
  /** Share of all frames, silence among them, whose best label is the true one. */
  readonly accuracy: number;
  /** Where places are told apart. */
  readonly byPosition?: AccuracyByPosition;
}

/** Compares the best path of held-out sequences with their reference alignment. */
export function frameMetrics(
  batches: readonly Pick<EvaluatedBatch, "batch" | "logProbs">[],
  options: FrameOptions,
): FrameMetrics {
  requireForm("Cannot compare frames", framesForm, options);
  const { places } = options;
  const path: number[] = [], alignment: number[] = [], offsets = [0];
  for (const { batch, logProbs } of batches) {
    const { alignment: reference } = requireReference("Cannot compare frames", batch);
    const before = path.length;
    for (const label of bestPath(logProbs.frames)) path.push(label);
    for (const label of reference) alignment.push(label);
    for (const offset of batch.x.offsets.subarray(1)) offsets.push(before + offset);
  }
  const accuracy = frameAccuracy(path, alignment);
  if (places === undefined) return { accuracy };
  return { accuracy, byPosition: accuracyByPosition(path, alignment, offsets, places) };
}
