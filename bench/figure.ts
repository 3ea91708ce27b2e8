import { Plot } from "lib/figures/mod.ts";
import { element, label } from "lib/figures/document.ts";
import { linePanels } from "lib/figures/line_panels.ts";
import { palette } from "lib/figures/palette.ts";
import { panels } from "lib/figures/panels.ts";
import { axisX, axisY, plot } from "lib/figures/plot.ts";
import { reference } from "./contenders.ts";
import { digits } from "./digits.ts";
import { beamName } from "./report.ts";
import { type BenchResults, timesOf } from "./results.ts";
import { sweep, widths } from "./workloads.ts";

const WIDTH = 900;
const HEIGHT = 520;
const FRAME = { left: 64, top: 12, right: WIDTH - 250, bottom: HEIGHT - 44 };
/** Pixels between the names on the right. */
const LINE = 17;

/** One hue per library; the dash tells its variants apart. */
const hues: readonly (readonly [prefix: string, color: string])[] = [
  ["ours", "#0b7a5e"],
  ["numpy", "#a8700a"],
  ["torch", "#b8322a"],
  ["tfjs", "#6f4aa8"],
  ["fast-ctc-decode", "#b8322a"],
  ["pyctcdecode", "#a8700a"],
];
const dashes: Readonly<Record<string, string>> = {
  "ours-plain": "7 4",
  "numpy-batch": "7 4",
  "torch-float32-all": "2 3",
  "torch-float64-one": "7 4",
  "torch-float64-all": "7 3 2 3",
};

interface Point {
  readonly hidden: number;
  readonly ms: number;
}

interface Curve {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly points: readonly Point[];
}

/** Time of one headline step against the number of cells, for every contender. */
export function stepTimeByHidden(results: BenchResults): SVGSVGElement {
  const curves = curvesOf(results);
  return panels({
    title: finding(results),
    subtitle: `Median time of one training step (BLSTM, batch 16, about 880 frames) against the ` +
      `number of cells per direction; both axes logarithmic. ${results.machine.cpu}, ` +
      `${results.machine.cores} cores. TensorFlow.js trains with a cross-entropy in place of CTC.`,
    width: WIDTH,
    height: HEIGHT + 24,
    panels: [
      { x: FRAME.left, y: 16, content: label(0, 0, "ms per step", { "font-weight": 600 }) },
      { x: 0, y: 24, content: drawing(curves) },
    ],
  });
}

/** Time of prefix beam search against the width of the beam, for ours and the other decoders. */
export function timeByWidth({ participants, workloads, machine }: BenchResults): SVGSVGElement {
  const curves = participants.flatMap(({ id, name }) => {
    const points = widths.flatMap((width): [number, number][] => {
      const times = timesOf(workloads, beamName(width), id);
      return times === undefined ? [] : [[width, times.medianMs]];
    });
    // The search has no kernels, so one of our twins is enough.
    return points.length === 0 || id === "ours-plain" ? [] : [{ id, name, points }];
  });
  const widest = widths[widths.length - 1];
  const decades = curves.flatMap(({ points }) => points.map(([, ms]) => Math.log10(ms)));
  const [low, high] = [Math.floor(Math.min(...decades)), Math.ceil(Math.max(...decades))];
  return linePanels({
    title: fasterAt(widest, curves),
    subtitle:
      `Median time of one sequence of 200 frames and 30 labels, without a language model; ` +
      `both axes logarithmic. ${machine.cpu}, ${machine.cores} cores.`,
    x: { label: "beam width", domain: [1, widest], scale: "log", ticks: widths },
    height: 260,
    panels: [{
      title: "ms per sequence",
      domain: [10 ** low, 10 ** high],
      scale: "log",
      ticks: Array.from({ length: high - low + 1 }, (_, n) => 10 ** (low + n)),
      series: curves.map(({ id, name, points }) => ({
        name: id === reference ? "ours" : name,
        color: hues.find(([prefix]) => id.startsWith(prefix))?.[1] ?? palette.muted,
        dots: true,
        points,
      })),
    }],
  });
}

/** What the widest beam takes, and how many times as long the other decoders do. */
function fasterAt(
  width: number,
  curves: readonly { id: string; points: readonly (readonly [number, number])[] }[],
): string {
  const last = ({ points }: (typeof curves)[number]) => points[points.length - 1][1];
  const ours = curves.filter(({ id }) => id === reference).map(last)[0];
  const others = curves.filter(({ id }) => id !== reference).map(last);
  if (ours === undefined || others.length === 0) return "Time of prefix beam search by its width";
  const ratios = [Math.min(...others), Math.max(...others)].map((ms) => digits(ms / ours));
  return `A beam of ${width} takes ${digits(ours)} ms; the other decoders take ` +
    `${[...new Set(ratios)].join(" to ")} times as long`;
}

