import { type BlankDiagnostics, blankDiagnostics } from "../../metrics/mod.ts";
import { requireReference } from "../../corpora/mod.ts";
import { matrix } from "../../numeric/mod.ts";
import { flag } from "../../form/mod.ts";
import type { Measure, PosteriorBatch } from "./measure.ts";
import { amount, recordOf, share, type ValueKind } from "./value_kinds.ts";

const rowKinds: Record<keyof BlankDiagnostics, ValueKind> = {
  blankRate: share,
  blankPosterior: share,
  spikesPerLabel: amount,
  spikeWidth: amount,
  entropy: amount,
  silence: share,
  blankInSilence: amount,
  blankInPhones: amount,
};

/** {@link blankMetrics} */
export const blankMeasure: Measure<boolean, BlankDiagnostics> = {
  form: flag,
  needs: { data: ["alignment"], system: ["posterior"] },
  compute: (batches, _, { data }) => blankMetrics(batches, data),
  rowForm: recordOf(rowKinds, ["blankRate", "blankPosterior", "entropy", "silence"]),
};

/** The blank diagnostics of all held-out sequences together. */
export function blankMetrics(
  batches: readonly PosteriorBatch[],
  { silence }: { silence?: number } = {},
): BlankDiagnostics {
  const K = batches[0].logProbs.frames.cols;
  const N = batches.reduce((sum, { logProbs }) => sum + logProbs.frames.rows, 0);
  const frames = matrix(N, K), alignment = new Int32Array(N), offsets = [0];
  let at = 0;
  for (const { batch, logProbs } of batches) {
    frames.data.set(logProbs.frames.data, at * K);
    alignment.set(requireReference("Cannot measure blanks", batch).alignment, at);
    for (const offset of logProbs.offsets.subarray(1)) offsets.push(at + offset);
    at += logProbs.frames.rows;
  }
  const targets = batches.flatMap(({ batch }) => batch.targets);
  return blankDiagnostics({ frames, offsets: Int32Array.from(offsets) }, { targets, alignment }, {
    silence,
  });
}
