import {
  type EvaluationRow,
  longCriteria,
  type LongCriterion,
  longExperiment,
  type Run,
} from "../experiments/mod.ts";
import { linePanels, type LineSeries } from "./line_panels.ts";
import { palette } from "./palette.ts";
import type { Heading } from "./panels.ts";

/** What the exact posterior of the corpus reaches, which no model can be better than. */
export interface Floor {
  /** Label error rate, %. */
  readonly ler: number;
  /** Framewise cross entropy, nats. */
  readonly frameCe: number;
  /** Time stamp error of words, frames. */
  readonly tse: number;
}

const colors: Readonly<Record<LongCriterion, string>> = {
  "true labels": palette.ffnn,
  "(0.5, 0.3, 0.2)": palette.blstm,
  "(1, 0, 0)": palette.lstm,
};

/**
 * The network of Table 11 trained for long: what each criterion makes of it, above the floor.
 *
 * @param runs Of the sweep `noisy-words`.
 */
export function limitCurves(
  runs: readonly Run[],
  floor: Floor,
  options: Heading = {},
): SVGSVGElement {
  const {
    title = "Training with true labels errs as often, but it is surer where letters are",
    subtitle =
      "The network of Table 11, 2000 steps. A thin line is one seed, a bold one the mean; " +
      "the broken line is the exact posterior.",
  } = options;
  const { iters } = longExperiment("true labels", 0);
  const panel = (
    title: string,
    [top, ...ticks]: readonly number[],
    least: number,
    read: (row: EvaluationRow) => number,
  ) => ({
    title,
    domain: [0, top] as const,
    ticks: [0, ...ticks, top],
    series: [
      ...(Object.keys(longCriteria) as LongCriterion[]).map((name): LineSeries => {
        const around = runs
          .filter(({ experiment }) =>
            experiment.name === longExperiment(name, experiment.seed).name
          )
          .map(({ rows }) => rows.slice(1).map((row) => [row.iter, read(row)] as const));
        const points = (around[0] ?? []).map(([iter], n) =>
          [iter, around.reduce((sum, line) => sum + line[n][1], 0) / around.length] as const
        );
        return { name, color: colors[name], around, points };
      }),
      {
        name: "exact",
        color: palette.muted,
        dashed: true,
        points: [[0, least], [iters, least]],
      } satisfies LineSeries,
    ],
  });
  return linePanels({
    title,
    subtitle,
    x: { label: "step", domain: [0, iters], ticks: [0, 500, 1000, 1500, 2000] },
    panels: [
      panel("Label error rate, %", [60, 20, 40], floor.ler, ({ per }) => 100 * per),
      panel(
        "Framewise cross entropy, nats",
        [6, 2, 4],
        floor.frameCe,
        ({ alignment }) => alignment!.frameCe,
      ),
      panel(
        "Time stamp error of words, frames",
        [4, 1, 2, 3],
        floor.tse,
        ({ alignment }) => alignment!.tse ?? NaN,
      ),
    ],
    height: 130,
  });
}
