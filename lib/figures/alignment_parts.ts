import { runSpans } from "../alignment/mod.ts";
import type { Matrix } from "../numeric/mod.ts";
import { element, label } from "./document.ts";
import { columnAxis, heatMap, type Margins } from "./heat_map.ts";
import { blankScale, labelScale, palette, signalScale } from "./palette.ts";
import { MARGIN, type Panel } from "./panels.ts";
import * as Plot from "./libraries/plot.ts";
import { ramp } from "./ramp.ts";

/** The parts that the figures of one sequence are put together from: frames run to the right. */

/** The amplitudes at the two ends of the features' colours. */
const LOUDEST = 1.5;

/** Features [T, F] as a heat map, band 0 at the bottom. */
export function inputMap(
  x: Matrix,
  cell: readonly [number, number],
  margins: Margins,
  axisTitle?: string | null,
): SVGSVGElement {
  const { rows: T, cols: F, data } = x;
  return heatMap({
    rows: F,
    cols: T,
    color: (row, t) => signalScale(data[t * F + F - 1 - row] / LOUDEST),
    cell,
    rowLabels: Array.from({ length: F }, (_, row) => String(F - 1 - row)),
    rowTitle: "band",
    margins,
    marks: axisTitle === undefined ? [] : [columnAxis(T, axisTitle)],
  });
}

/** Log-probabilities [T, K] as a heat map of probabilities: blank on top, then labels 1 … K - 1. */
export function posteriorMap(
  logProbs: Matrix,
  cell: readonly [number, number],
  margins: Margins,
  marks: readonly Plot.Markish[] = [],
): SVGSVGElement {
  const { rows: T, cols: K, data } = logProbs;
  return heatMap({
    rows: K,
    cols: T,
    color: (k, t) => (k === 0 ? blankScale : labelScale)(Math.exp(data[t * K + k])),
    cell,
    rowLabels: Array.from({ length: K }, (_, k) => k === 0 ? "blank" : String(k)),
    rowTitle: "label",
    margins,
    marks: [...marks, columnAxis(T, "frame")],
  });
}

/** The key of {@link inputMap}. */
export function inputKey(): SVGGElement {
  return ramp({
    color: signalScale,
    title: "amplitude",
    ticks: [[0, "≤ 0"], [0.5, "0.75"], [1, "≥ 1.5"]],
  });
}

/** The keys of {@link posteriorMap}: one for the labels, one for blank. */
export function posteriorKeys(): { labels: SVGGElement; blank: SVGGElement } {
  const ticks = [[0, "0"], [0.5, "0.5"], [1, "1"]] as const;
  return {
    labels: ramp({ color: labelScale, title: "probability of labels", ticks }),
    blank: ramp({ color: blankScale, title: "of blank", ticks, width: 80 }),
  };
}

/**
 * The true phones over a sequence: a bar with the label above each, and its boundaries drawn down
 * to `bottom`. x = 0 is the left edge of frame 0, y = 0 the top of the maps.
 */
export function phoneMarks(alignment: Int32Array, cellWidth: number, bottom: number): SVGGElement {
  const parts = runSpans(alignment).flatMap(({ label: phone, start, end }) => {
    const left = start * cellWidth, right = end * cellWidth;
    const boundary = (x: number) =>
      element("path", {
        d: `M${x},-6V${bottom}`,
        stroke: palette.ink,
        "stroke-opacity": 0.55,
        "stroke-dasharray": "3,3",
      });
    return [
      boundary(left),
      boundary(right),
      element("path", { d: `M${left},-6H${right}`, stroke: palette.ink, "stroke-width": 2 }),
      label((left + right) / 2, -12, String(phone), {
        "text-anchor": "middle",
        "font-weight": 600,
        "font-size": 13,
      }),
    ];
  });
  return element("g", { fill: palette.ink }, ...parts);
}

/** One sequence, and what a model made of it. */
export interface SequenceData {
  /** [T, F] features */
  readonly x: Matrix;
  /** [T, K] log-probabilities, nats; blank first */
  readonly logProbs: Matrix;
  /** [T] the true label of every frame, 0 for silence */
  readonly alignment: Int32Array;
}

/** Where the panels of a sequence stand, in pixels. */
export interface SequenceLayout {
  readonly width: number;
  readonly margins: Margins;
  /** Heights of a band and of a label. */
  readonly rows: readonly [input: number, posterior: number];
  /** Above the features, between the maps, and from the posterior to the keys. */
  readonly gaps: readonly [top: number, between: number, keys: number];
  /** Of the keys: from the left of the first two, and from the right of that of blank. */
  readonly keys: readonly [input: number, labels: number, blank: number];
}

/**
 * A sequence above, the posterior of its every frame below, the true boundaries of its phones drawn
 * through both, and the keys at the bottom.
 *
 * @returns The panels, and the top of the keys.
 */
export function sequencePanels(
  { x, logProbs, alignment }: SequenceData,
  { width, margins, rows: [inputRow, posteriorRow], gaps: [top, gap, down], keys }: SequenceLayout,
): { panels: Panel[]; keysTop: number } {
  const cellWidth = Math.max(1, Math.floor((width - margins.left - MARGIN) / x.rows));
  const inputHeight = inputRow * x.cols, posteriorHeight = posteriorRow * logProbs.cols;
  const posteriorTop = top + inputHeight + gap;
  const keysTop = posteriorTop + posteriorHeight + down;
  const { labels, blank } = posteriorKeys();
  const panels = [
    {
      x: 0,
      y: top - margins.top,
      content: inputMap(x, [cellWidth, inputRow], { ...margins, bottom: 8 }),
    },
    {
      x: 0,
      y: posteriorTop - margins.top,
      content: posteriorMap(logProbs, [cellWidth, posteriorRow], margins, [truth(alignment)]),
    },
    {
      x: margins.left,
      y: top,
      content: phoneMarks(alignment, cellWidth, inputHeight + gap + posteriorHeight),
    },
    { x: keys[0], y: keysTop, content: inputKey() },
    { x: keys[1], y: keysTop, content: labels },
    { x: width - MARGIN - keys[2], y: keysTop, content: blank },
  ];
  return { panels, keysTop };
}

/** Outlines of the cells where the label of a true phone would be right. */
function truth(alignment: Int32Array): Plot.Markish {
  return Plot.rect(runSpans(alignment), {
    x1: "start",
    x2: "end",
    y1: "label",
    y2: (d) => d.label + 1,
    stroke: palette.ink,
    strokeWidth: 1.25,
  });
}
