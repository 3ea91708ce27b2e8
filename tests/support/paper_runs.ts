import type { KeyedRun } from "lib/experiments/mod.ts";
import {
  type RowName,
  rowsOf,
  tableExperiment,
  type TableKey,
  type TableName,
} from "lib/studies/synthetic_tables/mod.ts";

/** What the tables of the alignment paper read off a run. */
export interface PaperRunFigures {
  readonly per: number;
  readonly frameCe: number;
  readonly blankPosterior: number;
  readonly tse: number;
}

/** Figures of a training that works. */
export const paperRun: PaperRunFigures = { per: 0.1, frameCe: 0.5, blankPosterior: 0.21, tse: 0.3 };

/** Runs of a table that no training made: the first row of each is worthless, the last as given. */
export function paperRuns<Table extends TableName>(
  table: Table,
  seeds: readonly number[],
  figures: (place: { row: number; seed: number }) => PaperRunFigures,
): KeyedRun<TableKey<Table>>[] {
  return seeds.flatMap((seed) =>
    (Object.keys(rowsOf(table)) as RowName<Table>[]).map((row, n) => {
      const { per, ...alignment } = figures({ row: n, seed });
      const experiment = tableExperiment(table, row, seed);
      const at = (iter: number, per: number) => ({
        ...{ every: experiment.iters, iter, nll: 1, per, seqAcc: 0, infeasible: 0 },
        alignment: { ...alignment, unaligned: 0 },
      });
      const run = { experiment, rows: [at(1, 1), at(experiment.iters, per)] };
      return { key: { row, seed }, run };
    })
  );
}
