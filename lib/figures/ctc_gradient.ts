import * as Plot from "./libraries/plot.ts";
import type { CtcLoss } from "../criteria/mod.ts";
import { type Matrix, matrix } from "../numeric/mod.ts";
import { label } from "./document.ts";
import { columnAxis, heatMap } from "./heat_map.ts";
import { type ColorScale, labelScale, palette, readableOn, signedScale } from "./palette.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";
import { ramp } from "./ramp.ts";

/** How to draw the gradient of the CTC loss. */
export interface CtcGradientOptions extends Heading {
  /** [K] what each label is called, blank first */
  readonly labels: readonly string[];
}

const LEFT = 56;
const ROW = 34;
const GAP = 20;

/**
 * The gradient of the CTC loss taken apart: what the network says, what the alignments ask for, and
 * the difference of the two. Frames run to the right, every value is written in its cell if there
 * is room, and below the difference stands its sum per frame.
 *
 * @param result What `ctcLoss` returned.
 * @throws {RangeError} If there is not one name per label.
 *
 * @example
 * ```ts
 * import { ctcLoss } from "lib/criteria/mod.ts";
 * import { ctcGradient } from "lib/figures/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 *
 * ctcGradient(ctcLoss(matrix(4, 3), [1, 2]), { labels: ["ε", "h", "i"] });
 * ```
 *
 * Source: Graves et al. 2006, eq. 16.
 */
export function ctcGradient(
  result: Pick<CtcLoss, "dLogits" | "softAlignment">,
  options: CtcGradientOptions,
): SVGSVGElement {
  const { dLogits, softAlignment } = result;
  const { rows: T, cols: K } = dLogits;
  const { labels } = options;
  if (labels.length !== K) {
    throw new RangeError(
      `Cannot draw the gradient as there must be one name for each of ${K} labels: ` +
        `there are ${labels.length}`,
    );
  }
  const {
    title = "The gradient is what the network says minus what the alignments ask for",
    subtitle = "Purple: descent raises this label here. Green: descent lowers it. The changes of " +
      "a frame cancel out.",
  } = options;
  const softmax = matrix(T, K, dLogits.data.map((d, i) => d + softAlignment.data[i]));
  const cellWidth = Math.max(6, Math.min(52, Math.floor((880 - 3 * (LEFT + GAP)) / 3 / T)));
  const width = LEFT + cellWidth * T + GAP;
  const height = ROW * (K + 1) + 112;
  const signed = (value: number) => signedScale((value + 1) / 2);
  const parts: [string, Matrix, ColorScale][] = [
    ["softmax", softmax, labelScale],
    ["v, share of the alignments", softAlignment, labelScale],
    ["softmax − v", dLogits, signed],
  ];
  const drawn = parts.flatMap(([name, values, color], n): Panel[] => [
    { x: n * width + LEFT, y: 18, content: label(0, 0, name, { "font-weight": 600 }) },
    { x: n * width, y: 24, content: table(values, color, labels, cellWidth, n === 2) },
  ]);
  const keys = [
    { n: 1, color: labelScale, title: "probability", ticks: [[0, "0"], [1, "1"]] as const },
    {
      n: 2,
      color: signedScale,
      title: "",
      ticks: [[0, "−1"], [0.5, "0"], [1, "1"]] as const,
    },
  ].map(({ n, ...key }): Panel => ({
    x: (n + 1) * width - GAP,
    y: height - 12,
    content: ramp({ ...key, width: Math.min(120, cellWidth * T) }),
  }));
  return panels({
    title,
    subtitle,
    width: Math.max(3 * width, 540) + MARGIN / 2,
    height: height + 32,
    panels: [...drawn, ...keys],
  });
}

function table(
  values: Matrix,
  color: ColorScale,
  labels: readonly string[],
  cellWidth: number,
  summed: boolean,
): SVGSVGElement {
  const { rows: T, cols: K, data } = values;
  const texts = cellWidth < 32 ? [] : Array.from(data, (value, i) => ({
    x: Math.floor(i / K) + 0.5,
    y: i % K + 0.5,
    text: shown(value),
    fill: readableOn(color(value)),
  }));
  const sums = cellWidth < 32 || !summed ? [] : Array.from({ length: T }, (_, t) => ({
    x: t + 0.5,
    y: K + 0.5,
    text: shown(data.subarray(t * K, (t + 1) * K).reduce((a, b) => a + b, 0)),
    fill: palette.muted,
  }));
  const extra = summed ? 1 : 0;
  return heatMap({
    rows: K + extra,
    cols: T,
    color: (k, t) => k === K ? undefined : color(data[t * K + k]),
    cell: [cellWidth, ROW],
    gap: cellWidth < 20 ? 0 : 1,
    rowLabels: summed ? [...labels, "sum"] : labels,
    rowTitle: "label",
    margins: { top: 24, right: GAP, bottom: 38, left: LEFT },
    marks: [
      Plot.text([...texts, ...sums], {
        x: "x",
        y: "y",
        text: "text",
        fill: "fill",
        fontSize: 11,
      }),
      columnAxis(T, "frame", T <= 12 ? 1 : 10),
    ],
  });
}

/** Two places; no sign before what is rounded to zero. */
function shown(value: number): string {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text.replace("-", "−");
}