function curvesOf({ participants, workloads }: BenchResults): Curve[] {
  return participants.flatMap(({ id, name }): Curve[] => {
    const points = sweep.flatMap((hidden): Point[] => {
      const times = timesOf(workloads, hidden === 24 ? "step" : `hidden-${hidden}`, id);
      return times === undefined ? [] : [{ hidden, ms: times.medianMs }];
    });
    const color = hues.find(([prefix]) => id.startsWith(prefix))?.[1] ?? palette.muted;
    return points.length === 0 ? [] : [{ id, name, color, points }];
  });
}

function drawing(curves: readonly Curve[]): SVGSVGElement {
  const all = curves.flatMap(({ points }) => points.map(({ ms }) => ms));
  const low = 10 ** Math.floor(Math.log10(Math.min(...all)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...all)));
  const decades = Array.from(
    { length: Math.round(Math.log10(high / low)) + 1 },
    (_, n) => low * 10 ** n,
  );
  const y = (ms: number) =>
    FRAME.bottom - Math.log(ms / low) / Math.log(high / low) * (FRAME.bottom - FRAME.top);
  return plot({
    width: WIDTH,
    height: HEIGHT,
    marginLeft: FRAME.left,
    marginRight: WIDTH - FRAME.right,
    marginTop: FRAME.top,
    marginBottom: HEIGHT - FRAME.bottom,
    x: { type: "log", base: 2, domain: [sweep[0], sweep[sweep.length - 1]] },
    y: { type: "log", domain: [low, high] },
    marks: [
      Plot.gridY(decades, { stroke: palette.grid, strokeOpacity: 1 }),
      axisX("cells per direction, H", { ticks: [...sweep], tickFormat: String, fontSize: 11 }),
      axisY(null, { ticks: decades, tickSize: 0, tickFormat: String, fontSize: 11 }),
      ...curves.flatMap(({ id, color, points }) => {
        const channels = { x: "hidden", y: "ms", z: null };
        const line = { stroke: color, strokeWidth: id === reference ? 3 : 1.75 };
        return [
          Plot.line(points, { ...channels, ...line, strokeDasharray: dashes[id] }),
          Plot.dot(points, { x: "hidden", y: "ms", r: 2.5, fill: color }),
        ];
      }),
      () => names(curves, y),
    ],
  });
}

/** Every curve's name to the right of its last point, moved apart where they would touch. */
function names(curves: readonly Curve[], y: (ms: number) => number): SVGGElement {
  const ends = curves.map((curve) => ({ curve, at: y(curve.points[curve.points.length - 1].ms) }));
  const places = spread(ends.map(({ at }) => at), LINE, FRAME.bottom);
  return element(
    "g",
    { "font-size": 12, "text-anchor": "start" },
    ...ends.flatMap(({ curve: { id, name, color }, at }, n) => [
      element("path", {
        d: `M${FRAME.right + 5},${at}L${FRAME.right + 20},${places[n]}`,
        stroke: color,
        fill: "none",
      }),
      label(FRAME.right + 25, places[n], name, {
        dy: "0.36em",
        fill: color,
        "font-weight": id === reference ? 600 : undefined,
      }),
    ]),
  );
}

/** Moves places apart to at least `gap`, as little as will do, keeping their order. */
export function spread(places: readonly number[], gap: number, bottom: number): number[] {
  const order = places.map((_, n) => n).sort((a, b) => places[a] - places[b]);
  const moved = [...places];
  order.forEach((n, rank) => {
    if (rank > 0) moved[n] = Math.max(moved[n], moved[order[rank - 1]] + gap);
  });
  let limit = bottom;
  for (const n of order.toReversed()) {
    moved[n] = Math.min(moved[n], limit);
    limit = moved[n] - gap;
  }
  return moved;
}

function finding({ workloads }: BenchResults): string {
  const ours = timesOf(workloads, "step", reference);
  const rows = workloads.find(({ name }) => name === "step")?.rows ?? [];
  const others = rows.filter(({ contender }) => /^(numpy|torch)/.test(contender))
    .flatMap(({ contender }) => timesOf(workloads, "step", contender)?.ratio ?? []);
  if (ours === undefined || others.length === 0) return "Time per training step";
  return `A step with 24 cells takes ${digits(ours.medianMs)} ms, ` +
    `${digits(Math.min(...others))} to ${digits(Math.max(...others))} times less than in ` +
    "NumPy and PyTorch";
}
