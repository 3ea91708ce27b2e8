import { dotRows, linePanels, meanLine, palette } from "../../figures/mod.ts";
import type { Results } from "./results.ts";
import { EVERY, ITERS } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = { "exposure-bias": afterMistakes, "exposure-bias-learning": curves };

/** What a reader calls the shares, in their order, and their colours. */
export const titles = ["teacher forcing", "a quarter sampled", "all sampled"] as const;
const colors = [palette.lstm, palette.mlp, palette.blstm];

/** Error after a truth and after a mistake, by share. */
function afterMistakes(results: Results): SVGSVGElement {
  const rows = results.flatMap(({ afterTruth, afterMistake }, n) => [
    { name: `${titles[n]}: after the truth`, color: colors[n], values: afterTruth },
    { name: "… after a mistake", color: colors[n], values: afterMistake },
  ]);
  return dotRows(rows, {
    title: "A mistake costs a model that never saw one; sampling teaches it to go on",
    subtitle:
      "Label error rate of what a model says by itself, after two labels that it was made to say: " +
      "both true, or the second of them wrong. A dot is one seed, the bar their mean.",
    x: {
      label: "label error rate of the rest",
      domain: [0, 0.25],
      ticks: [0, 0.05, 0.1, 0.15, 0.2, 0.25],
    },
    format: (rate) => rate.toFixed(2),
    left: 270,
  });
}

/** How soon each learns. */
function curves(results: Results): SVGSVGElement {
  return linePanels({
    title: "Teacher forcing is a little ahead at first, and not in the end",
    subtitle:
      "Label error rate on 64 fresh sequences, with nothing forced. Lines are means of five seeds, " +
      "thin ones single seeds.",
    x: { label: "iteration", domain: [0, ITERS], ticks: [0, 300, 600, 900, 1200, 1500] },
    right: 170,
    height: 220,
    panels: [{
      title: "label error rate",
      domain: [0, 1],
      ticks: [0, 0.25, 0.5, 0.75, 1],
      format: (rate) => rate.toFixed(2),
      series: results.map(({ curves }, n) => {
        const onGrid = curves.map((rows) => rows.filter(({ iter }) => iter % EVERY === 0));
        return {
          name: titles[n],
          color: colors[n],
          ...meanLine(
            onGrid[0].map(({ iter }) => iter),
            onGrid[0].map((_, i) => onGrid.map((rows) => rows[i].per)),
          ),
        };
      }),
    }],
  });
}
