import {
  type AlignmentTimeCell,
  alignmentTimeSeeds,
  type EvaluatedBatch,
  type ForcedAlignmentOptions,
  forcedAlignments,
  trueSpans,
} from "../experiments/mod.ts";
import { silenceRatio } from "../metrics/mod.ts";
import { sequenceAt } from "../numeric/mod.ts";
import { alignmentGrid } from "./alignment_grid.ts";
import { alignmentRows } from "./alignment_rows.ts";

/** Place in its batch of the sequence that is drawn. */
const PLACE = 4;

/** All cells of notebook 18 as maps of error and blank. */
export function alignmentTimeMaps(
  cells: readonly AlignmentTimeCell[],
  batches: readonly EvaluatedBatch[],
): SVGSVGElement {
  const seeds = `seeds ${alignmentTimeSeeds[0]} to ${alignmentTimeSeeds.at(-1)}`;
  return alignmentGrid(cells, {
    truth: silenceRatio(batches.flatMap(({ batch }) => [...batch.alignment])),
    of: `Means over the BLSTMs of ${seeds}, each on its 32 held-out sequences.`,
  });
}

/**
 * Forced alignments of one held-out sequence, a row for every setting, named after its shift and
 * its prior scale.
 *
 * @param evaluated The batch of the model of the first seed.
 */
export function alignmentTimeSample(
  evaluated: EvaluatedBatch,
  settings: Readonly<Record<string, ForcedAlignmentOptions>>,
): SVGSVGElement {
  const { batch } = evaluated;
  const rows = Object.entries(settings).map(([name, { blankShift = 0, priorScale = 0 }]) => ({
    name: `${name}: ${String(blankShift).replace("-", "−")}, ${priorScale}`,
    spans: forcedAlignments(evaluated, { blankShift, priorScale })[PLACE].spans,
  }));
  return alignmentRows({
    x: sequenceAt(batch.x, PLACE),
    labels: batch.targets[PLACE].map(String),
    truth: trueSpans(batch, PLACE),
    rows,
    title: "Without a shift or a prior, phones are peaks",
    subtitle:
      `Sequence ${PLACE} of the BLSTM of seed ${alignmentTimeSeeds[0]}. Each row names its ` +
      "blank shift and prior scale. Dashed: the true boundaries.",
  });
}
