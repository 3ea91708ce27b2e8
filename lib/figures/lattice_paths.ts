import * as Plot from "./libraries/plot.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";
import { axisX, plot } from "./plot.ts";

/** How to draw paths through a lattice. */
export interface LatticePathsOptions extends Heading {
  /** [S] what each state emits, such as ε, c, ε, a, ε */
  readonly labels: readonly string[];
}

const LEFT = 64;
const COLUMN = 84;
const ROW = 46;

/**
 * All paths of a tiny example as lines through its lattice, and beside them what each emits.
 *
 * @param paths Per path the state of every frame; all of one length.
 *
 * @example
 * ```ts
 * import { latticePaths } from "lib/figures/mod.ts";
 *
 * latticePaths([[0, 1], [1, 2], [1, 1]], { labels: ["ε", "a", "ε"] });
 * ```
 */
export function latticePaths(
  paths: readonly (readonly number[])[],
  options: LatticePathsOptions,
): SVGSVGElement {
  const { labels } = options;
  const T = paths[0].length, S = labels.length;
  const {
    title = `${paths.length} paths through ${T} frames mean the same labels`,
    subtitle =
      "Each line is one path; merge repeats, then drop blanks (ε), and the target is left.",
  } = options;
  // Paths are set off from each other by a little, so that each can be followed.
  const offset = (n: number) => paths.length < 2 ? 0 : 0.36 * (n / (paths.length - 1) - 0.5);
  const points = paths.flatMap((path, n) =>
    path.map((s, t) => ({ n, t, y: s + offset(n), state: s }))
  );
  const nodes = [
    ...new Map(points.map(({ t, state }) => [`${t} ${state}`, { t, state }])).values(),
  ];
  const height = ROW * S + 64;
  const columns = Math.ceil(paths.length * 18 / (height - 60));
  const perColumn = Math.ceil(paths.length / columns);
  const written = paths.map((path, n) => ({
    text: path.map((s) => labels[s]).join(" "),
    x: T - 0.1 + Math.floor(n / perColumn) * (0.17 * T + 0.35),
    y: -0.5 + (n % perColumn + 0.5) * 18 / ROW,
  }));
  const right = columns * (14 * T + 34);
  const width = LEFT + COLUMN * T + right;
  return panels({
    title,
    subtitle,
    width: Math.max(520, width + MARGIN),
    height,
    panels: [{
      x: 0,
      y: 0,
      content: plot({
        width: LEFT + COLUMN * T,
        height,
        marginLeft: LEFT,
        marginRight: 0,
        marginTop: 12,
        marginBottom: 48,
        x: { domain: [-0.5, T - 0.5], axis: null },
        y: { domain: [-0.5, S - 0.5], reverse: true, axis: null },
        marks: [
          axisX("frame", {
            ticks: Array.from({ length: T }, (_, t) => t),
            tickFormat: "d",
            labelOffset: 34,
            fontSize: 11,
          }),
          Plot.line(points, {
            x: "t",
            y: "y",
            z: "n",
            stroke: palette.blstm,
            strokeOpacity: 0.55,
            strokeWidth: 1.5,
          }),
          Plot.dot(nodes, {
            x: "t",
            y: "state",
            r: 13,
            fill: palette.paper,
            stroke: ({ state }) => labels[state] === "ε" ? palette.blank : palette.ink,
          }),
          Plot.text(nodes, {
            x: "t",
            y: "state",
            text: ({ state }) => labels[state],
            fill: ({ state }) => labels[state] === "ε" ? palette.blank : palette.ink,
            fontSize: 13,
          }),
          Plot.text(labels.map((text, s) => ({ text, s })), {
            x: -0.5,
            y: "s",
            dx: -10,
            text: "text",
            textAnchor: "end",
            fill: palette.muted,
            fontSize: 12,
          }),
          Plot.text(written, {
            x: "x",
            y: "y",
            text: "text",
            textAnchor: "start",
            fill: palette.muted,
            fontSize: 12,
            clip: false,
          }),
        ],
      }),
    }],
  });
}
