import type * as Plot from "@observablehq/plot";
import type { Matrix } from "../numeric/mod.ts";
import { element, label } from "./document.ts";
import { columnAxis, heatMap, type Margins } from "./heat_map.ts";
import { blankScale, labelScale, palette, signalScale } from "./palette.ts";
import { ramp } from "./ramp.ts";
import { segments } from "./segments.ts";

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
  const parts = segments(alignment).flatMap(({ label: phone, start, end }) => {
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
