import {
  paperExperiment,
  type PaperTableName,
  paperTables,
  type Run,
} from "lib/experiments/mod.ts";

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
export function paperRuns(
  table: PaperTableName,
  seeds: readonly number[],
  figures: (place: { row: number; seed: number }) => PaperRunFigures,
): Run[] {
  return seeds.flatMap((seed) =>
    paperTables[table].rows.map((row, n) => {
      const { per, ...alignment } = figures({ row: n, seed });
      const experiment = paperExperiment(table, row, seed);
      const at = (iter: number, per: number) => ({
        ...{ every: experiment.iters, iter, nll: 1, per, seqAcc: 0, infeasible: 0 },
        alignment: { ...alignment, unaligned: 0 },
      });
      return { experiment, rows: [at(1, 1), at(experiment.iters, per)] };
    })
  );
}
