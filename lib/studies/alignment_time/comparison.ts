import { mean } from "../../numeric/mod.ts";
import { referenceSilence, table14 } from "./published.ts";
import { bestCells, type Cell, cellAt, type Results } from "./results.ts";

/** One setting: ratios to the figures with neither shift nor prior, means over models. */
export interface Ratios {
  /** Time stamp error of boundaries. */
  readonly tse: number;
  /** The same of centres. */
  readonly tseCenter: number;
  /** Share of blank over the true share of silence. */
  readonly silence: number;
}

/** A line of Table 14 beside ours. */
export interface Compared {
  readonly priorScale: number;
  readonly blankShift: number;
  readonly theirs: Ratios;
  readonly ours: Ratios;
}

type Measured = Pick<Results, "cells" | "silence">;

/**
 * Sets every line of Table 14 beside our cell at its setting. Milliseconds of words and frames of
 * phones cannot be compared; their ratios to the alignment with neither can.
 *
 * @throws {RangeError} If a line has no cell.
 */
export function besideTable14(found: Measured): Compared[] {
  const [neither] = table14;
  return table14.map((line) => ({
    priorScale: line.priorScale,
    blankShift: line.blankShift,
    theirs: {
      tse: line.tse / neither.tse,
      tseCenter: line.tseCenter / neither.tseCenter,
      silence: line.silence / referenceSilence,
    },
    ours: ratiosOf(cellAt(found.cells, line), found),
  }));
}

/** What a cell is over the one with neither. */
export function ratiosOf(cell: Cell, { cells, silence }: Measured): Ratios {
  const { neither } = bestCells(cells);
  return {
    tse: mean(cell.tse) / mean(neither.tse),
    tseCenter: mean(cell.tseCenter) / mean(neither.tseCenter),
    silence: mean(cell.blank) / mean(silence),
  };
}
