import { linePanels, meanLine } from "../../figures/mod.ts";
import type { Results } from "./results.ts";
import { ITERS } from "./sweep.ts";
import { colors, titles } from "./titles.ts";

/** The study's figures, by the names of their files. */
export const figures = { conformer: curves };

/** Error against time, counted in steps of the Conformer. */
function curves(results: Results): SVGSVGElement {
  return linePanels({
    title: "In the same time a Conformer comes to err less than a BLSTM",
    subtitle:
      "Label error rate on 64 fresh sequences by time, counted in steps of the Conformer; a BLSTM " +
      "is given two for each. Lines are means of five seeds, thin ones single seeds.",
    x: {
      label: "time, in steps of the Conformer",
      domain: [0, ITERS],
      ticks: [0, 200, 400, 600, 800],
    },
    right: 170,
    height: 230,
    panels: [{
      title: "label error rate",
      domain: [0, 1],
      ticks: [0, 0.25, 0.5, 0.75, 1],
      format: (rate) => rate.toFixed(2),
      series: (["conformer", "blstm, equal time"] as const).map((name) => {
        const { curves } = results[name];
        return {
          name: titles[name].split(",")[0],
          color: colors[name],
          ...meanLine(
            curves[0].map(({ time }) => time),
            curves[0].map((_, i) => curves.map((points) => points[i].error)),
          ),
        };
      }),
    }],
  });
}
