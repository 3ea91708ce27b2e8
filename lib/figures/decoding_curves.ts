import * as Plot from "@observablehq/plot";
import type { FusionGain } from "../experiments/mod.ts";
import { heatMap } from "./heat_map.ts";
import { linePanels } from "./line_panels.ts";
import { colorScale, palette, readableOn } from "./palette.ts";
import { type Heading, panels } from "./panels.ts";
import { ramp } from "./ramp.ts";

/** The PER of shallow fusion over a grid of weights and bonuses. */
export interface FusionGrid {
  /** α, the columns */
  readonly weights: readonly number[];
  /** β, the rows */
  readonly bonuses: readonly number[];
  /** [β][α] label error rate */
  readonly per: readonly (readonly number[])[];
}

const errorScale = colorScale("#06302f", "#1f7a70", "#8fcabb", "#f4f1e8", "#e9b872", "#c2410c");

/**
 * The α/β sweep of shallow fusion as a heat map, the best cell framed.
 *
 * @example
 * ```ts
 * import { fusionMap } from "lib/figures/mod.ts";
 *
 * fusionMap({ weights: [0, 0.5], bonuses: [0, 1], per: [[0.2, 0.15], [0.25, 0.1]] });
 * ```
 */
export function fusionMap(grid: FusionGrid, options: Heading = {}): SVGSVGElement {
  const { weights, bonuses, per } = grid;
  const flat = per.flat();
  const least = Math.min(...flat), most = Math.min(Math.max(...flat), 3 * least + 1e-9);
  const at = flat.indexOf(least);
  const [row, col] = [Math.floor(at / weights.length), at % weights.length];
  const {
    title = `Shallow fusion is best at α = ${weights[col]}, β = ${bonuses[row]}`,
    subtitle =
      "PER by weight α of the language model and bonus β for every label. Left column: no " +
      "language model. Framed: the best. Colours end at three times the least PER.",
  } = options;
  const share = (value: number) => (value - least) / (most - least || 1);
  const [w, h] = [84, 34];
  const cells = per.flatMap((line, r) => line.map((value, c) => ({ r, c, value })));
  const content = heatMap({
    rows: bonuses.length,
    cols: weights.length,
    cell: [w, h],
    color: (r, c) => errorScale(share(per[r][c])),
    rowLabels: bonuses.map((bonus) => `${bonus}`),
    rowTitle: "bonus β, nats",
    margins: { top: 26, right: 24, bottom: 52, left: 110 },
    marks: [
      Plot.text(cells, {
        x: (d) => d.c + 0.5,
        y: (d) => d.r + 0.5,
        text: (d) => d.value.toFixed(3),
        fill: (d) => readableOn(errorScale(share(d.value))),
        fontSize: 12,
      }),
      Plot.rect([0], {
        x1: col,
        x2: col + 1,
        y1: row,
        y2: row + 1,
        inset: 3,
        stroke: palette.paper,
        strokeWidth: 2.5,
        fill: "none",
      }),
      Plot.axisX(weights.map((_, c) => c + 0.5), {
        label: "weight α",
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: 40,
        tickSize: 0,
        tickFormat: (x: number) => `${weights[Math.round(x - 0.5)]}`,
        color: palette.muted,
        fontSize: 11,
      }),
    ],
  });
  const width = Math.max(760, 110 + w * weights.length + 24);
  const key = ramp({
    color: errorScale,
    title: "PER",
    ticks: [[0, least.toFixed(2)], [1, most.toFixed(2)]],
  });
  return panels({
    title,
    subtitle,
    width,
    height: 26 + h * bonuses.length + 52 + 44,
    panels: [
      { x: 0, y: 0, content },
      { x: 110 + w * weights.length, y: 26 + h * bonuses.length + 52, content: key },
    ],
  });
}

/** What one width of the beam gives. */
export interface WidthPoint {
  readonly width: number;
  /** Seed by seed. */
  readonly per: readonly number[];
  /** Prefixes looked at for each sequence, mean. */
  readonly prefixes: number;
}

/** What widths are compared with, and how their figure is headed. */
export interface WidthCurvesOptions extends Heading {
  /** Of greedy decoding, mean over seeds; defaults to none. */
  greedy?: number;
}

/**
 * What the width of the beam buys and what it costs: PER above, prefixes looked at below.
 *
 * @example
 * ```ts
 * import { widthCurves } from "lib/figures/mod.ts";
 *
 * widthCurves([1, 2, 4].map((width) => ({ width, per: [0.2, 0.3], prefixes: 50 * width })));
 * ```
 */
