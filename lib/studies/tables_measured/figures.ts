import { type LinePanel, linePanels, palette, paperComparison } from "../../figures/mod.ts";
import { mean } from "../../numeric/mod.ts";
import { definitions, nameOf } from "./comparison.ts";
import { at, type Figures, type Results, stepsOf } from "./results.ts";
import { chosenBy, EVERY, READ_AT, rows, STEPS } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = { "tables-measured": comparison, "tables-measured-courses": curves };

/** The rows with networks of 20 cells beside the paper's, by the definitions that decide. */
function comparison({ courses }: Pick<Results, "courses">): SVGSVGElement {
  const shown = ["per", "frameCe", "ownCe", "blank", "tse"] as const;
  return paperComparison(
    chosenBy.map((row) => ({
      columns: { row: nameOf(row) },
      theirs: Object.fromEntries(
        shown.map((figure) => [figure, rows[row].theirs[definitions[figure].theirs]]),
      ),
      values: Object.fromEntries(
        shown.map((figure) => [figure, at(courses[row], figure, READ_AT)]),
      ),
      truth: { blank: rows[row].silence },
    })),
    {
      title:
        "With noise drawn once a sequence label errors come near the paper's; its CE is two things",
      subtitle: `Tables 1 and 12, after ${READ_AT} steps. Means and standard deviations, the ` +
        "paper's above, ours below; faint marks are our single runs.",
      color: palette.blstm,
      measures: {
        per: "LER [%]",
        frameCe: "CE, reference [nats]",
        ownCe: "CE, own [nats]",
        blank: "E p(ε) [%]",
        tse: "TSE [frames]",
      },
      truth: "true share of silence, 21 %",
    },
  );
}

const drawn = { "a1-b0-g0": palette.lstm, "ctc-20": palette.brnn, "a0.5-b0.3-g0.2": palette.blstm };

/** Three rows on their way, the paper's figures as broken lines. */
function curves({ courses }: Pick<Results, "courses">): SVGSVGElement {
  const steps = stepsOf(courses["ctc-20"]);
  const nats = [0.1, 0.2, 0.5, 1, 2, 5, 10];
  const panel = (
    title: string,
    figure: keyof Figures,
    scale: "linear" | "log",
    ticks: readonly number[],
  ): LinePanel => ({
    title,
    scale,
    domain: [ticks[0], ticks.at(-1)!],
    ticks,
    series: (Object.keys(drawn) as (keyof typeof drawn)[]).flatMap((row) => {
      const { mean: theirs } = rows[row].theirs[definitions[figure].theirs];
      const color = drawn[row];
      return [{
        name: nameOf(row),
        color,
        dots: true,
        around: courses[row].map((course) =>
          steps.map((iter) => [iter, course[iter][figure]] as const)
        ),
        points: steps.map((iter) => [iter, mean(at(courses[row], figure, iter))] as const),
      }, {
        name: `paper: ${theirs}`,
        color,
        dashed: true,
        points: [[EVERY, theirs], [STEPS, theirs]] as const,
      }];
    }),
  });
  return linePanels({
    title: `After ${READ_AT} steps all three rows are near the paper's label errors`,
    subtitle:
      "Noise drawn once a sequence, 20 cells. A thin line is one seed, a bold one the mean; " +
      "a broken line is the paper's mean.",
    x: {
      label: "step",
      domain: [EVERY, STEPS],
      ticks: steps,
    },
    panels: [
      panel("Label error rate, %", "per", "linear", [0, 25, 50, 75, 100]),
      panel("Framewise CE of the reference alignment, nats", "frameCe", "log", nats),
      panel("Framewise CE of the model's own alignment, nats", "ownCe", "log", nats),
      panel("Time stamp error of words, frames", "tse", "linear", [0, 2, 4, 6, 8]),
    ],
    height: 130,
    right: 140,
  });
}
