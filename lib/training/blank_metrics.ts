import { type BlankDiagnostics, blankDiagnostics } from "../metrics/mod.ts";
import { requireReference } from "../corpora/mod.ts";
import { matrix } from "../numeric/mod.ts";
import type { EvaluatedBatch } from "./alignment_metrics.ts";

/** The blank diagnostics of all held-out sequences together. */
export function blankMetrics(
  batches: readonly Pick<EvaluatedBatch, "batch" | "logProbs">[],
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
