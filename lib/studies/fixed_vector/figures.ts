import { linePanels, meanLine } from "../../figures/mod.ts";
import { decoders, lengths, type Results } from "./results.ts";
import { colors, titles } from "./titles.ts";

/** The study's figures, by the names of their files. */
export const figures = { "fixed-vector": errorCurves };

/** Error by length, with and without attention. */
function errorCurves(results: Results): SVGSVGElement {
  return linePanels({
    title: "What one vector holds runs out; attention looks again",
    subtitle:
      "Label error rate by the number of phones, all of them lengths that were trained on. Lines " +
      "are means of five seeds, thin ones single seeds.",
    x: { label: "phones of the sequence", domain: [1, 8], ticks: lengths },
    right: 205,
    height: 230,
    panels: [{
      title: "label error rate",
      domain: [0, 0.5],
      ticks: [0, 0.1, 0.2, 0.3, 0.4, 0.5],
      format: (rate) => rate.toFixed(1),
      series: decoders.map((name) => ({
        name: titles[name],
        color: colors[name],
        dots: true,
        ...meanLine(lengths, results[name]),
      })),
    }],
  });
}
