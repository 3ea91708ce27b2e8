import { palette, panels, Plot, plot } from "../../figures/mod.ts";
import { median } from "../../numeric/mod.ts";
import { table2, table9 } from "./published.ts";
import type { Results } from "./results.ts";
import { hmmRows } from "./sweep.ts";

const WIDTH = 900;
const LEFT = 130;
const HEIGHT = 250;

/** The error of every HMM over that of CTC: in the paper, on both corpora, and here. */
export function rowsFigure({ known, unseen }: Pick<Results, "known" | "unseen">): SVGSVGElement {
  const sources = {
    "Switchboard (paper)": { color: palette.lstm, ratios: publishedRatios(table2) },
    "LibriSpeech (paper)": { color: palette.brnn, ratios: publishedRatios(table9) },
    "unseen voice (ours)": { color: palette.muted, ratios: ratios(unseen) },
    "known voices (ours)": { color: palette.blstm, ratios: ratios(known) },
  };
  const names = Object.keys(sources);
  const place = (row: number, source: number) => row + 0.5 + 0.17 * (source - 1.5);
  const dots = Object.values(sources).flatMap(({ color, ratios }, source) =>
    ratios.flatMap((values, row) => {
      const y = place(row, source);
      return [
        ...values.map((x) => ({ x, y, color, r: 2.5, opacity: values.length > 1 ? 0.4 : 0 })),
        { x: median(values), y, color, r: 5, opacity: 1 },
      ];
    })
  );
  const content = plot({
    width: WIDTH,
    height: HEIGHT,
    marginLeft: LEFT,
    marginRight: 24,
    marginTop: 26,
    marginBottom: 44,
    x: { type: "log", domain: [0.65, 7] },
    y: { domain: [0, hmmRows.length], reverse: true, axis: null },
    color: { type: "identity" },
    marks: [
      Plot.ruleY(hmmRows.slice(1).map((_, n) => n + 1), { stroke: palette.grid }),
      Plot.ruleX([1], { stroke: palette.ink, strokeDasharray: "3,3" }),
      Plot.dot(dots, {
        x: "x",
        y: "y",
        r: "r",
        fill: "color",
        fillOpacity: "opacity",
      }),
      Plot.text(hmmRows.map((text, row) => ({ text, row: row + 0.5 })), {
        x: 0.65,
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
      Plot.text(names.map((text, n) => ({ text, n })), {
        x: 3.9,
        y: ({ n }) => place(0, 0) - 0.3 + 0.26 * n,
        text: "text",
        fill: ({ text }) => sources[text as keyof typeof sources].color,
        textAnchor: "start",
        fontWeight: 600,
        fontSize: 12,
      }),
      Plot.axisX([0.7, 1, 1.5, 2, 3, 4, 6], {
        label: "TSE of words over that of CTC",
        labelAnchor: "center",
        labelArrow: "none",
        text: (x: number) => `${x}×`,
        color: palette.muted,
        fontSize: 11,
      }),
    ],
  });
  return panels({
    title: "A prior makes the paper's boundaries far worse than CTC's; ours it makes better",
    subtitle:
      "Large dots are medians, small ones single seeds. α is the scale of the posterior, β " +
      "that of the prior in training, γ that of transitions; on LibriSpeech, β is 0.1 where it is " +
      "not 0.",
    width: WIDTH,
    height: HEIGHT,
    panels: [{ x: 0, y: 0, content }],
  });
}

/** [rows][1] */
function publishedRatios(table: typeof table2): number[][] {
  return hmmRows.map((row) => [table[row].tse / table.CTC.tse]);
}

/** [rows][seeds] */
function ratios({ ctc, hmm }: Results["known"]): number[][] {
  return hmmRows.map((row) => hmm[row].timed.tse.map((tse, seed) => tse / ctc[4].timed.tse[seed]));
}
