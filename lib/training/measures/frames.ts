import { bestPath } from "../../decoding/mod.ts";
import { type AccuracyByPosition, accuracyByPosition, frameAccuracy } from "../../metrics/mod.ts";
import { requireReference } from "../../corpora/mod.ts";
import { type Form, optional, requireForm } from "../../form/mod.ts";
import { size } from "../bounds.ts";
import type { Measure, PosteriorBatch } from "./measure.ts";
import { amount, recordOf, share, type ValueKind } from "./value_kinds.ts";

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

/** What {@link FrameOptions} look like. */
export const framesForm: Form<FrameOptions> = {
  is: "record",
  fields: { places: optional(size) },
};

const byPosition: ValueKind = {
  is: "shares at the start and at the end",
  holds(value) {
    const { start, end, ...rest } = Object(value);
    return [start, end].every((list) => Array.isArray(list) && list.every(amount.holds)) &&
      Object.keys(rest).length === 0;
  },
};
const rowKinds: Record<keyof FrameMetrics, ValueKind> = { accuracy: share, byPosition };

/** {@link frameMetrics} */
export const frameMeasure: Measure<FrameOptions, FrameMetrics> = {
  form: framesForm,
  needs: { data: ["alignment"], system: ["posterior"] },
  compute: frameMetrics,
  rowForm: recordOf(rowKinds, ["accuracy"]),
};

/** Compares the best path of held-out sequences with their reference alignment. */
export function frameMetrics(
  batches: readonly PosteriorBatch[],
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
