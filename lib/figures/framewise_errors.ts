import * as Plot from "./libraries/plot.ts";
import { mean } from "../numeric/mod.ts";
import { label } from "./document.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";
import { plot } from "./plot.ts";

/** How one network does, at several seeds. */
export interface NetworkErrors {
  /** What the network is called. */
  readonly name: string;
  /** As #rrggbb. */
  readonly color: string;
  /** Shares of frames named wrongly, one per seed. */
  readonly errors: readonly number[];
}

const WIDTH = 900;
const ROW = 30;
const LEFT = 170;
const RIGHT = 96;
const BOTTOM = 52;

/** Shares at which there may be a tick, if there is room. */
const TICKS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1];
/** Pixels between ticks, at least. */
const APART = 32;

/**
 * The share of frames that each network names wrongly: a dot for every seed, a bar at the mean,
 * which is written to the right. The axis is that of square roots, so that small shares can be told
 * apart and 0 has a place; it ends with a tick.
 *
 * @example
 * ```ts
 * import { framewiseErrors } from "lib/figures/mod.ts";
 *
 * framewiseErrors([
 *   { name: "BLSTM", color: "#1f66b0", errors: [0.001, 0.002] },
 *   { name: "MLP, one frame", color: "#5f7a12", errors: [0.3, 0.35] },
 * ]);
 * ```
 */
export function framewiseErrors(
  networks: readonly NetworkErrors[],
  options: Heading = {},
): SVGSVGElement {
  const {
    title = "Share of frames named wrongly",
    subtitle = "A dot is one seed; the bar is their mean, in figures to the right.",
  } = options;
  const height = networks.length * ROW + BOTTOM + 12;
  const dots = networks.flatMap(({ color, errors }, row) =>
    errors.map((error) => ({ color, row, error }))
  );
  const means = networks.map(({ color, errors }, row) => ({ color, row, mean: mean(errors) }));
  const ticks = ticksTo(Math.max(...dots.map(({ error }) => error)));
  const centre = (row: number) => 12 + ROW * (row + 0.5);
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height,
    panels: [
      {
        x: 0,
        y: 0,
        content: plot({
          width: WIDTH,
          height,
          marginLeft: LEFT,
          marginRight: RIGHT,
          marginTop: 12,
          marginBottom: BOTTOM,
          x: { domain: [0, ticks.at(-1)!], type: "sqrt" },
          y: { domain: [0, networks.length], reverse: true, axis: null },
          marks: [
            Plot.gridX(ticks, { stroke: palette.grid, strokeOpacity: 1 }),
            Plot.axisX(ticks, {
              label: "frames named wrongly, % (square-root scale)",
              labelAnchor: "center",
              labelArrow: "none",
              labelOffset: 38,
              tickSize: 4,
              tickFormat: (share: number) => String(Number((100 * share).toPrecision(3))),
              color: palette.muted,
              fontSize: 11,
            }),
            Plot.ruleX(means, {
              x: "mean",
              y1: ({ row }) => row + 0.18,
              y2: ({ row }) => row + 0.82,
              stroke: "color",
              strokeWidth: 3,
            }),
            Plot.dot(dots, {
              x: "error",
              y: ({ row }) => row + 0.5,
              r: 4,
              fill: "color",
              fillOpacity: 0.55,
            }),
          ],
        }),
      },
      ...networks.map(({ name, color }, row) => ({
        x: LEFT - 14,
        y: centre(row),
        content: label(0, 0, name, {
          dy: "0.36em",
          "text-anchor": "end",
          "font-weight": 600,
          fill: color,
        }),
      })),
      ...means.map(({ mean, color }, row) => ({
        x: WIDTH - MARGIN,
        y: centre(row),
        content: label(0, 0, `${(100 * mean).toFixed(2)} %`, {
          dy: "0.36em",
          "text-anchor": "end",
          fill: color,
        }),
      })),
    ],
  });
}

/** Ticks from 0 to the first that is not below `most`, each with room for its text. */
function ticksTo(most: number): number[] {
  const end = TICKS.find((tick) => tick >= most) ?? 1;
  const place = (share: number) => (WIDTH - LEFT - RIGHT) * Math.sqrt(share / end);
  const ticks = [end];
  for (const tick of TICKS.filter((tick) => tick < end).reverse()) {
    const room = Math.min(place(ticks[0]) - place(tick), place(tick));
    if (room >= APART) ticks.unshift(tick);
  }
  return [0, ...ticks];
}
