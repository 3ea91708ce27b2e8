import * as Plot from "./libraries/plot.ts";
import { element, label } from "./document.ts";
import { palette } from "./palette.ts";
import { type Heading, type Panel, panels } from "./panels.ts";
import { axisY, plot } from "./plot.ts";

/** A point of a line, in the units of the axes. */
export type Point = readonly [x: number, y: number];

/** A line of a panel, named at its right end. */
export interface LineSeries {
  /** What stands at its right end. */
  readonly name: string;
  /** As #rrggbb. */
  readonly color: string;
  /** In the order of x. */
  readonly points: readonly Point[];
  /** Thin lines that it stands for, such as single seeds; defaults to none. */
  readonly around?: readonly (readonly Point[])[];
  /** Broken, for what is compared with; defaults to false. */
  readonly dashed?: boolean;
  /** Whether its points are marked; defaults to false. */
  readonly dots?: boolean;
}

/** One of several plots over the same x. */
export interface LinePanel {
  /** What y is, and its unit. */
  readonly title: string;
  /** Drawn in order, the last on top. */
  readonly series: readonly LineSeries[];
  /** The values of y at the bottom and at the top. */
  readonly domain: readonly [number, number];
  /** Defaults to linear. */
  readonly scale?: "linear" | "log";
  /** The values of y that have a tick. */
  readonly ticks: readonly number[];
  /** How a tick is written; defaults to the number. */
  readonly format?: (y: number) => string;
}

/** What a figure of line panels shows. */
export interface LinePanelsOptions extends Required<Heading> {
  /** The axis that all panels share: its name and unit, its ends, and the values that have a tick. */
  readonly x: {
    readonly label: string;
    readonly domain: readonly [number, number];
    /** Defaults to linear. */
    readonly scale?: "linear" | "log";
    readonly ticks: readonly number[];
  };
  /** From top to bottom. */
  readonly panels: readonly LinePanel[];
  /** Height of a panel's plot in pixels; defaults to 150. */
  readonly height?: number;
  /** Room for the names at the right, in pixels; defaults to 130. */
  readonly right?: number;
}

const WIDTH = 900;
const LEFT = 64;
const AXIS = 36;
const LINE = 15;

/** Panels one above the other, lines named where they end. */
export function linePanels(options: LinePanelsOptions): SVGSVGElement {
  const { title, subtitle, x, height = 150, right = 130 } = options;
  const step = 30 + height + AXIS;
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: step * options.panels.length + 10,
    panels: options.panels.flatMap((panel, n): Panel[] => [
      { x: LEFT, y: 22 + n * step, content: label(0, 0, panel.title, { "font-weight": 600 }) },
      { x: 0, y: 30 + n * step, content: panelPlot(panel, x, height + AXIS, right) },
    ]),
  });
}

function panelPlot(
  { series, domain, scale = "linear", ticks, format = String }: LinePanel,
  x: LinePanelsOptions["x"],
  height: number,
  right: number,
): SVGSVGElement {
  const { label: name, scale: xScale = "linear" } = x;
  const line = (points: readonly Point[], color: string, rest: Plot.LineOptions) =>
    Plot.line(points.filter(([, y]) => Number.isFinite(y)), {
      stroke: color,
      strokeLinejoin: "round",
      clip: true,
      ...rest,
    });
  return plot({
    width: WIDTH,
    height,
    marginLeft: LEFT,
    marginRight: right,
    marginTop: 8,
    marginBottom: AXIS,
    x: { domain: [...x.domain], type: xScale },
    y: { domain: [...domain], type: scale },
    marks: [
      Plot.gridY([...ticks], { stroke: palette.grid, strokeOpacity: 1 }),
      // Ticks are data and have texts, as a tick format would leave some of a log scale out.
      Plot.axisX([...x.ticks], {
        label: name,
        labelAnchor: "center",
        labelArrow: "none",
        tickSize: 4,
        text: (x: number) => `${x}`,
        color: palette.muted,
        fontSize: 11,
      }),
      axisY(null, { ticks: [...ticks], tickSize: 0, fontSize: 11, tickFormat: format }),
      ...series.flatMap(({ around = [], color }) =>
        around.map((points) => line(points, color, { strokeWidth: 1, strokeOpacity: 0.35 }))
      ),
      ...series.map(({ points, color, dashed }) =>
        line(points, color, { strokeWidth: 2.25, strokeDasharray: dashed ? "5,4" : undefined })
      ),
      ...series.filter(({ dots }) => dots).map(({ points, color }) =>
        Plot.dot(points, { x: "0", y: "1", r: 3, fill: color })
      ),
      names(series, domain, scale, { top: 8, bottom: height - AXIS, left: WIDTH - right }),
    ],
  });
}

/** The name of every line right of its last point, moved apart where lines end close together. */
function names(
  series: readonly LineSeries[],
  domain: readonly [number, number],
  scale: "linear" | "log",
  frame: { top: number; bottom: number; left: number },
): Plot.Markish {
  const f = scale === "log" ? Math.log : (y: number) => y;
  const ends = series.map(({ name, color, points }) => {
    const [, y] = points.findLast(([, y]) => Number.isFinite(y)) ?? [0, domain[0]];
    const share = (f(y) - f(domain[0])) / (f(domain[1]) - f(domain[0]));
    return { name, color, y: frame.bottom - share * (frame.bottom - frame.top) };
  }).sort((a, b) => a.y - b.y);
  const places = apart(ends.map(({ y }) => y), frame.top + 2, frame.bottom - 2);
  return () =>
    element(
      "g",
      { "font-size": 12, "font-weight": 600 },
      ...ends.map(({ name, color }, n) =>
        label(frame.left + 8, places[n], name, {
          "text-anchor": "start",
          dy: "0.35em",
          fill: color,
        })
      ),
    );
}

/** Sorted places at least a line from each other, inside the frame if there is room. */
function apart(wanted: readonly number[], top: number, bottom: number): number[] {
  const places = [...wanted];
  for (let n = 0; n < places.length; n++) {
    places[n] = Math.max(places[n], n === 0 ? top : places[n - 1] + LINE);
  }
  let limit = bottom;
  for (let n = places.length - 1; n >= 0; n--) {
    places[n] = Math.min(places[n], limit);
    limit = places[n] - LINE;
  }
  return places;
}
