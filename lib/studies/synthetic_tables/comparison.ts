import { allWithinSpread, type ClaimSpec, withinSpread } from "../../claims/mod.ts";
import type { KeyedRun } from "../../experiments/mod.ts";
import type { TableRow } from "../../experiments/table.ts";
import { type Spread, spreadOf } from "../../numeric/mod.ts";
import type { EvaluationRow } from "../../training/mod.ts";
import {
  type ByMetric,
  byMetric,
  formatSpread,
  headingOf,
  lastDigit,
  type Metric,
  metrics,
} from "./metrics.ts";
import type { RowName, TableName } from "./published.ts";
import { columnsOf } from "./setup.ts";
import { rowsOf, type TableKey } from "./sweep.ts";

/** Our figures of a table, by the names of its rows: one per seed, in the order of the seeds. */
export type TableFigures<Table extends TableName = TableName> = Readonly<
  Record<RowName<Table>, ByMetric<readonly number[]>>
>;

/** A row of the paper beside ours. */
export interface ComparedRow {
  /** The row's headings, in the paper's words. */
  readonly columns: Readonly<Record<string, string>>;
  /** Share of silence in the reference alignment, %. */
  readonly silence: number;
  readonly theirs: ByMetric<Spread>;
  /** Our figures, one per seed. */
  readonly values: ByMetric<readonly number[]>;
}

/** A table of the paper beside ours, by the names of its rows. */
export type Compared<Table extends TableName = TableName> = Readonly<
  Record<RowName<Table>, ComparedRow>
>;

const all = Object.keys(metrics) as Metric[];

/**
 * Reads our figures of a table off its runs, row by row: those after the last step.
 *
 * @param runs Of the table's sweep, in any order, at any seeds.
 * @throws {RangeError} If a row has no run, or a run no alignment.
 */
export function gatherTable<Table extends TableName>(
  table: Table,
  runs: readonly KeyedRun<TableKey<Table>>[],
): TableFigures<Table> {
  return eachRow(table, (name) => {
    const own = runs.filter(({ key }) => key.row === name)
      .sort((a, b) => a.key.seed - b.key.seed);
    if (own.length === 0) {
      throw new RangeError(`Cannot fill ${table} as its row ${name} must have a run: it has none`);
    }
    const ends = own.map(({ run }) => figuresOf(run.rows.at(-1)!));
    return byMetric((metric) => ends.map((end) => end[metric]));
  });
}

/** Sets our figures of a table beside the paper's. */
export function compareTable<Table extends TableName>(
  table: Table,
  figures: TableFigures<Table>,
): Compared<Table> {
  const rows = rowsOf(table);
  return eachRow(table, (name) => {
    const { silence, theirs } = rows[name];
    return { columns: columnsOf(table, rows[name]), silence, theirs, values: figures[name] };
  });
}

function eachRow<Table extends TableName, T>(
  table: Table,
  make: (name: RowName<Table>) => T,
): Record<RowName<Table>, T> {
  const names = Object.keys(rowsOf(table)) as RowName<Table>[];
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<RowName<Table>, T>;
}

/**
 * Every metric of an evaluation, in the paper's unit.
 *
 * @throws {RangeError} If it has no alignment.
 */
export function figuresOf({ per, alignment }: EvaluationRow): ByMetric<number> {
  if (alignment === undefined) {
    throw new RangeError("Cannot read the figures of a run that was evaluated without alignment");
  }
  const { frameCe, blankPosterior, tse = NaN } = alignment;
  return { per: 100 * per, frameCe, blank: 100 * blankPosterior, tse };
}

/** Two lines per row, the paper's and ours, μ ± σ; figures of ours that are apart have a star. */
export function comparisonTable(rows: Readonly<Record<string, ComparedRow>>): TableRow[] {
  return Object.values(rows).flatMap(({ columns, theirs, values }) => {
    const line = (text: (metric: Metric) => string) =>
      Object.fromEntries(
        all.map((metric) => [headingOf(metric), text(metric).replaceAll(" ", "\u00a0")]),
      );
    const blank = Object.fromEntries(Object.keys(columns).map((name) => [name, ""]));
    const ours = (metric: Metric) =>
      formatSpread(spreadOf(values[metric]), metric) +
      (isApart(theirs[metric], values[metric], metric) ? " *" : "");
    return [
      { ...columns, "μ ± σ": "paper", ...line((metric) => formatSpread(theirs[metric], metric)) },
      { ...blank, "μ ± σ": "ours", ...line(ours) },
    ];
  });
}

/** Whether our mean is farther from theirs than two of their σ, or one unit of the last digit. */
export function isApart(theirs: Spread, ours: readonly number[], metric: Metric): boolean {
  if (isLost(theirs)) return false;
  return withinSpread("", theirs, ours, { digit: lastDigit(metric) }).outcome !== "holds";
}

/** The claim that a table's figures are the paper's, metric by metric. */
export function figuresClaim(
  number: number,
  rows: Readonly<Record<string, ComparedRow>>,
  states: ClaimSpec["states"],
): ClaimSpec {
  return {
    kind: "reproduction",
    title: `The figures of Table ${number}, row by row`,
    source: `the alignment paper, Table ${number}`,
    states,
    rows: all.map((metric) =>
      allWithinSpread(
        `${metrics[metric].name}, Table ${number}`,
        Object.values(rows)
          .map(({ theirs, values }) => ({ theirs: theirs[metric], ours: values[metric] }))
          .filter(({ theirs }) => !isLost(theirs)),
        { digit: lastDigit(metric) },
      )
    ),
  };
}

/** Whether our copy of the paper has lost a figure. */
export function isLost({ mean, deviation }: Spread): boolean {
  return Number.isNaN(mean) || Number.isNaN(deviation);
}

/**
 * A training works if at most this share of labels is wrong, in percent; above it has failed. It is
 * our line: the middle of the widest gap in the published means, from 14.8 to 33.8.
 */
export const worksBelow = 25;
