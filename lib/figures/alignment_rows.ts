import type { Interval } from "../alignment/mod.ts";
import type { Matrix } from "../numeric/mod.ts";
import { element, label } from "./document.ts";
import { columnAxis, heatMap } from "./heat_map.ts";
import { palette, signalScale } from "./palette.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";

/** One alignment of a sequence. */
export interface AlignmentRow {
  /** How it was made. */
  readonly name: string;
  /** One span per label of the target, in order; empty if it could not be aligned. */
  readonly spans: readonly Interval[];
}

/** One sequence and several alignments of it. */
export interface AlignmentRowsOptions extends Heading {
  /** [T, F] features */
  readonly x: Matrix;
  /** What to write in the span of each label. */
  readonly labels: readonly string[];
  /** Where the labels truly are. */
  readonly truth: readonly Interval[];
  /** From top to bottom. */
  readonly rows: readonly AlignmentRow[];
}

const WIDTH = 900;
const LEFT = 190;
const ROW = 30;
const BAND = 10;
const FEATURES = 26;
/** Width of a letter of a word, on average. */
const LETTER = 6.5;

/**
 * A sequence above, and below it one row per alignment: a bar for every label, in the same shades
 * as the truth, whose boundaries are drawn through all rows.
 *
 * @example
 * ```ts
 * import { alignmentRows } from "lib/figures/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 *
 * const truth = [{ start: 1, end: 3 }];
 * const rows = [{ name: "CTC", spans: [{ start: 2, end: 3 }] }];
 * alignmentRows({ x: matrix(4, 2), labels: ["a"], truth, rows });
 * ```
 */
export function alignmentRows(options: AlignmentRowsOptions): SVGSVGElement {
  const { x, labels, truth, rows } = options;
  const { rows: T, cols: F, data } = x;
  const {
    title = "One sequence, several alignments",
    subtitle = "Features above. Each bar is the frames of one label; dashed: the true boundaries.",
  } = options;
  const cellWidth = Math.max(2, Math.floor((WIDTH - LEFT - MARGIN) / T));
  const top = FEATURES + BAND * F + 16;
  const all = [{ name: "truth", spans: truth }, ...rows];
  const bottom = top + ROW * all.length;
  const bars = all.flatMap(({ name, spans }, n): Panel[] => [{
    x: LEFT - 12,
    y: top + n * ROW + 19,
    content: label(0, 0, name, { "text-anchor": "end", "font-weight": n === 0 ? 600 : 400 }),
  }, {
    x: LEFT,
    y: top + n * ROW + 4,
    content: element("g", {}, ...spans.map((span, s) => bar(span, shade(n, s), cellWidth))),
  }]);
  const letters = all.map(({ spans }, n): Panel => ({
    x: LEFT,
    y: top + n * ROW + 4,
    content: element(
      "g",
      {},
      ...spans.flatMap((span, s) => letter(span, labels[s], shade(n, s), cellWidth)),
    ),
  }));
  const edges = truth.flatMap(({ start, end }) => [start, end]).map((t) =>
    element("path", {
      d: `M${t * cellWidth},${FEATURES}V${bottom}`,
      stroke: palette.ink,
      "stroke-opacity": 0.45,
      "stroke-dasharray": "3,3",
    })
  );
  const largest = data.reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1;
  const map = heatMap({
    rows: F,
    cols: T,
    color: (row, t) => signalScale(data[t * F + F - 1 - row] / largest),
    cell: [cellWidth, BAND],
    margins: { top: 0, right: 0, bottom: 0, left: 0 },
  });
  const axis = heatMap({
    rows: 1,
    cols: T,
    color: () => undefined,
    cell: [cellWidth, 1],
    margins: { top: 0, right: 12, bottom: 40, left: 12 },
    marks: [columnAxis(T, "frame")],
  });
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: bottom + 52,
    panels: [
      { x: LEFT, y: FEATURES, content: map },
      {
        x: LEFT - 12,
        y: FEATURES + BAND * F / 2 + 4,
        content: label(0, 0, "features", { "text-anchor": "end", fill: palette.muted }),
      },
      ...bars,
      { x: LEFT, y: 0, content: element("g", { fill: "none" }, ...edges) },
      ...letters,
      { x: LEFT - 12, y: bottom + 6, content: axis },
    ],
  });
}

/** The truth is dark; labels that follow one another differ. */
function shade(row: number, place: number): string {
  return row === 0 ? palette.ink : place % 2 === 0 ? palette.blstm : palette.ffnn;
}

function bar({ start, end }: Interval, fill: string, cellWidth: number): SVGElement {
  return element("rect", {
    x: start * cellWidth + 0.5,
    y: 0,
    width: (end - start) * cellWidth - 1,
    height: ROW - 8,
    rx: 2,
    fill,
  });
}

/** The label of a bar that is wide enough, with a rim in its colour: no line runs through it. */
function letter(
  { start, end }: Interval,
  text: string,
  rim: string,
  cellWidth: number,
): SVGElement[] {
  const width = (end - start) * cellWidth;
  return width < Math.max(12, LETTER * text.length + 5)
    ? []
    : [label(start * cellWidth + width / 2, 15.5, text, {
      "text-anchor": "middle",
      "font-weight": 600,
      fill: palette.paper,
      stroke: rim,
      "stroke-width": 5,
      "paint-order": "stroke",
    })];
}