export function widthCurves(
  points: readonly WidthPoint[],
  options: WidthCurvesOptions = {},
): SVGSVGElement {
  const {
    title = "What the width of the beam buys, and what it costs",
    subtitle = "Above: the phoneme error rate, thin lines single seeds. Below: how many prefixes " +
      "a sequence takes.",
    greedy,
  } = options;
  const widths = points.map(({ width }) => width);
  const top = Math.max(greedy ?? 0, ...points.flatMap(({ per }) => per));
  const highest = Math.ceil(top * 20) / 20;
  const tens = Math.ceil(Math.log10(Math.max(...points.map(({ prefixes }) => prefixes))));
  const lowest = Math.floor(Math.log10(Math.min(...points.map(({ prefixes }) => prefixes))));
  return linePanels({
    title,
    subtitle,
    x: {
      label: "beam width (log scale)",
      domain: [widths[0], widths[widths.length - 1]],
      scale: "log",
      ticks: widths,
    },
    panels: [{
      title: "Phoneme error rate (PER), errors per label",
      domain: [0, highest],
      ticks: Array.from({ length: 6 }, (_, n) => n * highest / 5),
      format: (per) => per.toFixed(2),
      series: [
        {
          name: "beam",
          color: palette.blstm,
          dots: true,
          points: points.map(({ width, per }) => [width, mean(per)] as const),
          around: points[0].per.map((_, n) =>
            points.map(({ width, per }) => [width, per[n]] as const)
          ),
        },
        ...(greedy === undefined ? [] : [{
          name: "greedy",
          color: palette.muted,
          dashed: true,
          points: [[widths[0], greedy], [widths[widths.length - 1], greedy]] as const,
        }]),
      ],
    }, {
      title: "Prefixes looked at, mean per sequence (log scale)",
      domain: [10 ** lowest, 10 ** tens],
      scale: "log",
      ticks: Array.from({ length: tens - lowest + 1 }, (_, n) => 10 ** (lowest + n)),
      series: [{
        name: "prefixes",
        color: "#1f7a70",
        dots: true,
        points: points.map(({ width, prefixes }) => [width, prefixes] as const),
      }],
    }],
  });
}

/** What a language model is worth to one network, from the most to know to the least. */
export interface FusionPanel {
  /** What the network was trained on. */
  readonly network: string;
  readonly gains: readonly Pick<FusionGain, "perplexity" | "alone" | "fused">[];
}

/**
 * What a language model is worth against what there is to know: the PER of the beam without and
 * with it by the model's perplexity, a panel per network, thin lines single seeds.
 *
 * @example
 * ```ts
 * import { fusionGains } from "lib/figures/mod.ts";
 *
 * const gain = (perplexity: number) => ({ perplexity: [perplexity], alone: [0.2], fused: [0.1] });
 * fusionGains([{ network: "A network", gains: [gain(2), gain(5)] }]);
 * ```
 */
export function fusionGains(
  networks: readonly FusionPanel[],
  options: Heading = {},
): SVGSVGElement {
  const {
    title = "What a language model is worth, against what there is to know",
    subtitle =
      "PER of the beam by the language model's perplexity: where that is low, there is much to " +
      "know. Thin lines are single seeds.",
  } = options;
  const all = networks.flatMap(({ gains }) => gains);
  const top = Math.ceil(20 * Math.max(...all.flatMap(({ alone, fused }) => [...alone, ...fused])));
  const most = Math.ceil(Math.max(...all.flatMap(({ perplexity }) => perplexity)));
  return linePanels({
    title,
    subtitle,
    x: {
      label: "perplexity of the language model",
      domain: [1, most],
      ticks: Array.from({ length: most }, (_, n) => n + 1),
    },
    right: 170,
    panels: networks.map(({ network, gains }) => ({
      title: `${network}: phoneme error rate (PER), errors per label`,
      domain: [0, top / 20],
      ticks: Array.from({ length: top + 1 }, (_, n) => n / 20),
      format: (per) => per.toFixed(2),
      series: [
        { name: "beam alone", color: palette.blstm, of: "alone" as const },
        { name: "with language model", color: "#c2410c", of: "fused" as const },
      ].map(({ name, color, of }) => ({
        name,
        color,
        dots: true,
        points: gains.map((gain) => [mean(gain.perplexity), mean(gain[of])] as const),
        around: gains[0].perplexity.map((_, n) =>
          gains.map((gain) => [gain.perplexity[n], gain[of][n]] as const)
        ),
      })),
    })),
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b) / values.length;
}
