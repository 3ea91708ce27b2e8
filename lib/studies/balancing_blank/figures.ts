import { type LinePanel, linePanels, type LineSeries, palette } from "../../figures/mod.ts";
import { median } from "../../numeric/mod.ts";
import type { Results } from "./results.ts";
import { ITERS, type Method } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = { "balance-curves": balanceCurves };

/** How fast each method learns; in bold the median over seeds. */
function balanceCurves({ curves }: Pick<Results, "curves">): SVGSVGElement {
  const series = (
    name: string,
    method: Method,
    { color, seeds = true }: { color: string; seeds?: boolean },
  ): LineSeries => {
    const around = curves[method];
    const points = around[0].map(([iter], n) =>
      [iter, median(around.map((curve) => curve[n][1]))] as const
    );
    return { name, color, points, ...seeds && { around } };
  };
  const panel = (title: string, ...series: LineSeries[]): LinePanel => ({
    title,
    series,
    domain: [-0.02, 1.1],
    ticks: [0, 0.5, 1],
  });
  const grey = { color: palette.blank }, blue = { color: palette.blstm };
  return linePanels({
    title: "What makes CTC learn fast here is where blank starts, not how it is balanced",
    subtitle: "Label error rate on fresh sequences. Bold: the median over seeds, which are thin.",
    x: { label: "step", domain: [0, ITERS], ticks: [0, 100, 200, 300, 400, 500, 600] },
    panels: [
      panel(
        "Normalised gradients (medians alone)",
        series("baseline", "baseline", { ...grey, seeds: false }),
        series("batch", "normalised, batch", { color: palette.lstm, seeds: false }),
        series("batch, from 0.1", "normalised, batch, from 0.1", {
          color: palette.rnn,
          seeds: false,
        }),
        series("sequence", "normalised, sequence", { color: palette.mlp, seeds: false }),
      ),
      panel(
        "A blank of its own, as it comes",
        series("baseline", "baseline", grey),
        series("separated", "separated blank", blue),
      ),
      panel(
        "Both start with blank at 1/2",
        series("softmax", "blank from 1/2", grey),
        series("separated", "separated blank", blue),
      ),
      panel(
        "Both start with blank at 1/11",
        series("softmax", "baseline", grey),
        series("separated", "separated, blank from 1/11", blue),
      ),
    ],
    height: 110,
  });
}
