import * as Plot from "@observablehq/plot";
import {
  type ComparedRow,
  type PaperMetric,
  paperMetrics,
  type PaperTableName,
} from "../experiments/mod.ts";
import { element, label } from "./document.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";
import { axisX, plot } from "./plot.ts";

/** What a figure needs of a row: what it is called, its silence, theirs, ours, and our runs. */
export type DrawnRow = Pick<ComparedRow, "columns" | "silence" | "theirs" | "ours" | "values">;

/** What else to draw. */
export interface PaperComparisonOptions extends Heading {
  /** One panel each, from left to right; defaults to all that the paper measures. */
  metrics?: readonly PaperMetric[];
  /** The colour of our figures; defaults to that of the feed-forward network. */
  color?: string;
}

const spread =
  "Means and standard deviations, the paper's above, ours below; faint marks are our " +
  "single runs.";

/** What the figure of each table says. */
export const paperHeadings: Readonly<Record<PaperTableName, PaperComparisonOptions>> = {
  "table-10": {
    title: "At ten frames per letter, all depends on the prior",
    subtitle: `Table 10. ${spread}`,
  },
  "table-11": {
    title: "In noise, α = 0.5 works whatever β and γ are; α = 1 without them breaks",
    subtitle: `Table 11. ${spread}`,
    color: palette.blstm,
  },
  "table-12": {
    title: "Without scales, the CTC topology learns where the HMM fails",
    subtitle: `Table 12. ${spread}`,
    color: palette.blstm,
  },
  "table-13": {
    title: "At two frames per letter, no prior is needed",
    subtitle: `Table 13. ${spread}`,
  },
};

const WIDTH = 900;
const PITCH = 36;
const BOTTOM = 46;
const GAP = 26;
const CHARACTER = 6.4;
const LINE = 14;
const DASHES = "3,3";
/** Of every row of the paper. */
const SEEDS = 10;

/**
 * A table of the alignment paper as dots: theirs above, ours below, each with its standard
 * deviation to either side, and a faint mark for every one of our runs. The true share of silence
 * is a line through the mean posteriors of ε.
 *
 * @param rows At least one, with headings alike.
 *
 * @example
 * ```ts
 * import { paperComparison } from "lib/figures/mod.ts";
 * import { paperTables } from "lib/experiments/mod.ts";
 *
 * const rows = paperTables["table-12"].rows.map(({ columns, silence, theirs }) => ({
 *   ...{ columns, silence, theirs, ours: theirs },
 *   values: { ler: [14], frameCe: [0.4], blank: [39], tse: [1.3] },
 * }));
 * paperComparison(rows);
 * ```
 */
export function paperComparison(
  rows: readonly DrawnRow[],
  options: PaperComparisonOptions = {},
): SVGSVGElement {
  const {
    title = "The paper's figures and ours",
    subtitle = spread,
    metrics = ["ler", "frameCe", "blank", "tse"],
    color = palette.ffnn,
  } = options;
  const heads = Object.keys(rows[0].columns);
  const widths = heads.map((head) =>
    14 + CHARACTER * Math.max(
        ...twoLines(head).map(({ length }) => length),
        ...rows.map(({ columns }) => columns[head].length),
      )
  );
  const left = MARGIN + widths.reduce((a, b) => a + b, 0);
  const width = (WIDTH - left - MARGIN - GAP * (metrics.length - 1)) / metrics.length;
  const top = 12 + LINE * Math.max(...heads.map((head) => twoLines(head).length));
  const height = top + PITCH * rows.length + BOTTOM;
  const drawn = metrics.map((metric, n): Panel => ({
    x: left + n * (width + GAP),
    y: 24,
    content: metricPanel(rows, metric, { width, height, top, color }),
  }));
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: height + 24,
    panels: [
      { x: left, y: 14, content: key(rows, color) },
      { x: MARGIN, y: 24, content: rowHeads(rows, heads, widths, top) },
      ...drawn,
    ],
  });
}

