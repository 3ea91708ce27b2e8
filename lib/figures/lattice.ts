import * as Plot from "./libraries/plot.ts";
import type { Matrix } from "../numeric/mod.ts";
import { label } from "./document.ts";
import { columnAxis, heatMap } from "./heat_map.ts";
import { type ColorScale, labelScale, readableOn, signalScale } from "./palette.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";
import { ramp } from "./ramp.ts";

/** One table over states and frames. */
export interface LatticeTable {
  /** What it is, such as "log α". */
  readonly name: string;
  /** [T, S] one value per frame and state; -Infinity where no path passes */
  readonly values: Matrix;
  /** Unit of the values; "share" is drawn from 0 to 1. */
  readonly unit: "nats" | "share";
}

/** How to draw a lattice. */
export interface LatticeOptions extends Heading {
  /** [S] what each state emits, such as ε, c, ε, a, ε */
  readonly labels: readonly string[];
}

const LEFT = 52;
const ROW = 34;
const GAP = 36;

/**
 * Tables over the lattice of an alignment, side by side: frames to the right, states down, every
 * value written in its cell if there is room.
 *
 * @param tables One or more tables of the same lattice, such as α, β and occupancy.
 * @throws {RangeError} If a table has not one column per label.
 *
 * @example
 * ```ts
 * import { ctcTopology } from "lib/alignment/mod.ts";
 * import { fullSumLattice } from "lib/criteria/mod.ts";
 * import { lattice } from "lib/figures/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 *
 * const logProbs = matrix(4, 3, Array(12).fill(-Math.log(3)));
 * const { logAlpha } = fullSumLattice(logProbs, ctcTopology([1, 2]));
 * lattice([{ name: "log α", values: logAlpha, unit: "nats" }], {
 *   labels: ["ε", "c", "ε", "a", "ε"],
 * });
 * ```
 */
export function lattice(
  tables: readonly LatticeTable[],
  options: LatticeOptions,
): SVGSVGElement {
  const { labels } = options;
  const wrong = tables.find(({ values }) => values.cols !== labels.length);
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot draw the lattice as "${wrong.name}" must have ${labels.length} columns, ` +
        `one per label: it has ${wrong.values.cols}`,
    );
  }
  const {
    title = tables.map(({ name }) => name).join(", ") + " over states and frames",
    subtitle = "Paths run from left to right and downwards; empty cells are out of reach.",
  } = options;
  const room = (880 - tables.length * (LEFT + GAP)) / tables.length;
  const cellWidth = Math.max(6, Math.min(48, Math.floor(room / tables[0].values.rows)));
  const width = LEFT + cellWidth * tables[0].values.rows + GAP;
  const height = ROW * labels.length + 128;
  const drawn = tables.flatMap((table, n): Panel[] => {
    const { low, high, color } = scaleOf(table);
    return [
      {
        x: n * width + LEFT,
        y: 18,
        content: label(0, 0, `${table.name}, ${table.unit}`, { "font-weight": 600 }),
      },
      { x: n * width, y: 24, content: tableMap(table, labels, cellWidth) },
      {
        x: (n + 1) * width - GAP,
        y: height - 26,
        content: ramp({
          color,
          title: table.unit,
          ticks: [[0, shown(low, table.unit)], [1, shown(high, table.unit)]],
          width: Math.min(120, cellWidth * table.values.rows - 60),
        }),
      },
    ];
  });
  return panels({
    title,
    subtitle,
    width: Math.max(tables.length * width, 540) + MARGIN / 2,
    height: height + 12,
    panels: drawn,
  });
}

function tableMap(table: LatticeTable, labels: readonly string[], cellWidth: number) {
  const { rows: T, cols: S, data } = table.values;
  const { low, high, color } = scaleOf(table);
  const colorAt = (value: number) => color(high > low ? (value - low) / (high - low) : 1);
  const texts = Array.from({ length: T * S }, (_, i) => ({
    x: Math.floor(i / S) + 0.5,
    y: i % S + 0.5,
    value: data[i],
  })).filter(({ value }) => value > -Infinity);
  return heatMap({
    rows: S,
    cols: T,
    color: (s, t) => data[t * S + s] === -Infinity ? undefined : colorAt(data[t * S + s]),
    cell: [cellWidth, ROW],
    gap: cellWidth < 20 ? 0 : 1,
    rowLabels: labels,
    rowTitle: "state",
    margins: { top: 24, right: GAP, bottom: 38, left: LEFT },
    marks: [
      cellWidth < 32 ? null : Plot.text(texts, {
        x: "x",
        y: "y",
        text: ({ value }) => shown(value, table.unit),
        fill: ({ value }) => readableOn(colorAt(value)),
        fontSize: 11,
      }),
      columnAxis(T, "frame", T <= 12 ? 1 : 10),
    ],
  });
}

function scaleOf(
  { values: { data }, unit }: LatticeTable,
): { low: number; high: number; color: ColorScale } {
  if (unit === "share") return { low: 0, high: 1, color: labelScale };
  const finite = [...data].filter((value) => value > -Infinity);
  // The palest colour of the scale is left to cells that no path passes.
  const color = (share: number) => signalScale(0.12 + 0.88 * share);
  return { low: Math.min(...finite, 0), high: Math.max(...finite), color };
}

function shown(value: number, unit: LatticeTable["unit"]): string {
  if (unit === "share") return value.toFixed(2);
  return value.toFixed(1).replace("-", "−").replace("−0.0", "0.0");
}
