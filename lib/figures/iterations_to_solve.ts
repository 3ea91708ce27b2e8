import * as Plot from "./libraries/plot.ts";
import { median } from "../numeric/mod.ts";
import { element, label } from "./document.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";
import { axisY, plot } from "./plot.ts";

/** When the trainings of one model solved their task. */
export interface SolvedSeries {
  /** The same in every group. */
  readonly name: string;
  /** As #rrggbb. */
  readonly color: string;
  /** One training each; Infinity where it never did. */
  readonly iterations: readonly number[];
}

/** Trainings at one place on the axis. */
export interface SolvedGroup {
  /** What stands below the axis; lines are broken at "\n". */
  readonly name: string;
  /** A figure of the group, such as a ratio, below its name; defaults to nothing. */
  readonly note?: string;
  /** Whether it is another kind of thing, which no line joins to the others; defaults to false. */
  readonly apart?: boolean;
  /** The models, from left to right. */
  readonly series: readonly SolvedSeries[];
}

/** Groups side by side, along which one thing grows. */
export interface SolvedPanel {
  /** What stands above the panel. */
  readonly name: string;
  /** From left to right. */
  readonly groups: readonly SolvedGroup[];
}

/** What else to draw. */
export interface IterationsToSolveOptions extends Heading {
  /** Iterations after which a training was given up. */
  readonly cap: number;
  /** What the notes are, left of them; defaults to nothing. */
  readonly noteName?: string;
}

const WIDTH = 900;
const HEIGHT = 300;
const LEFT = 108;
const TOP = 44;
const GAP = 26;
const NEVER = 1.3;

/** One training, or the median of some, as a dot. */
interface Dot {
  readonly line: string;
  readonly color: string;
  readonly x: number;
  /** Iterations, or above them all. */
  readonly y: number;
  readonly solved: boolean;
}

/**
 * How many iterations trainings take until they solve their task, on a log scale: a dot for every
 * training, a line through the medians of each model, and crosses above for those that never did,
 * if there are any. Models have a key where there are several.
 *
 * @example
 * ```ts
 * import { iterationsToSolveDots } from "lib/figures/mod.ts";
 *
 * const series = [
 *   { name: "BLSTM", color: "#1f66b0", iterations: [300, 280] },
 *   { name: "LSTM", color: "#d95f0e", iterations: [700, Infinity] },
 * ];
 * iterationsToSolveDots([{ name: "phonemes", groups: [{ name: "6", series }] }], { cap: 2000 });
 * ```
 */