function metricPanel(
  rows: readonly DrawnRow[],
  metric: PaperMetric,
  { width, height, top, color }: { width: number; height: number; top: number; color: string },
): SVGSVGElement {
  const { name, unit } = paperMetrics[metric];
  const dots = rows.flatMap(({ theirs, ours }, n) => [
    { ...theirs[metric], y: n - 0.17, fill: palette.muted },
    { ...ours[metric], y: n + 0.17, fill: color },
  ]).filter(({ mean }) => !Number.isNaN(mean));
  const runs = rows.flatMap(({ values }, n) => values[metric].map((x) => ({ x, y: n + 0.17 })));
  const bars = dots.filter(({ deviation }) => deviation > 0);
  const reach = dots.map(({ mean, deviation }) => mean + (deviation || 0));
  const silences = metric === "blank" ? rows.map(({ silence }, y) => ({ silence, y })) : [];
  const lost = rows.map(({ theirs }, n) => ({ ...theirs[metric], y: n - 0.17 }))
    .filter(({ mean }) => Number.isNaN(mean));
  const ends = [...reach, ...runs.map(({ x }) => x), ...silences.map(({ silence }) => silence)];
  const most = 1.06 * Math.max(1e-9, ...ends);
  return plot({
    width,
    height,
    marginLeft: 8,
    marginRight: 8,
    marginTop: top,
    marginBottom: BOTTOM,
    x: { domain: [0, most] },
    y: { domain: [rows.length - 0.5, -0.5], axis: null },
    color: { type: "identity" },
    marks: [
      Plot.ruleY(rows.slice(1).map((_, n) => n + 0.5), { stroke: palette.grid }),
      Plot.ruleX([0], { stroke: palette.faint }),
      Plot.ruleX(silences, {
        x: "silence",
        y1: ({ y }) => y - 0.5,
        y2: ({ y }) => y + 0.5,
        stroke: palette.ink,
        strokeDasharray: DASHES,
      }),
      Plot.text(lost, {
        x: 0,
        y: "y",
        dx: 6,
        textAnchor: "start",
        text: () => "lost in our copy",
        fill: palette.muted,
        fontSize: 10,
      }),
      axisX(`${name} [${unit}]`, { ticks: 3, fontSize: 11, labelOffset: 36 }),
      Plot.ruleX(runs, {
        x: "x",
        y1: ({ y }) => y - 0.12,
        y2: ({ y }) => y + 0.12,
        stroke: color,
        strokeOpacity: 0.45,
      }),
      Plot.ruleY(bars, {
        x1: ({ mean, deviation }) => Math.max(0, mean - deviation),
        x2: ({ mean, deviation }) => mean + deviation,
        y: "y",
        stroke: ({ fill }) => fill,
        strokeWidth: 1.5,
      }),
      Plot.dot(dots, { x: "mean", y: "y", r: 4, fill: ({ fill }) => fill }),
    ],
  });
}

/** The headings of the rows, a column each, each row in the middle of its band. */
function rowHeads(
  rows: readonly DrawnRow[],
  heads: readonly string[],
  widths: readonly number[],
  top: number,
): SVGGElement {
  const texts = heads.flatMap((head, c) => {
    const x = widths.slice(0, c).reduce((a, b) => a + b, 0);
    return [
      ...twoLines(head).map((line, l, { length }) =>
        label(x, top - 8 - LINE * (length - 1 - l), line, { "font-size": 11, fill: palette.muted })
      ),
      ...rows.map(({ columns }, n) =>
        label(x, top + PITCH * (n + 0.5) + 4, columns[head], { "font-size": 12 })
      ),
    ];
  });
  return element("g", {}, ...texts);
}

/** A heading as it is if short, or broken at the space that is nearest to its middle. */
function twoLines(head: string): string[] {
  const off = (space: number) => Math.abs(space - head.length / 2);
  const spaces = [...head.matchAll(/ /g)].map(({ index }) => index);
  if (head.length <= 10 || spaces.length === 0) return [head];
  const space = spaces.reduce((a, b) => off(b) <= off(a) ? b : a);
  return [head.slice(0, space), head.slice(space + 1)];
}

function key(rows: readonly DrawnRow[], color: string): SVGGElement {
  const entry = (x: number, fill: string, text: string) => [
    element("circle", { cx: x + 12, cy: 0, r: 4, fill }),
    label(x + 22, 4, text, { "font-size": 11, fill }),
  ];
  const range = (values: readonly number[]) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return least === most ? `${least}` : `${least} to ${most}`;
  };
  return element(
    "g",
    {},
    ...entry(0, palette.muted, `paper, ${SEEDS} seeds`),
    ...entry(130, color, `ours, ${range(rows.map(({ values }) => values.ler.length))} seeds`),
    element("path", { d: "M282,-8V8", stroke: palette.ink, "stroke-dasharray": DASHES }),
    label(290, 4, `true share of silence, ${range(rows.map(({ silence }) => silence))} %`, {
      "font-size": 11,
    }),
  );
}
