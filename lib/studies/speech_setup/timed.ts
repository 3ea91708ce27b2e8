import { median } from "../../numeric/mod.ts";
import type { AlignmentOptions, EvaluationRow } from "../../training/mod.ts";
import { leastCell, leastOfEachKind, type Setting } from "../alignment_settings/mod.ts";

/** One way to align, with every model: a value a seed. */
export interface Timed {
  /** Time stamp error of words, left and right boundaries, ms. */
  readonly tse: readonly number[];
  /** The same between the centres of words, ms. */
  readonly tseCenter: readonly number[];
  /** Share of frames aligned to blank or silence, %. */
  readonly silence: readonly number[];
  /** Mean duration of a label, ms. */
  readonly duration: readonly number[];
}

/** An alignment with a blank shift and a prior scale. */
export interface Cell extends Timed, Setting {}

/**
 * What one way to align came to.
 *
 * @param rows One a seed.
 * @param at Its place among the ways that the rows have timed.
 */
export function timedAt(rows: readonly EvaluationRow[], at: number): Timed {
  const found = rows.map(({ timing }) => timing![at]);
  return {
    tse: found.map(({ words }) => words!.tse),
    tseCenter: found.map(({ words }) => words!.tseCenter),
    silence: found.map(({ silenceRatio }) => 100 * silenceRatio),
    duration: found.map(({ labelDuration }) => labelDuration),
  };
}

/**
 * What every way to align came to, as the cells of a grid.
 *
 * @param ways Those that the rows have timed first, in order.
 */
export function cellsOf(
  rows: readonly EvaluationRow[],
  ways: readonly Pick<AlignmentOptions, "blankShift" | "priorScale">[],
): Cell[] {
  return ways.map(({ blankShift = 0, priorScale = 0 }, at) => ({
    blankShift,
    priorScale,
    ...timedAt(rows, at),
  }));
}

/** The cell of least error, the median over seeds. */
export function leastOf(cells: readonly Cell[]): Cell {
  return leastCell(cells, median);
}

/** The best cells: of neither, of a shift or a prior alone, and of both. */
export function bestCells(cells: readonly Cell[]): ReturnType<typeof leastOfEachKind<Cell>> {
  return leastOfEachKind(cells, median);
}
