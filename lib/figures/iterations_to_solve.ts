import * as Plot from "@observablehq/plot";
import { element, label } from "./document.ts";
import { modelNames, palette } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";
import { axisY, plot } from "./plot.ts";

/** When one training solved its task. */
export interface SolvedRun {
  readonly kind: keyof typeof modelNames;
  /** Undefined where it never did. */
  readonly iterations?: number;
}

/** Trainings at one place on the axis. */
export interface SolvedGroup {
  /** What stands below the axis; lines are broken at "\n". */
  readonly name: string;
  /** A figure of the group, such as a ratio, below its name; defaults to nothing. */
  readonly note?: string;
  /** Whether it is another kind of thing, which no line joins to the others; defaults to false. */
  readonly apart?: boolean;
  readonly runs: readonly SolvedRun[];
}

/** Groups side by side, along which one thing grows. */
export interface SolvedPanel {
  readonly name: string;
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

/** One training as a dot. */
interface Dot {
  readonly line: string;
  readonly kind: SolvedRun["kind"];
  readonly x: number;
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
 * const runs = [{ kind: "blstm", iterations: 300 }, { kind: "lstm" }] as const;
 * iterationsToSolveDots([{ name: "phonemes", groups: [{ name: "6", runs }] }], { cap: 2000 });
 * ```
 */
export function iterationsToSolveDots(
  sections: readonly SolvedPanel[],
  options: IterationsToSolveOptions,
): SVGSVGElement {
  const {
    cap,
    title = "Iterations until the phoneme error rate is at most 0.05",
    subtitle = "A dot is one training; lines join medians.",
    noteName = "",
  } = options;
  const groups = sections.flatMap(({ groups }) => groups);
  const unit = (WIDTH - LEFT - MARGIN - GAP * (sections.length - 1)) / groups.length;
  const placed = sections.map((panel, p) => {
    const before = sections.slice(0, p).flatMap(({ groups }) => groups).length;
    return { ...panel, left: LEFT + before * unit + p * GAP, width: panel.groups.length * unit };
  });
  const kinds = [...new Set(groups.flatMap(({ runs }) => runs.map(({ kind }) => kind)))];
  const shift = (kind: SolvedRun["kind"]) => (kinds.indexOf(kind) - (kinds.length - 1) / 2) * 18;
  const centre = (panel: typeof placed[number], g: number) => panel.left + (g + 0.5) * unit;
  const never = cap * NEVER;
  const dots = placed.flatMap((panel) =>
    panel.groups.flatMap(({ runs, apart }, g) =>
      runs.map(({ kind, iterations }): Dot => ({
        line: `${panel.name} ${kind}${apart ? ` ${g}` : ""}`,
        kind,
        x: centre(panel, g) + shift(kind),
        y: iterations ?? never,
        solved: iterations !== undefined,
      }))
    )
  );
  const middles = [...Map.groupBy(dots, ({ line, x }) => `${line} ${x}`).values()].map(median);
  const least = Math.min(...dots.map(({ y }) => y));
  const low = least > 110 ? 100 : least > 55 ? 50 : 10;
  const givenUp = dots.every(({ solved }) => solved) ? [] : [never];
  const ticks = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000].filter((n) => n >= low && n <= cap);
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: HEIGHT + 62,
    panels: [
      ...(kinds.length > 1 ? [{ x: WIDTH - MARGIN, y: 12, content: key(kinds) }] : []),
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
              tickFormat: (n: number) => n === never ? "never" : String(n),
            }),
            Plot.line(middles.filter(({ solved }) => solved), {
              x: "x",
              y: "y",
              z: "line",
              stroke: ({ kind }) => palette[kind as SolvedRun["kind"]],
              strokeWidth: 2,
              strokeOpacity: 0.6,
            }),
            Plot.dot(dots.filter(({ solved }) => solved), {
              x: "x",
              y: "y",
              r: 3.5,
              fill: ({ kind }) => palette[kind as SolvedRun["kind"]],
              fillOpacity: 0.75,
            }),
            Plot.dot(crowded(dots.filter(({ solved }) => !solved)), {
              x: "x",
              y: "y",
              symbol: "times",
              r: 3.5,
              stroke: ({ kind }) => palette[kind as SolvedRun["kind"]],
              strokeWidth: 1.6,
            }),
          ],
        }),
      },
      { x: MARGIN, y: TOP - 10, content: label(0, 0, "iterations (log)", faint) },
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
function key(kinds: readonly SolvedRun["kind"][]): SVGElement {
  let x = 0;
  return element(
    "g",
    {},
    ...[...kinds].reverse().flatMap((kind) => {
      const name = modelNames[kind];
      const end = x;
      const start = end - 9.4 * name.length - 7;
      x = start - 22;
      return [
        label(end, 4, name, { "text-anchor": "end", "font-weight": 600, fill: palette[kind] }),
        element("circle", { cx: start, cy: 0, r: 3.5, fill: palette[kind] }),
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

/** The median of dots at one place; where it is one that never solved, it is no point of the line. */
function median(dots: readonly Dot[]): Dot {
  const sorted = [...dots].sort((a, b) => a.y - b.y);
  const half = (sorted.length - 1) / 2;
  const [below, above] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]];
  return { ...above, y: (below.y + above.y) / 2 };
}
