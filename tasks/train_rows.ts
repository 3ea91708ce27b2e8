/**
 * How `deno task train` prints its evaluations.
 *
 * @module
 */
import type { EvaluationRow, Experiment } from "lib/experiments/mod.ts";

/** The lines of a table, or one of JSON for each row. */
export interface RowLines {
  /** The first line of the table. */
  readonly head: string;
  line(row: EvaluationRow): string;
  json(row: EvaluationRow): string;
}

/** A column of the table: its head, as wide as it is, and a row's text. */
type Column = readonly [head: string, text: (row: EvaluationRow) => string];

/**
 * The lines of the synthetic corpus.
 *
 * @param experiment Its first grid says whether there are blanks to count.
 */
export function phonemeLines({ evaluations: [grid] }: Experiment): RowLines {
  const blankRate = ({ blanks }: EvaluationRow) => blanks?.blankRate;
  return {
    head: `  iter      nll     PER  ${
      grid.blanks ? "blank rate  " : ""
    }sequence accuracy  targets that did not fit`,
    line(row) {
      const { iter, nll, per, seqAcc, infeasible } = row;
      const figures = [nll.toFixed(4).padStart(8), per.toFixed(3).padStart(6)];
      if (grid.blanks) figures.push(blankRate(row)!.toFixed(3) + " ".repeat(5));
      const rest = `${" ".repeat(2)}${seqAcc.toFixed(3)}${" ".repeat(14)}${infeasible}`;
      return `${String(iter).padStart(6)} ${figures.join("  ")}${rest}`;
    },
    json(row) {
      const { iter, nll, per, seqAcc, infeasible } = row;
      return JSON.stringify({ iter, nll, per, blankRate: blankRate(row), seqAcc, infeasible });
    },
  };
}

/**
 * The lines of an experiment on speech: which split was heard, and what is measured beside.
 *
 * @param experiment Its second grid is that of test, as `speechExperiment()` has it.
 */
export function speechLines({ evaluations: [dev, test] }: Experiment): RowLines {
  const splitOf = ({ every }: EvaluationRow) => every === test.every ? "test" : "dev";
  const wordError = ({ timing }: EvaluationRow) => (timing![0].words ?? timing![0].labels)!.tse;
  const columns: Column[] = [
    ["  iter", ({ iter }) => `${iter}`],
    ["split", splitOf],
    ["      nll", ({ nll }) => nll.toFixed(3)],
    ["   PER", ({ per }) => per.toFixed(3)],
    ...(dev.errors ? [["folded", (row) => row.errors![0].per.toFixed(3)] satisfies Column] : []),
    ...(dev.blanks ? [["blanks", (row) => row.blanks!.blankRate.toFixed(3)] satisfies Column] : []),
    ...(dev.timing ? [["TSE, ms", (row) => wordError(row).toFixed(1)] satisfies Column] : []),
    ["sequences", ({ seqAcc }) => seqAcc.toFixed(3)],
    ["infeasible", ({ infeasible }) => `${infeasible}`],
  ];
  const joined = (cells: readonly string[]) => cells.join("  ");
  return {
    head: joined(columns.map(([head]) => head)),
    line: (row) => joined(columns.map(([head, text]) => text(row).padStart(head.length))),
    json(row) {
      const { iter, nll, per, seqAcc, infeasible, blanks, errors, timing } = row;
      return JSON.stringify({
        ...{ iter, split: splitOf(row), nll, per },
        ...{ folded: errors?.[0].per, blankRate: blanks?.blankRate, timing: timing?.[0] },
        ...{ seqAcc, infeasible },
      });
    },
  };
}
