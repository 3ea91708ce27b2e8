import type { Interval } from "../../alignment/mod.ts";
import { type ReadableStore, readWeights, writeUpExperiment } from "../../experiments/mod.ts";
import { silenceRatio } from "../../metrics/mod.ts";
import { type Matrix, mean, sequenceAt } from "../../numeric/mod.ts";
import {
  alignmentErrors,
  type EvaluatedBatch,
  forcedAlignments,
  heldOutBatch,
  readModel,
  trueSpans,
} from "../../training/mod.ts";
import {
  leastCell,
  leastOfEachKind,
  type Setting,
  type SettingCell,
} from "../alignment_settings/mod.ts";

export { cellAt, type Setting } from "../alignment_settings/mod.ts";

/** What alignments with a setting came to: one value a model, times in frames. */
export interface Cell extends SettingCell {
  /** The same between centres. */
  readonly tseCenter: readonly number[];
  /** Share of frames aligned to blank. */
  readonly blank: readonly number[];
}

/** One held-out sequence of the first model, aligned with several settings. */
export interface Sample {
  /** [T, F] features */
  readonly x: Matrix;
  readonly labels: readonly string[];
  readonly truth: readonly Interval[];
  readonly rows: readonly { readonly name: string; readonly spans: readonly Interval[] }[];
}

/** What alignments with every setting came to. */
export interface Results {
  /** True share of silence in each model's sequences. */
  readonly silence: readonly number[];
  readonly cells: readonly Cell[];
  readonly sample: Sample;
}

/** The seeds of the write-up's BLSTMs, whose weights are kept. */
export const seeds: readonly number[] = [0, 1, 2, 3, 4];
/** Fresh sequences that each of them aligns. */
export const SEQUENCES = 32;
/** Place in its batch of the sequence that is drawn. */
const PLACE = 4;

/** Shifts and scales that are tried: those of Table 14, between them, and past its largest scale. */
export const grid = {
  blankShifts: [0, -2, -5, -8, -10, -12, -15, -18, -20],
  priorScales: [0, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 12],
} as const;

/**
 * Aligns fresh sequences with the write-up's BLSTMs, with every setting of the grid.
 *
 * @param store The store of `results/`.
 * @throws {MissingRunError} If the weights of a model are not there.
 */
export async function results(store: Pick<ReadableStore, "within">): Promise<Results> {
  const batches = await Promise.all(seeds.map(async (seed) => {
    const experiment = writeUpExperiment("blstm", seed, { fineEvery: 10 });
    return heldOutBatch(
      readModel(await readWeights(store.within("write-up"), experiment)),
      SEQUENCES,
    );
  }));
  return gather(batches);
}

/** Aligns each model's batch with every setting. */
export function gather(batches: readonly EvaluatedBatch[]): Results {
  const cells = grid.blankShifts.flatMap((blankShift) =>
    grid.priorScales.map((priorScale) => cellOf(batches, { blankShift, priorScale }))
  );
  return {
    silence: batches.map(({ batch }) => silenceRatio(batch.alignment!)),
    cells,
    sample: sampleOf(batches[0], bestCells(cells)),
  };
}

/** The cell of least error, the mean over models. */
export function leastOf(cells: readonly Cell[]): Cell {
  return leastCell(cells, mean);
}

/** The best cells: of neither, of a shift or a prior alone, and of both. */
export function bestCells(cells: readonly Cell[]): ReturnType<typeof leastOfEachKind<Cell>> {
  return leastOfEachKind(cells, mean);
}

function cellOf(batches: readonly EvaluatedBatch[], setting: Setting): Cell {
  const errors = batches.map((evaluated) =>
    alignmentErrors([{ ...evaluated, alignments: forcedAlignments(evaluated, setting) }])
  );
  return {
    ...setting,
    tse: errors.map(({ tse }) => tse!),
    tseCenter: errors.map(({ tseCenter }) => tseCenter!),
    blank: errors.map(({ silenceRatio }) => silenceRatio!),
  };
}

function sampleOf(evaluated: EvaluatedBatch, settings: ReturnType<typeof bestCells>): Sample {
  const { batch } = evaluated;
  const place = Math.min(PLACE, batch.targets.length - 1);
  const all = { ...settings, "paper's best": { blankShift: -10, priorScale: 1 } };
  return {
    x: sequenceAt(batch.x, place),
    labels: batch.targets[place].map(String),
    truth: trueSpans(batch, place),
    rows: Object.entries(all).map(([name, { blankShift, priorScale }]) => ({
      name: `${name}: ${String(blankShift).replace("-", "−")}, ${priorScale}`,
      spans: forcedAlignments(evaluated, { blankShift, priorScale })[place].spans,
    })),
  };
}
