import * as Plot from "./libraries/plot.ts";
import { mean } from "../numeric/mod.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";
import { plot } from "./plot.ts";

/** One contender, at several seeds. */
export interface DotRow {
  /** Who it is, written to the left. */
  readonly name: string;
  /** Of its dots, its bar and its texts. */
  readonly color: string;
  /** One per seed. */
  readonly values: readonly number[];
}

/** What a figure of dot rows shows. */
export interface DotRowsOptions extends Required<Heading> {
  /** The axis of values. */
  readonly x: {
    /** What a value is, and its unit. */
    readonly label: string;
    /** Where the axis begins and ends. */
    readonly domain: readonly [number, number];
    /** Where it has ticks. */
    readonly ticks: readonly number[];
  };
  /** Writes a value. */
  readonly format: (value: number) => string;
  /** Levels to compare with, as broken lines through all rows, named above; defaults to none. */
  readonly references?: readonly { readonly value: number; readonly name: string }[];
  /** Room for the names of rows, in pixels; defaults to 210. */
  readonly left?: number;
}

const WIDTH = 900;
const ROW = 30;
const RIGHT = 96;
const TOP = 26;
const BOTTOM = 52;

/**
 * Contenders one below the other: a dot for every seed, a bar at their mean, which is written to the
 * right.
 *
 * @example
 * ```ts
 * import { dotRows } from "lib/figures/mod.ts";
 *
 * dotRows([{ name: "CTC", color: "#1f66b0", values: [0.26, 0.27] }], {
 *   title: "CTC stays at its floor",
 *   subtitle: "A dot is one seed.",
 *   x: { label: "label error rate", domain: [0, 0.3], ticks: [0, 0.1, 0.2, 0.3] },
 *   format: (value) => value.toFixed(2),
 *   references: [{ value: 0.25, name: "floor" }],
 * });
 * ```
 */
export function dotRows(rows: readonly DotRow[], options: DotRowsOptions): SVGSVGElement {
  const { title, subtitle, x, format, references = [], left = 210 } = options;
  const height = TOP + rows.length * ROW + BOTTOM;
  const dots = rows.flatMap(({ color, values }, row) =>
    values.map((value) => ({ color, row, value }))
  );
  const means = rows.map(({ color, values }, row) => ({ color, row, value: mean(values) }));
  const content = plot({
    width: WIDTH,
    height,
    marginLeft: left,
    marginRight: RIGHT,
    marginTop: TOP,
    marginBottom: BOTTOM,
    x: { domain: [...x.domain] },
    y: { domain: [0, rows.length], reverse: true, axis: null },
    marks: [
      Plot.gridX([...x.ticks], { stroke: palette.grid, strokeOpacity: 1 }),
      Plot.axisX([...x.ticks], {
        label: x.label,
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: 38,
        tickSize: 4,
        text: format,
        color: palette.muted,
        fontSize: 11,
      }),
      Plot.ruleX(references, { x: "value", stroke: palette.blank, strokeDasharray: "4,4" }),
      Plot.text(references, {
        x: "value",
        y: 0,
        dy: -12,
        text: ({ name, value }) => `${name}, ${format(value)}`,
        fill: palette.muted,
        fontSize: 11,
      }),
      Plot.ruleX(means, {
        x: "value",
        y1: ({ row }) => row + 0.2,
        y2: ({ row }) => row + 0.8,
        stroke: ({ color }) => color,
        strokeWidth: 3,
      }),
      Plot.dot(dots, {
        x: "value",
        y: ({ row }) => row + 0.5,
        r: 4,
        fill: ({ color }) => color,
        fillOpacity: 0.55,
      }),
      Plot.text(rows.map(({ name, color }, row) => ({ name, color, row })), {
        frameAnchor: "left",
        dx: MARGIN - left,
        y: ({ row }) => row + 0.5,
        text: "name",
        textAnchor: "start",
        fill: ({ color }) => color,
        fontSize: 12,
        fontWeight: 600,
      }),
      Plot.text(means, {
        frameAnchor: "right",
        dx: RIGHT - MARGIN,
        y: ({ row }) => row + 0.5,
        text: ({ value }) => format(value),
        textAnchor: "end",
        fill: ({ color }) => color,
        fontSize: 12,
        fontWeight: 600,
      }),
    ],
  });
  return panels({ title, subtitle, width: WIDTH, height, panels: [{ x: 0, y: 0, content }] });
}
