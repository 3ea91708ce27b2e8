import * as Plot from "@observablehq/plot";
import { label } from "./document.ts";
import { type modelNames, palette } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";
import { plot } from "./plot.ts";

/** How one network does, at several seeds. */
export interface NetworkErrors {
  readonly name: string;
  readonly kind: keyof typeof modelNames;
  /** Shares of frames named wrongly, one per seed. */
  readonly errors: readonly number[];
}

const WIDTH = 900;
const ROW = 30;
const LEFT = 170;
const RIGHT = 96;
const BOTTOM = 52;

/**
 * The share of frames that each network names wrongly: a dot for every seed, a bar at the mean,
 * which is written to the right. The axis is that of square roots, so that small shares can be told
 * apart and 0 has a place.
 *
 * @example
 * ```ts
 * import { framewiseErrors } from "lib/figures/mod.ts";
 *
 * framewiseErrors([
 *   { name: "BLSTM", kind: "blstm", errors: [0.001, 0.002] },
 *   { name: "MLP, one frame", kind: "mlp", errors: [0.3, 0.35] },
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
  const dots = networks.flatMap(({ kind, errors }, row) =>
    errors.map((error) => ({ kind, row, error }))
  );
  const means = networks.map(({ kind, errors }, row) => ({
    kind,
    row,
    mean: errors.reduce((sum, error) => sum + error, 0) / errors.length,
  }));
  const most = Math.max(...dots.map(({ error }) => error));
  const ticks = [0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8]
    .filter((tick) => tick <= most * 1.05);
  const color = ({ kind }: { kind: NetworkErrors["kind"] }) => palette[kind];
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
          x: { domain: [0, most * 1.05], type: "sqrt" },
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
              stroke: color,
              strokeWidth: 3,
            }),
            Plot.dot(dots, {
              x: "error",
              y: ({ row }) => row + 0.5,
              r: 4,
              fill: color,
              fillOpacity: 0.55,
            }),
          ],
        }),
      },
      ...networks.map(({ name, kind }, row) => ({
        x: LEFT - 14,
        y: centre(row),
        content: label(0, 0, name, {
          dy: "0.36em",
          "text-anchor": "end",
          "font-weight": 600,
          fill: palette[kind],
        }),
      })),
      ...means.map(({ mean, kind }, row) => ({
        x: WIDTH - MARGIN,
        y: centre(row),
        content: label(0, 0, `${(100 * mean).toFixed(2)} %`, {
          dy: "0.36em",
          "text-anchor": "end",
          fill: palette[kind],
        }),
      })),
    ],
  });
}
