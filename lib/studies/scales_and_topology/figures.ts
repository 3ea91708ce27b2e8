import { type LinePanel, linePanels, type LineSeries, palette } from "../../figures/mod.ts";
import { mean } from "../../numeric/mod.ts";
import { compareTable, comparisonFigure, type Metric } from "../synthetic_tables/mod.ts";
import { longFigures, type Results } from "./results.ts";
import { LONG, type LongCriterion, longNames } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "table-11": scalesFigure,
  "table-12": topologiesFigure,
  "noisy-words": longCurves,
};

function scalesFigure({ scales }: Pick<Results, "scales">): SVGSVGElement {
  return comparisonFigure(11, compareTable("table-11", scales), {
    title: "In noise, α = 0.5 beats α = 1 whatever β and γ are, but errs more than the paper's",
    color: palette.blstm,
  });
}

function topologiesFigure({ topologies }: Pick<Results, "topologies">): SVGSVGElement {
  return comparisonFigure(12, compareTable("table-12", topologies), {
    title: "At (1, 0, 0) CTC errs less than the HMM: by a third with 20 cells, a tenth with 100",
    color: palette.blstm,
  });
}

const colors: Readonly<Record<LongCriterion, string>> = {
  "true labels": palette.ffnn,
  "(0.5, 0.3, 0.2)": palette.blstm,
  "(1, 0, 0)": palette.lstm,
};

/** What the network of Table 11 makes of each criterion in 2000 steps, above the floor. */
function longCurves(
  { long, floor }: Pick<Results, "long"> & {
    floor: Pick<Results["floor"], "per" | "frameCe" | "tse">;
  },
): SVGSVGElement {
  const series = (name: LongCriterion, metric: Metric): LineSeries => ({
    name,
    color: colors[name],
    around: long[name].map((course) => course.map((at) => [at.iter, at[metric]] as const)),
    points: long[name][0].map(({ iter }) =>
      [iter, mean(longFigures({ long }, name, metric, iter))] as const
    ),
  });
  const panel = (
    title: string,
    metric: "per" | "frameCe" | "tse",
    [top, ...ticks]: readonly number[],
  ): LinePanel => ({
    title,
    domain: [0, top],
    ticks: [0, ...ticks, top],
    series: [...longNames.map((name) => series(name, metric)), {
      name: "exact",
      color: palette.muted,
      dashed: true,
      points: [[0, floor[metric]], [LONG, floor[metric]]],
    }],
  });
  return linePanels({
    title:
      "True labels do not lower the label errors, but make the network surer where letters are",
    subtitle:
      "The network of Table 11, 2000 steps. A thin line is one seed, a bold one the mean; " +
      "the broken line is the exact posterior.",
    x: { label: "step", domain: [0, LONG], ticks: [0, 500, 1000, 1500, 2000] },
    panels: [
      panel("Label error rate, %", "per", [80, 20, 40, 60]),
      panel("Framewise cross entropy, nats", "frameCe", [10, 2, 4, 6, 8]),
      panel("Time stamp error of words, frames", "tse", [5, 1, 2, 3, 4]),
    ],
    height: 130,
  });
}
