import {
  atLeast,
  type ClaimSpec,
  type Contender,
  decimals,
  effect,
  equal,
  ordered,
  type Pair,
  type Row,
} from "../../claims/mod.ts";
import { type AlignmentTimeRow, referenceSilence, table14 } from "./published.ts";
import {
  bestCells,
  type Cell,
  cellAt,
  grid,
  leastOf,
  type Results,
  type Setting,
} from "./results.ts";

const [theirNeither] = table14;
const isNeither = ({ blankShift, priorScale }: Setting) => blankShift === 0 && priorScale === 0;
/** The settings of Table 14, each once, without the first, which is the unit. */
const lines = table14.filter((line, n) =>
  !isNeither(line) &&
  table14.findIndex((other) =>
      other.blankShift === line.blankShift && other.priorScale === line.priorScale
    ) === n
);
/** The strongest settings of our grid. */
const MOST = {
  shift: { blankShift: Math.min(...grid.blankShifts), priorScale: 0 },
  prior: { blankShift: 0, priorScale: Math.max(...grid.priorScales) },
};
/** From here on a model counts as peaky: this share of the speech is aligned to blank. */
const PEAKY = 0.1;

/** What the paper says of a blank shift and a prior at alignment time, judged by our alignments. */
export function claims({ cells, silence }: Pick<Results, "cells" | "silence">): ClaimSpec[] {
  const { neither, shift, prior, both } = bestCells(cells);
  const at = (line: Setting) => cellAt(cells, line);
  const overNeither = (what: string, line: AlignmentTimeRow, cell: Cell): Row =>
    effect(`${what} / neither`, line.tse / theirNeither.tse, pair(cell, neither));
  const tooMuch = (what: string, own: readonly AlignmentTimeRow[], most: Cell, best: Cell): Row =>
    effect(what, own.at(-1)!.tse / leastTse(own).tse, pair(most, best));
  const shifts = lines.filter(({ priorScale }) => priorScale === 0);
  const priors = lines.filter(({ blankShift }) => blankShift === 0);
  const alone = [...shifts, ...priors];
  const theirBest = leastTse(lines);
  return [{
    kind: "reproduction",
    title: "Without a prior and without a blank shift, the alignment is very peaky",
    source: "the alignment paper, appendix A.6, Table 14",
    states: "same direction",
    rows: [
      atLeast(
        "share of the speech that is aligned to blank, at each model",
        blankOfSpeech(theirNeither.silence / 100, referenceSilence / 100),
        neither.blank.map((share, n) => blankOfSpeech(share, silence[n])),
        { weaker: PEAKY, format: decimals(2) },
      ),
    ],
  }, {
    kind: "reproduction",
    title: "A shift alone or a prior alone mends the boundaries; too much makes them worse again",
    source: "the alignment paper, Table 14",
    states: "same direction",
    rows: [
      overNeither("TSE, the best shift alone", leastTse(shifts), shift),
      overNeither("TSE, the best prior alone", leastTse(priors), prior),
      tooMuch("TSE, the largest shift / the best", shifts, at(MOST.shift), shift),
      tooMuch("TSE, the largest prior scale / the best", priors, at(MOST.prior), prior),
    ],
  }, {
    kind: "reproduction",
    title: "The best is a combination of shift and prior: −10 and 1",
    source: "the alignment paper, appendix A.6, Table 14",
    states: "not reproduced",
    rows: [
      equal(
        "best of Table 14's settings: shift, prior scale",
        named(theirBest),
        named(leastOf(lines.map(at))),
      ),
      overNeither("TSE, that combination", theirBest, at(theirBest)),
      ordered(
        "TSE on Table 14's settings, the best combination / the best of one alone",
        contender("both", at(theirBest)),
        contender("one alone", leastOf(alone.map(at))),
        { format: decimals(2) },
      ),
      ordered(
        "TSE on the whole grid, the best combination / the best of one alone",
        contender("both", both),
        contender("one alone", leastOf([shift, prior])),
        { format: decimals(2) },
      ),
    ],
  }, {
    kind: "reproduction",
    title: "Setting by setting, shift and prior change the boundaries as in Table 14",
    source: "the alignment paper, Table 14",
    states: "not reproduced",
    rows: lines.map((line) =>
      overNeither(`TSE at shift, prior scale ${named(line)}`, line, at(line))
    ),
  }];
}

/** How much of the speech is aligned to blank if all of the silence is. */
export function blankOfSpeech(blank: number, silence: number): number {
  return (blank - silence) / (1 - silence);
}

function pair(cell: Cell, base: Cell): Pair {
  return { values: cell.tse, base: base.tse };
}

function contender(name: string, { tse }: Cell): Contender {
  return { name, values: tse };
}

function leastTse(lines: readonly AlignmentTimeRow[]): AlignmentTimeRow {
  return lines.reduce((a, b) => b.tse < a.tse ? b : a);
}

function named({ blankShift, priorScale }: Setting): string {
  return `${String(blankShift).replace("-", "−")}, ${priorScale}`;
}
