import * as Plot from "./libraries/plot.ts";
import { heatMap } from "./heat_map.ts";
import { colorScale, palette, readableOn } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";

/** Where in a phone one network errs. */
export interface PositionErrors {
  /** What the network is called. */
  readonly name: string;
  /** Shares of phones named wrongly at the 1st, 2nd, … frame. */
  readonly start: readonly number[];
  /** Shares at the last frame but n, …, the last but one, the last. */
  readonly end: readonly number[];
}

const WIDTH = 900;
const LEFT = 170;
const GAP = 40;
const ROW = 30;
const scale = colorScale("#ffffff", "#f6c9a8", "#d95f0e", "#6e2a00");

/**
 * Where in a phone networks err: one row per network, one cell per place, counted from the phone's
 * start on the left and from its end on the right. A cell holds the error in %; the colour goes with
 * its square root.
 *
 * @param networks One or more, with equally many places each.
 *
 * @example
 * ```ts
 * import { errorsByPosition } from "lib/figures/mod.ts";
 *
 * errorsByPosition([{ name: "LSTM", start: [0.1, 0.01], end: [0, 0.02] }]);
 * ```
 */
export function errorsByPosition(
  networks: readonly PositionErrors[],
  options: Heading = {},
): SVGSVGElement {
  const {
    title = "Where in a phone networks err",
    subtitle = "Share of phones whose frame at this place is named wrongly, in %.",
  } = options;
  const n = networks[0].start.length;
  const cell = Math.floor((WIDTH - LEFT - GAP - MARGIN) / (2 * n));
  const half = (side: "start" | "end", left: number, rowLabels: readonly string[]) => {
    const value = (row: number, col: number) => networks[row][side][col];
    const texts = networks.flatMap((_, row) =>
      Array.from({ length: n }, (_, col) => ({ row, col, share: value(row, col) }))
    );
    return heatMap({
      rows: networks.length,
      cols: n,
      color: (row, col) => scale(Math.sqrt(value(row, col))),
      cell: [cell, ROW],
      rowLabels,
      margins: { top: 26, right: 0, bottom: 30, left },
      marks: [
        Plot.text(texts, {
          x: ({ col }) => col + 0.5,
          y: ({ row }) => row + 0.5,
          text: ({ share }) => (100 * share).toFixed(1),
          fill: ({ share }) => readableOn(scale(Math.sqrt(share))),
          fontSize: 12,
        }),
        Plot.text(Array.from({ length: n }, (_, col) => col), {
          x: (col) => col + 0.5,
          y: 0,
          dy: -10,
          text: (col) => placeName(side === "start" ? col : col - n),
          fill: palette.muted,
          fontSize: 11,
        }),
      ],
    });
  };
  const height = ROW * networks.length + 56;
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height,
    panels: [
      { x: 0, y: 0, content: half("start", LEFT, networks.map(({ name }) => name)) },
      { x: LEFT + n * cell + GAP, y: 0, content: half("end", 0, []) },
    ],
  });
}

/** 0 is the first frame, -1 the last. */
function placeName(place: number): string {
  if (place === 0) return "first frame";
  if (place === -1) return "last frame";
  if (place < 0) return `last but ${["one", "two", "three"][-place - 2] ?? -place - 1}`;
  return ["second", "third", "fourth"][place - 1] ?? `frame ${place + 1}`;
}
