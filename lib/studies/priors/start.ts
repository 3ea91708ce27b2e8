import { dataSet } from "../../corpora/mod.ts";
import { matrix, RandomState } from "../../numeric/mod.ts";
import { buildCriterion, streams } from "../../training/mod.ts";
import { type RowName, setupOf, table10 } from "../synthetic_tables/mod.ts";

/** Rows of Table 10 whose loss pulls each frame towards a soft alignment and nothing else. */
export const startRows = [
  "none-a1",
  "average-b0.5-a0.5",
  "static-b0.5-a0.5",
  "static-b0.1-a0.5",
  "static-b0.03-a0.1",
] as const satisfies readonly RowName<"table-10">[];

/**
 * The share of silence in the alignment that a row of Table 10 teaches a network that knows nothing,
 * with all posteriors p = 1/K, in percent. The gradient is α (p - v) for the soft alignment v.
 */
export function silenceAtStart(row: typeof startRows[number], sequences = 200): number {
  const { corpus, criterion } = setupOf("table-10", table10[row]);
  const data = dataSet(corpus, 0);
  const batch = data.dev.batch(new RandomState(streams.evaluation), sequences);
  const { frames: { rows: N }, offsets } = batch.x;
  const K = data.labels;
  const { dLogits } = buildCriterion(criterion, data, new RandomState(streams.training))
    .loss({ frames: matrix(N, K), offsets }, batch); // the mean over sequences
  const silence = dLogits.frames.data.filter((_, i) => i % K === 0);
  const pulled = silence.reduce((sum, d) => sum + d * sequences / table10[row].alpha, 0);
  return 100 * (1 / K - pulled / N);
}
