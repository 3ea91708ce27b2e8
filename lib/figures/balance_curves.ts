import {
  blankBalanceExperiment,
  type BlankBalanceMethod,
  byMethod,
  learningCurve,
  type Run,
} from "../experiments/mod.ts";
import { type LinePanel, linePanels, type LineSeries } from "./line_panels.ts";
import { median } from "./median.ts";
import { palette } from "./palette.ts";
import type { Heading } from "./panels.ts";

/**
 * The sweep `blank-balance`: how fast each method learns, in bold the median over seeds.
 *
 * @param runs Of the sweep, all seeds of each method.
 */
export function balanceCurves(runs: readonly Run[], options: Heading = {}): SVGSVGElement {
  const {
    title = "What makes CTC learn fast here is where blank starts, not how it is balanced",
    subtitle = "Label error rate on fresh sequences. Bold: the median over seeds, which are thin.",
  } = options;
  const curves = new Map(
    byMethod(runs).map(({ method, runs }) => [method, runs.map(learningCurve)]),
  );
  const series = (
    name: string,
    method: BlankBalanceMethod,
    { color, dashed, seeds = true }: { color: string; dashed?: boolean; seeds?: boolean },
  ): LineSeries => {
    const around = curves.get(method) ?? [];
    const points = (around[0] ?? []).map(([iter], n) =>
      [iter, median(around.map((curve) => curve[n][1]))] as const
    );
    return { name, color, dashed, points, ...seeds && { around } };
  };
  const panel = (title: string, ...series: LineSeries[]): LinePanel => ({
    title,
    series,
    domain: [-0.02, 1.1],
    ticks: [0, 0.5, 1],
  });
  const { iters } = blankBalanceExperiment("baseline", 0);
  const grey = { color: palette.blank }, blue = { color: palette.blstm };
  return linePanels({
    title,
    subtitle,
    x: { label: "step", domain: [0, iters], ticks: [0, 100, 200, 300, 400, 500, 600] },
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
