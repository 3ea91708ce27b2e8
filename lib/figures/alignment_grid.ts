import * as Plot from "./libraries/plot.ts";
import { label } from "./document.ts";
import { heatMap } from "./heat_map.ts";
import { blankScale, type ColorScale, palette, readableOn, signalScale } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";

/** What an alignment with one blank shift and one prior scale came to. */
export interface GridCell {
  /** Added to the log score of blank, nats. */
  readonly blankShift: number;
  /** β, the power of the prior that is divided by. */
  readonly priorScale: number;
  /** Time stamp error. */
  readonly tse: number;
  /** Share of frames aligned to blank, or what else counts as silence. */
  readonly silenceRatio: number;
}

/** How to draw a grid. */
export interface AlignmentGridOptions extends Heading {
  /** The true share of silence; the cell that comes closest in each row is outlined. */
  readonly truth: number;
  /** What was aligned, for the subtitle. */
  readonly of?: string;
  /** The unit of errors; defaults to frames. */
  readonly unit?: string;
  /** Decimals of errors; defaults to 2. */
  readonly digits?: number;
  /** What counts as silence; defaults to blank. */
  readonly silence?: string;
}

const LEFT = 70;
const ROW = 34;
const GAP = 30;
/** How near to the least an error must be to be outlined. */
const NEAR = 1.05;

/**
 * Time stamp error and share of blank of forced alignments, by prior scale (down) and blank shift
 * (to the right). Outlined: all errors within 5 % of the least, and in every row the share closest to
 * the truth.
 *
 * @param cells One per pair of a shift and a scale.
 *
 * @example
 * ```ts
 * import { alignmentGrid } from "lib/figures/mod.ts";
 *
 * const cell = { blankShift: -5, priorScale: 1, tse: 1.2, silenceRatio: 0.4 };
 * alignmentGrid([cell, { ...cell, blankShift: 0 }], { truth: 0.3 });
 * ```
 */
export function alignmentGrid(
  cells: readonly GridCell[],
  options: AlignmentGridOptions,
): SVGSVGElement {
  const shifts = [...new Set(cells.map(({ blankShift }) => blankShift))].sort((a, b) => b - a);
  const scales = [...new Set(cells.map(({ priorScale }) => priorScale))].sort((a, b) => a - b);
  const best = cells.reduce((a, b) => b.tse < a.tse ? b : a);
  const near = cells.filter(({ tse }) => tse <= NEAR * best.tse);
  const {
    truth,
    of = "",
    unit = "frames",
    digits = 2,
    silence = "blank",
    title = near.length > 1
      ? `${near.length} of ${cells.length} settings come within 5 % of the least error`
      : `The least error is at shift ${minus(best.blankShift)} and prior scale ${best.priorScale}`,
    subtitle =
      `${of && `${of} `}Blank shift (nats, added to every blank) to the right, prior scale ` +
      `downwards. Outlined: errors within 5 % of the least, and in every row the share of ${silence} ` +
      `closest to the truth, ${(100 * truth).toFixed(0)} %.`,
  } = options;
  const at = (row: number, col: number) =>
    cells.find((c) => c.priorScale === scales[row] && c.blankShift === shifts[col]);
  const width = Math.floor((900 - MARGIN) / 2);
  const cellWidth = Math.floor((width - LEFT - GAP) / shifts.length);
  const least = best.tse, most = Math.max(...cells.map(({ tse }) => tse));
  const closest = scales.map((scale) =>
    cells.filter(({ priorScale }) => priorScale === scale).reduce((a, b) =>
      Math.abs(b.silenceRatio - truth) < Math.abs(a.silenceRatio - truth) ? b : a
    )
  );
  const map = (
    value: (cell: GridCell) => number,
    color: ColorScale,
    text: (cell: GridCell) => string,
    outlined: readonly GridCell[],
  ) => {
    const paint = (cell: GridCell) => color(value(cell));
    const place = (cell: GridCell) => ({
      x: shifts.indexOf(cell.blankShift),
      y: scales.indexOf(cell.priorScale),
      cell,
    });
    return heatMap({
      rows: scales.length,
      cols: shifts.length,
      color: (row, col) => {
        const cell = at(row, col);
        return cell && paint(cell);
      },
      cell: [cellWidth, ROW],
      gap: 1,
      rowLabels: scales.map(String),
      rowTitle: "prior scale",
      margins: { top: 24, right: GAP, bottom: 40, left: LEFT },
      marks: [
        Plot.text(cells.map(place), {
          x: (d) => d.x + 0.5,
          y: (d) => d.y + 0.5,
          text: (d) => text(d.cell),
          fill: (d) => readableOn(paint(d.cell)),
          fontSize: 11,
        }),
        Plot.rect(outlined.map(place), {
          x1: "x",
          x2: (d) => d.x + 1,
          y1: "y",
          y2: (d) => d.y + 1,
          stroke: palette.lstm,
          strokeWidth: 2.5,
        }),
        Plot.axisX(shifts.map((_, n) => n + 0.5), {
          label: "blank shift, nats",
          labelAnchor: "center",
          labelArrow: "none",
          tickSize: 4,
          tickFormat: (x: number) => minus(shifts[x - 0.5]),
          color: palette.muted,
          fontSize: 11,
        }),
      ],
    });
  };
  const heading = (text: string) => label(0, 0, text, { "font-weight": 600 });
  return panels({
    title,
    subtitle,
    width: 900,
    height: 24 + 64 + ROW * scales.length + 14,
    panels: [
      { x: LEFT, y: 18, content: heading(`Time stamp error (TSE), ${unit}`) },
      {
        x: 0,
        y: 24,
        content: map(
          ({ tse }) => 0.9 * (tse - least) / (most - least || 1),
          signalScale,
          ({ tse }) => tse.toFixed(digits),
          near,
        ),
      },
      { x: width + LEFT, y: 18, content: heading(`Share of frames aligned to ${silence}`) },
      {
        x: width,
        y: 24,
        content: map(
          ({ silenceRatio }) => silenceRatio,
          blankScale,
          ({ silenceRatio }) => silenceRatio.toFixed(2),
          closest,
        ),
      },
    ],
  });
}

function minus(value: number): string {
  return String(value).replace("-", "−");
}
