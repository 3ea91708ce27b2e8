import * as Plot from "./libraries/plot.ts";
import { palette } from "./palette.ts";
import { plot } from "./plot.ts";

/** A grid of coloured cells; cell (row, col) covers x from col to col + 1, y from row to row + 1. */
export interface HeatMapOptions {
  readonly rows: number;
  readonly cols: number;
  /** The colour of a cell as #rrggbb; `undefined` leaves it empty. */
  color: (row: number, col: number) => string | undefined;
  /** Width and height of a cell in whole pixels, so that no seams show. */
  readonly cell: readonly [width: number, height: number];
  /** Empty pixels on each side of a cell; defaults to 0. */
  readonly gap?: number;
  /** What stands left of each row, from the top down; defaults to nothing. */
  readonly rowLabels?: readonly string[];
  /** What the rows are, written above their labels; defaults to nothing. */
  readonly rowTitle?: string;
  /** Space around the cells in pixels. */
  readonly margins: Margins;
  /** Marks over the cells, x in columns and y in rows from the top. */
  readonly marks?: readonly Plot.Markish[];
}

/** Space around a plot's frame, in pixels. */
export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Draws a heat map. */
export function heatMap(options: HeatMapOptions): SVGSVGElement {
  const {
    rows,
    cols,
    color,
    cell: [w, h],
    gap = 0,
    rowLabels = [],
    rowTitle,
    margins,
    marks = [],
  } = options;
  const cells = Array.from({ length: rows * cols }, (_, i) => ({
    row: Math.floor(i / cols),
    col: i % cols,
    fill: color(Math.floor(i / cols), i % cols),
  })).filter(({ fill }) => fill !== undefined);
  const names = rowLabels.map((text, row) => ({ text, row: row + 0.5 }));
  return plot({
    width: margins.left + w * cols + margins.right,
    height: margins.top + h * rows + margins.bottom,
    marginTop: margins.top,
    marginRight: margins.right,
    marginBottom: margins.bottom,
    marginLeft: margins.left,
    x: { domain: [0, cols], axis: null },
    y: { domain: [0, rows], reverse: true, axis: null },
    color: { type: "identity" },
    marks: [
      Plot.rect(cells, {
        x1: "col",
        x2: (d) => d.col + 1,
        y1: "row",
        y2: (d) => d.row + 1,
        fill: "fill",
        inset: gap,
        shapeRendering: "crispEdges",
      }),
      Plot.frame({ stroke: palette.faint }),
      Plot.text(names, {
        x: 0,
        y: "row",
        text: "text",
        dx: -8,
        textAnchor: "end",
        fill: palette.muted,
        fontSize: 11,
      }),
      rowTitle === undefined ? null : Plot.text([rowTitle], {
        frameAnchor: "top-left",
        dx: -8,
        dy: -8,
        lineAnchor: "bottom",
        textAnchor: "end",
        fill: palette.muted,
        fontSize: 11,
      }),
      ...marks,
    ],
  });
}

/** An x axis that numbers every tenth column in its middle, or fewer columns where `every` says. */
export function columnAxis(cols: number, title: string | null, every = 10): Plot.Markish {
  const ticks = Array.from({ length: Math.ceil(cols / every) }, (_, n) => n * every + 0.5);
  return Plot.axisX(ticks, {
    label: title,
    labelAnchor: "center",
    labelArrow: "none",
    tickSize: 4,
    tickFormat: (x: number) => String(x - 0.5),
    color: palette.muted,
    fontSize: 11,
  });
}