export function iterationsToSolveDots(
  sections: readonly SolvedPanel[],
  options: IterationsToSolveOptions,
): SVGSVGElement {
  const groups = sections.flatMap(({ groups }) => groups);
  const never = groups.flatMap(({ series }) => series.flatMap(({ iterations }) => iterations))
    .includes(Infinity);
  const {
    cap,
    title = "Iterations until the phoneme error rate is at most 0.05",
    subtitle = `A dot is one training${never ? ", a cross one that never got there" : ""}; ` +
      "lines join medians.",
    noteName = "",
  } = options;
  const unit = (WIDTH - LEFT - MARGIN - GAP * (sections.length - 1)) / groups.length;
  const placed = sections.map((panel, p) => {
    const before = sections.slice(0, p).flatMap(({ groups }) => groups).length;
    return { ...panel, left: LEFT + before * unit + p * GAP, width: panel.groups.length * unit };
  });
  const models = new Map(
    groups.flatMap(({ series }) => series.map(({ name, color }) => [name, color] as const)),
  );
  const names = [...models.keys()];
  const centre = (panel: typeof placed[number], g: number) => panel.left + (g + 0.5) * unit;
  const above = cap * NEVER;
  const all = placed.flatMap((panel) =>
    panel.groups.flatMap(({ series, apart }, g) =>
      series.map(({ name, color, iterations }) => {
        const line = `${panel.name} ${name}${apart ? ` ${g}` : ""}`;
        const x = centre(panel, g) + (names.indexOf(name) - (names.length - 1) / 2) * 18;
        const dot = (n: number): Dot => {
          const solved = Number.isFinite(n);
          return { line, color, x, y: solved ? n : above, solved };
        };
        return { dots: iterations.map(dot), middle: dot(median(iterations)) };
      })
    )
  );
  const dots = all.flatMap(({ dots }) => dots);
  const middles = all.map(({ middle }) => middle);
  const least = Math.min(...dots.map(({ y }) => y));
  const low = least > 110 ? 100 : least > 55 ? 50 : 10;
  const givenUp = never ? [above] : [];
  const ticks = [
    ...[10, 20, 50, 100, 200, 500, 1000, 2000, 5000].filter((n) => n >= low && n < cap / 1.5),
    cap,
  ];
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: HEIGHT + 62,
    panels: [
      ...(names.length > 1 ? [{ x: WIDTH - MARGIN, y: 12, content: key(models) }] : []),
      {
        x: 0,
        y: 0,
        content: plot({
          width: WIDTH,
          height: HEIGHT,
          marginLeft: LEFT,
          marginRight: MARGIN,
          marginTop: TOP,
          marginBottom: 8,
          x: { domain: [LEFT, WIDTH - MARGIN], axis: null },
          y: { domain: [low, givenUp.length > 0 ? cap * NEVER ** 1.6 : cap], type: "log" },
          marks: [
            ...placed.flatMap(({ left, width }) => [
              Plot.gridY(ticks, {
                x1: left,
                x2: left + width,
                stroke: palette.grid,
                strokeOpacity: 1,
              }),
              Plot.ruleY(givenUp.map(() => cap * NEVER ** 0.5), {
                x1: left,
                x2: left + width,
                stroke: palette.faint,
                strokeDasharray: "4,4",
              }),
            ]),
            axisY(null, {
              ticks: [...ticks, ...givenUp],
              tickSize: 0,
              fontSize: 11,
              tickFormat: (n: number) => n === above ? "never" : String(n),
            }),
            Plot.line(middles.filter(({ solved }) => solved), {
              x: "x",
              y: "y",
              z: "line",
              stroke: "color",
              strokeWidth: 2,
              strokeOpacity: 0.6,
            }),
            Plot.dot(dots.filter(({ solved }) => solved), {
              x: "x",
              y: "y",
              r: 3.5,
              fill: "color",
              fillOpacity: 0.75,
            }),
            Plot.dot(crowded(dots.filter(({ solved }) => !solved)), {
              x: "x",
              y: "y",
              symbol: "times",
              r: 3.5,
              stroke: "color",
              strokeWidth: 1.6,
            }),
          ],
        }),
      },
      {
        x: MARGIN,
        y: 12,
        content: label(0, 0, "iterations (log scale)", { ...faint, dy: "0.36em" }),
      },
      ...placed.map(({ name, left }) => ({
        x: left,
        y: TOP - 10,
        content: label(0, 0, name, { "font-weight": 600 }),
      })),
      ...placed.flatMap((panel) =>
        panel.groups.flatMap(({ name, note = "" }, g) => [
          ...name.split("\n").map((line, n) => ({
            x: centre(panel, g),
            y: HEIGHT + 10 + 15 * n,
            content: label(0, 0, line, { ...faint, "text-anchor": "middle" }),
          })),
          {
            x: centre(panel, g),
            y: HEIGHT + 44,
            content: label(0, 0, note, { "font-weight": 600, "text-anchor": "middle" }),
          },
        ])
      ),
      { x: MARGIN, y: HEIGHT + 44, content: label(0, 0, noteName, faint) },
    ].filter(({ content }) => content.textContent !== "" || content.tagName !== "text"),
  });
}

const faint = { fill: palette.muted, "font-size": 11 } as const;

/** A dot and a name per model, ending at the right margin. */
function key(models: ReadonlyMap<string, string>): SVGElement {
  let x = 0;
  return element(
    "g",
    {},
    ...[...models].reverse().flatMap(([name, color]) => {
      const end = x;
      const start = end - 9.4 * name.length - 7;
      x = start - 22;
      return [
        label(end, 4, name, { "text-anchor": "end", "font-weight": 600, fill: color }),
        element("circle", { cx: start, cy: 0, r: 3.5, fill: color }),
      ];
    }),
  );
}

/** Dots at one place moved apart, so that they can be counted. */
function crowded(dots: readonly Dot[]): Dot[] {
  const at = new Map<number, number>();
  return dots.map((dot) => {
    const n = at.get(dot.x) ?? 0;
    at.set(dot.x, n + 1);
    const steps = [0, 1, -1, 2, -2][n % 5];
    return { ...dot, y: dot.y * 1.09 ** steps };
  });
}
