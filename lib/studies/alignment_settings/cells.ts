/** What is added to every blank's score, and the power of the prior that is divided by. */
export interface Setting {
  /** Nats. */
  readonly blankShift: number;
  /** β */
  readonly priorScale: number;
}

/** What alignments with a setting came to: one value a model. */
export interface SettingCell extends Setting {
  /** Time stamp error, left and right boundaries. */
  readonly tse: readonly number[];
}

/** A mean or a median of what several models came to. */
export type Middle = (values: readonly number[]) => number;

/**
 * The cell of a setting.
 *
 * @throws {RangeError} If the grid has none.
 */
export function cellAt<Cell extends Setting>(
  cells: readonly Cell[],
  { blankShift, priorScale }: Setting,
): Cell {
  const found = cells.find((c) => c.blankShift === blankShift && c.priorScale === priorScale);
  if (found === undefined) {
    throw new RangeError(`Cannot find a cell at shift ${blankShift}, prior scale ${priorScale}`);
  }
  return found;
}

/**
 * The cell of least error, by the middle of its models.
 *
 * @throws {RangeError} If there is none.
 */
export function leastCell<Cell extends SettingCell>(
  cells: readonly Cell[],
  middle: Middle,
): Cell {
  if (cells.length === 0) throw new RangeError("Cannot take the best of no cells");
  return cells.reduce((a, b) => middle(b.tse) < middle(a.tse) ? b : a);
}

/** The best cells: of neither, of a shift or a prior alone, and of both. */
export function leastOfEachKind<Cell extends SettingCell>(
  cells: readonly Cell[],
  middle: Middle,
): Record<"neither" | "shift" | "prior" | "both", Cell> {
  const least = (shifted: boolean, divided: boolean) =>
    leastCell(
      cells.filter((c) => (c.blankShift !== 0) === shifted && (c.priorScale !== 0) === divided),
      middle,
    );
  return {
    neither: least(false, false),
    shift: least(true, false),
    prior: least(false, true),
    both: least(true, true),
  };
}

/** A setting in words: "prior scale 2". */
export function setting({ blankShift, priorScale }: Setting): string {
  const parts = [
    ...blankShift === 0 ? [] : [`shift ${String(blankShift).replace("-", "−")}`],
    ...priorScale === 0 ? [] : [`prior scale ${priorScale}`],
  ];
  return parts.join(", ") || "neither";
}
