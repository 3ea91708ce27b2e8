import * as Plot from "./libraries/plot.ts";
import { type Spread, spreadOf } from "../numeric/mod.ts";
import { element, label } from "./document.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";
import { axisX, plot } from "./plot.ts";

/** A row of a published table, beside ours. */
export interface DrawnRow {
  /** Its headings, by column. */
  readonly columns: Readonly<Record<string, string>>;
  /** The source's means and standard deviations, by measure; NaN where one is lost. */
  readonly theirs: Readonly<Record<string, Spread>>;
  /** Our figures, by measure: one per seed. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** True values by measure, drawn as broken lines; defaults to none. */
  readonly truth?: Readonly<Record<string, number>>;
}

/** What else to draw. */
export interface PaperComparisonOptions extends Heading {
  /** The measures with name and unit, one panel each, from left to right. */
  readonly measures: Readonly<Record<string, string>>;
  /** What the broken lines are: "true share of silence, 21 %"; defaults to nothing. */
  readonly truth?: string;
  /** The colour of our figures; defaults to that of the feed-forward network. */
  readonly color?: string;
}

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
 * A table of a paper as dots: theirs above, ours below, each with its standard deviation to either
 * side, and a faint mark for every one of our runs.
 *
 * @param rows At least one, with headings alike.
 *
 * @example
 * ```ts
 * import { paperComparison } from "lib/figures/mod.ts";
 *
 * const [mean, deviation] = [14, 8];
 * paperComparison([{
 *   columns: { cells: "20" },
 *   theirs: { per: { mean, deviation } },
 *   values: { per: [12, 15] },
 * }], { measures: { per: "LER [%]" } });
 * ```
 */
export function paperComparison(
  rows: readonly DrawnRow[],
  options: PaperComparisonOptions,
): SVGSVGElement {
  const {
    title = "The paper's figures and ours",
    subtitle =
      "Means and standard deviations, the paper's above, ours below; faint marks are our " +
      "single runs.",
    measures,
    truth,
    color = palette.ffnn,
  } = options;
  const names = Object.keys(measures);
  const heads = Object.keys(rows[0].columns);
  const widths = heads.map((head) =>
    14 + CHARACTER * Math.max(
        ...twoLines(head).map(({ length }) => length),
        ...rows.map(({ columns }) => columns[head].length),
      )
  );
  const left = MARGIN + widths.reduce((a, b) => a + b, 0);
  const width = (WIDTH - left - MARGIN - GAP * (names.length - 1)) / names.length;
  const top = 12 + LINE * Math.max(...heads.map((head) => twoLines(head).length));
  const height = top + PITCH * rows.length + BOTTOM;
  const drawn = names.map((measure, n): Panel => {
    const frame = { width, height, top, color, label: measures[measure] };
    return {
      x: left + n * (width + GAP),
      y: 24,
      content: measurePanel(rows, measure, frame),
    };
  });
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: height + 24,
    panels: [
      { x: left, y: 14, content: key(rows, color, truth) },
      { x: MARGIN, y: 24, content: rowHeads(rows, heads, widths, top) },
      ...drawn,
    ],
  });
}

function measurePanel(
  rows: readonly DrawnRow[],
  measure: string,
  { width, height, top, color, label }: {
    width: number;
    height: number;
    top: number;
    color: string;
    label: string;
  },
): SVGSVGElement {
  const dots = rows.flatMap(({ theirs, values }, n) => [
    { ...theirs[measure], y: n - 0.17, fill: palette.muted },
    { ...spreadOf(values[measure]), y: n + 0.17, fill: color },
  ]).filter(({ mean }) => !Number.isNaN(mean));
  const runs = rows.flatMap(({ values }, n) => values[measure].map((x) => ({ x, y: n + 0.17 })));
  const bars = dots.filter(({ deviation }) => deviation > 0);
  const reach = dots.map(({ mean, deviation }) => mean + (deviation || 0));
  const truths = rows.flatMap(({ truth }, y) =>
    truth?.[measure] === undefined ? [] : [{ value: truth[measure], y }]
  );
  const lost = rows.map(({ theirs }, n) => ({ ...theirs[measure], y: n - 0.17 }))
    .filter(({ mean }) => Number.isNaN(mean));
  const ends = [...reach, ...runs.map(({ x }) => x), ...truths.map(({ value }) => value)];
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
      Plot.ruleX(truths, {
        x: "value",
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
      axisX(label, { ticks: 3, fontSize: 11, labelOffset: 36 }),
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

function key(rows: readonly DrawnRow[], color: string, truth?: string): SVGGElement {
  const entry = (x: number, fill: string, text: string) => [
    element("circle", { cx: x + 12, cy: 0, r: 4, fill }),
    label(x + 22, 4, text, { "font-size": 11, fill }),
  ];
  const seeds = rows.flatMap(({ values }) => Object.values(values).map(({ length }) => length));
  const [least, most] = [Math.min(...seeds), Math.max(...seeds)];
  return element(
    "g",
    {},
    ...entry(0, palette.muted, `paper, ${SEEDS} seeds`),
    ...entry(130, color, `ours, ${least === most ? least : `${least} to ${most}`} seeds`),
    ...truth === undefined ? [] : [
      element("path", { d: "M282,-8V8", stroke: palette.ink, "stroke-dasharray": DASHES }),
      label(290, 4, truth, { "font-size": 11 }),
    ],
  );
}
