import type { EvaluationRow } from "../training/mod.ts";
import {
  type PaperMetric,
  paperMetrics,
  type PaperRow,
  type PaperTableName,
  paperTables,
  type Spread,
} from "./alignment_paper.ts";
import type { Run } from "./run.ts";
import type { TableRow, Verdict } from "./table.ts";

/** A row of the paper beside ours. */
export interface ComparedRow extends PaperRow {
  readonly ours: Readonly<Record<PaperMetric, Spread>>;
  /** Our figures, one per seed, in the order of the seeds. */
  readonly values: Readonly<Record<PaperMetric, readonly number[]>>;
  /** The metrics whose mean is not theirs. */
  readonly apart: readonly PaperMetric[];
  readonly verdict: Verdict;
}

const metrics = Object.keys(paperMetrics) as PaperMetric[];

/**
 * A training works if at most this share of labels is wrong, in percent; above it has failed. It is
 * the middle of the widest gap in the published means, from 14.8 to 33.8.
 */
export const worksBelow = 25;

/**
 * The mean and the standard deviation (n - 1) of values; the deviation of one value is 0.
 *
 * @throws {RangeError} If there is no value.
 *
 * @example
 * ```ts
 * import { spreadOf } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(spreadOf([1, 2, 3]), { mean: 2, deviation: 1 });
 * ```
 */
export function spreadOf(values: readonly number[]): Spread {
  const n = values.length;
  if (n === 0) throw new RangeError("Cannot take a mean as there must be at least one value");
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: n === 1 ? 0 : Math.sqrt(squares / (n - 1)) };
}

/**
 * Reads our figures of a table off its runs, row by row, and judges every row:
 *
 * - *reproduced*: each mean lies within max(2σ, one unit of the last printed digit) of theirs, σ
 *   being their deviation over seeds, and the training works or fails as theirs does;
 * - *same direction*: some mean lies farther off, but the training works or fails as theirs does,
 *   works meaning an LER of at most {@link worksBelow} percent;
 * - *not reproduced*: it works and theirs fails, or the other way round.
 *
 * Figures that our copy of the paper lost (NaN) are not compared.
 *
 * @param runs Runs of the table's sweep, in any order, at any seeds.
 * @throws {RangeError} If a row has no run.
 */
export function compareWithPaper(table: PaperTableName, runs: readonly Run[]): ComparedRow[] {
  return paperTables[table].rows.map((row) => {
    const own = runs
      .filter(({ experiment: { name, seed } }) => name === `${row.name}-seed${seed}`)
      .sort((a, b) => a.experiment.seed - b.experiment.seed);
    if (own.length === 0) {
      throw new RangeError(`Cannot fill ${table} as there is no run of its row ${row.name}`);
    }
    const values = each((metric) => own.map(({ rows }) => figureOf(rows[rows.length - 1], metric)));
    const ours = each((metric) => spreadOf(values[metric]));
    return { ...row, ours, values, ...judge(row.theirs, ours) };
  });
}

/** The verdict on a row, and the metrics that keep it from being better. */
export function judge(
  theirs: PaperRow["theirs"],
  ours: PaperRow["theirs"],
): Pick<ComparedRow, "apart" | "verdict"> {
  const apart = metrics.filter((metric) => {
    const { mean, deviation } = theirs[metric];
    if (Number.isNaN(mean) || Number.isNaN(deviation)) return false;
    const tolerance = Math.max(2 * deviation, 10 ** -paperMetrics[metric].digits);
    return !(Math.abs(ours[metric].mean - mean) <= tolerance + 1e-9); // apart, too, if ours is NaN
  });
  const works = ({ mean }: Spread) => mean <= worksBelow;
  if (works(theirs.ler) !== works(ours.ler)) return { apart, verdict: "not reproduced" };
  return { apart, verdict: apart.length === 0 ? "reproduced" : "same direction" };
}

/** Two lines per row, the paper's and ours, μ ± σ; figures of ours that are apart have a *. */
export function comparisonTable(rows: readonly ComparedRow[]): TableRow[] {
  return rows.flatMap(({ columns, theirs, ours, values, apart, verdict }) => {
    const line = (figures: PaperRow["theirs"], apart: readonly PaperMetric[]) =>
      Object.fromEntries(metrics.map((metric) => {
        const { name, unit } = paperMetrics[metric];
        const star = apart.includes(metric) ? " *" : "";
        const text = formatSpread(figures[metric], metric) + star;
        return [`${name} [${unit}]`, text.replaceAll(" ", "\u00a0")]; // on one line
      }));
    const blank = Object.fromEntries(Object.keys(columns).map((name) => [name, ""]));
    const seeds = `ours, ${values.ler.length} seeds`;
    return [
      { ...columns, "μ ± σ": "paper", ...line(theirs, []), verdict: "" },
      { ...blank, "μ ± σ": seeds, ...line(ours, apart), verdict },
    ];
  });
}

/** μ ± σ with the digits that the paper prints; "–" where our copy has no figure. */
export function formatSpread({ mean, deviation }: Spread, metric: PaperMetric): string {
  const { digits } = paperMetrics[metric];
  if (Number.isNaN(mean)) return "–";
  const sigma = Number.isNaN(deviation) ? "" : ` ± ${deviation.toFixed(digits)}`;
  return mean.toFixed(digits) + sigma;
}

/** The rows' verdicts as rows of a notebook's claim. */
export function verdictRows(
  rows: readonly ComparedRow[],
): { what: string; expected: string; measured: string; holds: boolean | "same direction" }[] {
  return rows.map(({ columns, theirs, ours, verdict }) => ({
    what: `LER [%], ${Object.entries(columns).map(([key, text]) => `${key} ${text}`).join(", ")}`,
    expected: formatSpread(theirs.ler, "ler"),
    measured: formatSpread(ours.ler, "ler"),
    holds: verdict === "reproduced" || (verdict === "same direction" && verdict),
  }));
}

/** A metric at the end of a run, in the paper's unit. */
function figureOf(row: EvaluationRow | undefined, metric: PaperMetric): number {
  if (row === undefined) throw new RangeError("Cannot read a figure as the run has no rows");
  const { per, alignment } = row;
  if (metric === "ler") return 100 * per;
  if (alignment === undefined) {
    throw new RangeError("Cannot read a figure as the run must be evaluated with alignment");
  }
  const { frameCe, blankPosterior, tse = NaN } = alignment;
  return { frameCe, blank: 100 * blankPosterior, tse }[metric];
}

function each<T>(read: (metric: PaperMetric) => T): Record<PaperMetric, T> {
  return {
    ler: read("ler"),
    frameCe: read("frameCe"),
    blank: read("blank"),
    tse: read("tse"),
  };
}
