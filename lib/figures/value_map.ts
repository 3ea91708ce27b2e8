import * as Plot from "./libraries/plot.ts";
import { heatMap } from "./heat_map.ts";
import { colorScale, palette, readableOn } from "./palette.ts";
import { type Heading, panels } from "./panels.ts";
import { ramp } from "./ramp.ts";

/** What one of two parameters is, and its values. */
export interface Parameter {
  /** What it is, for the axis. */
  readonly label: string;
  /** In the order of the cells. */
  readonly values: readonly number[];
}

/** A figure of which less is better, over a grid of two parameters. */
export interface ValueMapOptions extends Required<Heading> {
  /** What changes from left to right. */
  readonly columns: Parameter;
  /** What changes from top to bottom. */
  readonly rows: Parameter;
  /** [row][column] */
  readonly values: readonly (readonly number[])[];
  /** What the values are, for the key. */
  readonly unit: string;
}

const errorScale = colorScale("#06302f", "#1f7a70", "#8fcabb", "#f4f1e8", "#e9b872", "#c2410c");
const LEFT = 110;
const TOP = 26;
const BOTTOM = 52;
const [W, H] = [84, 34];

/**
 * A heat map of a figure over two parameters, the least cell framed; colours end at three times it.
 *
 * @example
 * ```ts
 * import { valueMap } from "lib/figures/mod.ts";
 *
 * valueMap({
 *   title: "Fusion is best at α = 0.5, β = 1",
 *   subtitle: "PER by weight and bonus.",
 *   columns: { label: "weight α", values: [0, 0.5] },
 *   rows: { label: "bonus β, nats", values: [0, 1] },
 *   values: [[0.2, 0.15], [0.25, 0.1]],
 *   unit: "PER",
 * });
 * ```
 */
export function valueMap(options: ValueMapOptions): SVGSVGElement {
  const { title, subtitle, columns, rows, values, unit } = options;
  const flat = values.flat();
  const least = Math.min(...flat), most = Math.min(Math.max(...flat), 3 * least + 1e-9);
  const at = flat.indexOf(least), cols = columns.values.length;
  const [row, col] = [Math.floor(at / cols), at % cols];
  const share = (value: number) => (value - least) / (most - least || 1);
  const cells = values.flatMap((line, r) => line.map((value, c) => ({ r, c, value })));
  const content = heatMap({
    rows: rows.values.length,
    cols,
    cell: [W, H],
    color: (r, c) => errorScale(share(values[r][c])),
    rowLabels: rows.values.map(String),
    rowTitle: rows.label,
    margins: { top: TOP, right: 24, bottom: BOTTOM, left: LEFT },
    marks: [
      Plot.text(cells, {
        x: (d) => d.c + 0.5,
        y: (d) => d.r + 0.5,
        text: (d) => d.value.toFixed(3),
        fill: (d) => readableOn(errorScale(share(d.value))),
        fontSize: 12,
      }),
      Plot.rect([0], {
        x1: col,
        x2: col + 1,
        y1: row,
        y2: row + 1,
        inset: 3,
        stroke: palette.paper,
        strokeWidth: 2.5,
        fill: "none",
      }),
      Plot.axisX(columns.values.map((_, c) => c + 0.5), {
        label: columns.label,
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: 40,
        tickSize: 0,
        tickFormat: (x: number) => `${columns.values[Math.round(x - 0.5)]}`,
        color: palette.muted,
        fontSize: 11,
      }),
    ],
  });
  const width = Math.max(760, LEFT + W * cols + 24);
  const below = TOP + H * rows.values.length + BOTTOM;
  const key = ramp({
    color: errorScale,
    title: unit,
    ticks: [[0, least.toFixed(2)], [1, most.toFixed(2)]],
  });
  return panels({
    title,
    subtitle,
    width,
    height: below + 44,
    panels: [
      { x: 0, y: 0, content },
      { x: LEFT + W * cols, y: below, content: key },
    ],
  });
}
