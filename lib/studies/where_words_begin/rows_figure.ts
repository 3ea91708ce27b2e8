import { palette, panels, Plot, plot, type PlotOptions } from "../../figures/mod.ts";
import { median } from "../../numeric/mod.ts";
import { table2, table9 } from "./published.ts";
import type { Results } from "./results.ts";
import { hmmRows } from "./sweep.ts";

const WIDTH = 900;
const LEFT = 130;
const HEIGHT = 250;
const KEY = 24;

/** Ratios of one source: [rows][seeds], and how they are drawn. */
interface Source {
  readonly name: string;
  readonly color: string;
  readonly symbol: "circle" | "square";
  readonly ratios: readonly (readonly number[])[];
}

/** The error of every HMM over that of CTC: in the paper, on both corpora, and here. */
export function rowsFigure({ known, unseen }: Pick<Results, "known" | "unseen">): SVGSVGElement {
  const paper = { color: palette.ink, symbol: "square" } as const;
  const sources: Source[] = [
    { name: "Switchboard, paper", ...paper, ratios: publishedRatios(table2) },
    { name: "LibriSpeech, paper", ...paper, color: "#9a7b4f", ratios: publishedRatios(table9) },
    { name: "unseen voice, ours", color: palette.muted, symbol: "circle", ratios: ratios(unseen) },
    { name: "known voices, ours", color: palette.blstm, symbol: "circle", ratios: ratios(known) },
  ];
  return panels({
    title: "On Switchboard a prior in training makes boundaries worse; on our voices, better",
    subtitle:
      "Large marks are medians, small ones single seeds. α is the scale of the posterior, " +
      "β that of the prior in training, γ that of transitions; on LibriSpeech, β is 0.1 where it " +
      "is not 0. Small marks far right are trainings that lost their words.",
    width: WIDTH,
    height: KEY + HEIGHT,
    panels: [
      { x: 0, y: KEY, content: dotsOf(sources) },
      { x: 0, y: 0, content: plot(key(sources)) },
    ],
  });
}

function dotsOf(sources: readonly Source[]): SVGSVGElement {
  const dots = sources.flatMap(({ color, symbol, ratios }, n) =>
    ratios.flatMap((values, row) => {
      const y = row + 0.5 + 0.18 * (n - 1.5);
      const seeds = values.length > 1 ? values : [];
      return [
        ...seeds.map((x) => ({ x, y, color, symbol, r: 2.5, opacity: 0.4 })),
        { x: median(values), y, color, symbol, r: 5, opacity: 1 },
      ];
    })
  );
  const most = Math.max(...dots.map(({ x }) => x)), least = Math.min(...dots.map(({ x }) => x));
  const domain = [Math.min(0.65, 0.9 * least), Math.max(7, 1.1 * most)];
  return plot({
    width: WIDTH,
    height: HEIGHT,
    marginLeft: LEFT,
    marginRight: 24,
    marginTop: 26,
    marginBottom: 44,
    x: { type: "log", domain },
    y: { domain: [0, hmmRows.length], reverse: true, axis: null },
    color: { type: "identity" },
    symbol: { type: "identity" },
    marks: [
      Plot.ruleY(hmmRows.slice(1).map((_, n) => n + 1), { stroke: palette.grid }),
      Plot.ruleX([1], { stroke: palette.ink, strokeDasharray: "3,3" }),
      Plot.dot(dots, {
        x: "x",
        y: "y",
        r: "r",
        symbol: "symbol",
        fill: "color",
        fillOpacity: "opacity",
      }),
      Plot.text(hmmRows.map((text, row) => ({ text, row: row + 0.5 })), {
        x: domain[0],
        y: "row",
        text: "text",
        dx: -8,
        textAnchor: "end",
        fontSize: 12,
      }),
      Plot.text(["HMM (α, β, γ)"], {
        frameAnchor: "top-left",
        dx: -8,
        dy: -8,
        textAnchor: "end",
        lineAnchor: "bottom",
        fill: palette.muted,
        fontSize: 11,
      }),
      Plot.axisX([0.7, 1, 1.5, 2, 3, 4, 6, 10, 20].filter((x) => x < domain[1]), {
        label: "TSE of words over that of CTC",
        labelAnchor: "center",
        labelArrow: "none",
        text: (x: number) => `${x}×`,
        color: palette.muted,
        fontSize: 11,
      }),
    ],
  });
}

function key(sources: readonly Source[]): PlotOptions {
  const entries = sources.map((source, n) => ({ ...source, x: n * 180 }));
  return {
    width: WIDTH,
    height: KEY,
    marginLeft: LEFT + 8,
    marginRight: 24,
    marginTop: 0,
    marginBottom: 0,
    x: { domain: [0, WIDTH - LEFT - 32], axis: null },
    y: { domain: [0, 1], axis: null },
    color: { type: "identity" },
    symbol: { type: "identity" },
    marks: [
      Plot.dot(entries, { x: "x", y: 0.5, symbol: "symbol", fill: "color", r: 5 }),
      Plot.text(entries, {
        x: "x",
        y: 0.5,
        text: "name",
        fill: "color",
        dx: 10,
        textAnchor: "start",
        fontWeight: 600,
        fontSize: 12,
      }),
    ],
  };
}

/** [rows][1] */
function publishedRatios(table: typeof table2): number[][] {
  return hmmRows.map((row) => [table[row].tse / table.CTC.tse]);
}

/** [rows][seeds] */
function ratios({ ctc, hmm }: Results["known"]): number[][] {
  return hmmRows.map((row) => hmm[row].timed.tse.map((tse, seed) => tse / ctc[4].timed.tse[seed]));
}
