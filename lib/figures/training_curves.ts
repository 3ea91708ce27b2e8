import * as Plot from "./libraries/plot.ts";
import { type Box, placeLabels } from "./curve_labels.ts";
import { element, label } from "./document.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";
import { axisX, axisY, plot } from "./plot.ts";

/** What an evaluation of a training says; a row of `train` is one. */
export interface CurveRow {
  /** The steps between evaluations of its grid. */
  readonly every: number;
  /** Steps taken, counted from 1. */
  readonly iter: number;
  /** Loss of the training batch, nats per sequence. */
  readonly nll: number;
  /** Errors per label. */
  readonly per: number;
  /** Share of sequences without an error. */
  readonly seqAcc: number;
}

/** A training to draw, finished or under way. */
export interface TrainingCurve {
  /** What is told apart, such as the model; trainings of one name are drawn as one. */
  readonly name: string;
  /** Of this name, as #rrggbb; defaults to one of its own. */
  readonly color?: string;
  /** In the order of iterations. */
  readonly rows: readonly CurveRow[];
}

/** What to draw. */
export interface TrainingCurvesOptions extends Heading {
  /** The last iteration on the axis; defaults to the last of all rows. */
  iters?: number;
}

const WIDTH = 900;
const HEIGHT = 176;
const LEFT = 64;
const HIGHEST_PER = 1.2;
const HALF_LINE = 0.02; // so that a curve at 0 or 1 keeps its whole width
/** What {@linkcode curvePlot} draws: one of the figures of a {@linkcode CurveRow}. */
export type CurveMeasure = "nll" | "per" | "seqAcc";

const measures: readonly { readonly key: CurveMeasure; readonly name: string }[] = [
  { key: "nll", name: "CTC loss of the training batch, nats per sequence (log scale)" },
  { key: "per", name: "Phoneme error rate (PER) on fresh sequences, errors per label" },
  { key: "seqAcc", name: "Sequence accuracy on fresh sequences, share without an error" },
];
const colors = [
  palette.blstm,
  palette.lstm,
  palette.brnn,
  palette.ffnn,
  palette.rnn,
  palette.mlp,
] as const;

/** One point of a curve. */
interface Point {
  readonly run: number;
  readonly name: string;
  readonly iter: number;
  readonly value: number;
}

/**
 * How models learn: loss, phoneme error rate and sequence accuracy by iteration. Several trainings of
 * one name are thin lines around their median. Rows on a training's finest grid are drawn.
 *
 * @param runs Finished trainings, or the rows so far of trainings under way.
 *
 * @example
 * ```ts
 * import { trainingCurves } from "lib/figures/mod.ts";
 *
 * const row = { every: 20, iter: 20, nll: 80, per: 1, seqAcc: 0 };
 * trainingCurves([
 *   { name: "noise 0.2", rows: [row] },
 *   { name: "noise 0.4", rows: [{ ...row, nll: 85 }] },
 * ]);
 * ```
 */
export function trainingCurves(
  runs: readonly TrainingCurve[],
  options: TrainingCurvesOptions = {},
): SVGSVGElement {
  const {
    iters = Math.max(1, ...runs.flatMap(({ rows }) => rows.map(({ iter }) => iter))),
    title = finding(runs),
    subtitle = subtitleOf(runs),
  } = options;
  const drawn = measures.flatMap(({ key, name }, n): Panel[] => [
    { x: LEFT, y: 22 + n * (HEIGHT + 34), content: label(0, 0, name, { "font-weight": 600 }) },
    { x: 0, y: 30 + n * (HEIGHT + 34), content: curvePlot(runs, key, iters) },
  ]);
  return panels({ title, subtitle, width: WIDTH, height: 3 * (HEIGHT + 34) + 20, panels: drawn });
}

/** The size of {@link curvePlot}, and what else is in it. */
export interface CurvePlotOptions {
  /** Width in pixels; defaults to 900. */
  width?: number;
  /** Height in pixels; defaults to 176. */
  height?: number;
  /** Space left of the frame in pixels; defaults to 64. */
  left?: number;
  /** Marks below the curves; defaults to none. */
  marks?: readonly Plot.Markish[];
}

/** One measure of all runs, up to iteration `iters`. */
export function curvePlot(
  runs: readonly TrainingCurve[],
  key: CurveMeasure,
  iters: number,
  options: CurvePlotOptions = {},
): SVGSVGElement {
  const { width = WIDTH, height = HEIGHT, left = LEFT, marks = [] } = options;
  const frame = { left, top: 10, right: width - MARGIN, bottom: height - 36 };
  const shown = pointsOf(runs, key).filter(({ iter, value }) =>
    iter <= iters && (key !== "nll" || value > 0)
  );
  const middles = namesOf(runs).map((name) => medians(shown.filter((p) => p.name === name)))
    .filter((middle) => middle.length > 0);
  const colorOf = colorsOf(runs);
  const curve: Plot.LineOptions = {
    x: "iter",
    y: "value",
    stroke: ({ name }: Point) => colorOf(name),
    strokeLinejoin: "round",
    clip: true,
  };
  const domain = domainOf(key, shown);
  const scale = key === "nll" ? Math.log : (value: number) => value;
  const [low, high] = domain.map(scale);
  const place = ({ iter, value }: Point) =>
    [
      frame.left + iter / iters * (frame.right - frame.left),
      frame.bottom - (scale(value) - low) / (high - low) * (frame.bottom - frame.top),
    ] as const;
  const ticks = key === "nll" ? decades(domain) : [0, 0.5, 1];
  return plot({
    width,
    height,
    marginLeft: frame.left,
    marginRight: width - frame.right,
    marginTop: frame.top,
    marginBottom: height - frame.bottom,
    x: { domain: [0, iters] },
    y: { domain, type: key === "nll" ? "log" : "linear" },
    marks: [
      Plot.gridY(ticks, { stroke: palette.grid, strokeOpacity: 1 }),
      axisX("iteration", { ticks: 8, fontSize: 11 }),
      axisY(null, { ticks, tickSize: 0, fontSize: 11, tickFormat: (value: number) => `${value}` }),
      ...marks,
      runs.length > middles.length
        ? Plot.line(shown, { ...curve, z: "run", strokeWidth: 1, strokeOpacity: 0.35 })
        : null,
      ...middles.map((middle) => Plot.line(middle, { ...curve, z: null, strokeWidth: 2.25 })),
      names(middles, shown, colorOf, place, frame),
    ],
  });
}

