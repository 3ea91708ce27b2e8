import * as Plot from "./libraries/plot.ts";
import type { Interval } from "../alignment/mod.ts";
import type { Matrix } from "../numeric/mod.ts";
import { columnAxis, heatMap } from "./heat_map.ts";
import { palette, signalScale } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";
import { ramp } from "./ramp.ts";

/** Scores of labels over frames, and where the labels are. */
export interface GradientMatrixOptions extends Heading {
  /** [T, L + 1] nats; blank first, as `gradScore` gives them. Blank is not drawn. */
  readonly scores: Matrix;
  /** What stands left of every label's row. */
  readonly labels: readonly string[];
  /** Where the labels truly are, outlined. */
  readonly truth: readonly Interval[];
  /** Where they were found; marked by a line below each row. Defaults to nothing. */
  readonly found?: readonly Interval[];
}

const LEFT = 60;
const ROW = 24;
/** Scores this far below the largest are drawn as nothing, nats. */
const DEPTH = 6;

/**
 * How much every frame matters for every label, one row per label: the matrix that alignments from
 * gradients are read from.
 *
 * @example
 * ```ts
 * import { gradScore } from "lib/alignment/mod.ts";
 * import { gradientMatrix } from "lib/figures/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 *
 * const scores = gradScore(matrix(1, 3, [0, 2, 0]));
 * gradientMatrix({ scores, labels: ["a"], truth: [{ start: 1, end: 2 }] });
 * ```
 *
 * Source: the alignment paper, Fig. 1.
 */
export function gradientMatrix(options: GradientMatrixOptions): SVGSVGElement {
  const { scores: { rows: T, cols, data }, labels, truth, found = [] } = options;
  const L = cols - 1;
  const {
    title = "How much every frame matters for every label",
    subtitle = "Log softmax over time of the log gradient norm. Outlined: where the label truly " +
      "is; orange: where it was found.",
  } = options;
  const cellWidth = Math.max(2, Math.floor((900 - LEFT - MARGIN) / T));
  let largest = -Infinity;
  for (let i = 0; i < data.length; i++) if (i % cols > 0) largest = Math.max(largest, data[i]);
  const share = (value: number) => 1 - (largest - value) / DEPTH;
  const boxes = (spans: readonly Interval[]) => spans.map((span, row) => ({ ...span, row }));
  const map = heatMap({
    rows: L,
    cols: T,
    color: (s, t) => signalScale(share(data[t * cols + 1 + s])),
    cell: [cellWidth, ROW],
    rowLabels: labels,
    rowTitle: "label",
    margins: { top: 24, right: MARGIN, bottom: 38, left: LEFT },
    marks: [
      outline(truth, palette.paper, 5), // so that it shows on dark cells
      outline(truth, palette.ink, 2),
      Plot.ruleY(boxes(found), {
        x1: "start",
        x2: "end",
        y: (d) => d.row + 0.9,
        stroke: palette.lstm,
        strokeWidth: 4,
      }),
      columnAxis(T, "frame"),
    ],
  });
  const height = 24 + ROW * L + 38;
  return panels({
    title,
    subtitle,
    width: LEFT + cellWidth * T + MARGIN,
    height: height + 44,
    panels: [
      { x: 0, y: 0, content: map },
      {
        x: LEFT + cellWidth * T,
        y: height + 8,
        content: ramp({
          color: signalScale,
          title: "log share of the gradient, nats",
          ticks: [[0, `≤ ${shown(largest - DEPTH)}`], [1, shown(largest)]],
        }),
      },
    ],
  });
}

function outline(spans: readonly Interval[], stroke: string, strokeWidth: number): Plot.Markish {
  return Plot.rect(spans, {
    x1: "start",
    x2: "end",
    y1: (_, row) => row,
    y2: (_, row) => row + 1,
    stroke,
    strokeWidth,
  });
}

function shown(value: number): string {
  return value.toFixed(1).replace("-", "−").replace("−0.0", "0.0");
}