/** Every name beside its curve. */
function names(
  middles: readonly Point[][],
  shown: readonly Point[],
  colorOf: (name: string) => string,
  place: (point: Point) => readonly [number, number],
  frame: Box,
): Plot.Markish {
  const curves = middles.map((middle) => {
    const [{ name }] = middle;
    const single = shown.filter((point) => point.name === name);
    return {
      name,
      points: middle.map(place),
      around: [...Map.groupBy(single, ({ run }) => run).values()].map((run) => run.map(place)),
    };
  });
  const places = placeLabels(curves, frame, 13);
  return () =>
    element(
      "g",
      {
        "font-size": 13,
        "font-weight": 600,
        stroke: palette.paper,
        "stroke-width": 4,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
      },
      ...middles.map(([{ name }], n) =>
        label(places[n].x, places[n].y, name, { dy: "0.36em", fill: colorOf(name) })
      ),
    );
}

function pointsOf(runs: readonly TrainingCurve[], key: typeof measures[number]["key"]): Point[] {
  return runs.flatMap(({ name, rows }, run) =>
    finest(rows).map((row): Point => ({ run, name, iter: row.iter, value: row[key] }))
  );
}

/** Whole decades for the loss; shares from 0 to 1, with room for rates a little above. */
function domainOf(key: typeof measures[number]["key"], points: readonly Point[]): [number, number] {
  if (key === "seqAcc") return [-HALF_LINE, 1 + HALF_LINE];
  if (key === "per") return [-HALF_LINE, HIGHEST_PER];
  const exponents = points.map(({ value }) => Math.log10(value));
  return [10 ** Math.floor(Math.min(-1, ...exponents)), 10 ** Math.ceil(Math.max(2, ...exponents))];
}

function decades([low, high]: readonly [number, number]): number[] {
  const first = Math.round(Math.log10(low)), last = Math.round(Math.log10(high));
  return Array.from({ length: last - first + 1 }, (_, n) => Number(`1e${first + n}`));
}

/** The rows of the grid with the shortest step. */
function finest(rows: readonly CurveRow[]): CurveRow[] {
  const every = Math.min(...rows.map((row) => row.every));
  return rows.filter((row) => row.every === every);
}

/** The median over runs at every iteration that all of them have reached. */
function medians(points: readonly Point[]): Point[] {
  const runs = new Set(points.map(({ run }) => run)).size;
  const byIter = Map.groupBy(points, ({ iter }) => iter);
  return [...byIter.values()].filter((group) => group.length === runs).map((group) => {
    const values = group.map(({ value }) => value).sort((a, b) => a - b);
    const half = (values.length - 1) / 2;
    const value = (values[Math.floor(half)] + values[Math.ceil(half)]) / 2;
    return { ...group[0], value };
  });
}

function namesOf(runs: readonly TrainingCurve[]): string[] {
  return [...new Set(runs.map(({ name }) => name))];
}

/** The colour of every name: the one that is given, or else the next that nobody has. */
function colorsOf(runs: readonly TrainingCurve[]): (name: string) => string {
  const given = new Map(runs.flatMap(({ name, color }) => color ? [[name, color] as const] : []));
  const taken = new Set(given.values());
  const free = colors.filter((color) => !taken.has(color));
  const others = namesOf(runs).filter((name) => !given.has(name));
  return (name) => given.get(name) ?? free[others.indexOf(name)] ?? palette.ink;
}

/** The first iteration at which the median PER of a name is at most 0.05. */
function solvedAt(runs: readonly TrainingCurve[], name: string): number | undefined {
  const points = pointsOf(runs, "per").filter((point) => point.name === name);
  return medians(points).find(({ value }) => value <= 0.05)?.iter;
}

function finding(runs: readonly TrainingCurve[]): string {
  const solved = namesOf(runs).flatMap((name) => {
    const iter = solvedAt(runs, name);
    return iter === undefined ? [] : [{ name, iter }];
  });
  if (solved.length === 0) return "Not solved yet";
  const [first, ...others] = solved;
  const rest = others.map(({ name, iter }) => `, ${name} after ${iter}`).join("");
  return `${first.name} solves the corpus after ${first.iter} iterations${rest}`;
}

function subtitleOf(runs: readonly TrainingCurve[]): string {
  const counts = namesOf(runs).map((name) =>
    `${runs.filter((run) => run.name === name).length} of ${name}`
  );
  const several = runs.length > counts.length
    ? ` Thin: single runs (${counts.join(", ")}); bold: their median.`
    : "";
  const cut = pointsOf(runs, "per").some(({ value }) => value > HIGHEST_PER)
    ? ` Untrained models insert so many labels that their PER is off the scale.`
    : "";
  return `Solved means a PER of at most 0.05.${several}${cut}`;
}
