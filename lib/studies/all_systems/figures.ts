import { dotRows, linePanels, meanLine, palette } from "../../figures/mod.ts";
import { ctcWeights } from "./alignments.ts";
import type { Results } from "./results.ts";
import { BATCH, ITERS, systemNames } from "./sweep.ts";
import { colors, titles } from "./titles.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "all-systems": curves,
  "all-systems-alignments": alignmentRows,
  "all-systems-weights": weightCurve,
};

/** Error against data heard. */
function curves(results: Results): SVGSVGElement {
  return linePanels({
    title: "A transducer learns first; CTC is the first to make no errors",
    subtitle:
      "Label error rate by the number of sequences heard in training, on the encoder that hears the " +
      "whole sequence. Lines are means of all seeds, thin ones single seeds.",
    x: {
      label: "sequences heard",
      domain: [0, BATCH * ITERS],
      ticks: [0, 1600, 3200, 4800, 6400],
    },
    right: 150,
    height: 230,
    panels: [{
      title: "label error rate",
      domain: [0, 1],
      ticks: [0, 0.25, 0.5, 0.75, 1],
      format: (rate) => rate.toFixed(2),
      series: systemNames.map((name) => {
        const { curves } = results[name];
        return {
          name: titles[name],
          color: colors[name],
          ...meanLine(
            curves[0].map(({ heard }) => heard),
            curves[0].map((_, i) => curves.map((points) => points[i].error)),
          ),
        };
      }),
    }],
  });
}

/** Time stamp errors of every system in every way. */
function alignmentRows(results: Results): SVGSVGElement {
  const ways = [
    ["forced", "by force"],
    ["attention", "by attention weights"],
    ["gradients", "by gradients"],
  ] as const;
  const rows = systemNames.flatMap((name) =>
    ways.flatMap(([way, title]) => {
      const values = results[name][way];
      return values === undefined
        ? []
        : [{ name: `${titles[name]}, ${title}`, color: colors[name], values }];
    })
  );
  return dotRows(rows, {
    title: "CTC and attention tell where labels are, a transducer does not",
    subtitle:
      "Time stamp error of phone boundaries in held-out sequences; a dot is one seed, the bar their " +
      "mean.",
    x: { label: "frames", domain: [0, 7], ticks: [0, 1, 2, 3, 4, 5, 6, 7] },
    format: (frames) => frames.toFixed(2),
    left: 260,
  });
}

/** The hybrid's error by the weight of its CTC. */
function weightCurve({ hybrid: { mixed } }: Results): SVGSVGElement {
  return linePanels({
    title: "CTC in a hybrid's gradients makes no clear difference",
    subtitle:
      "Time stamp error of alignments from the gradients of λ log p of CTC + (1 − λ) log p of the " +
      "decoder. The line is the mean of all seeds, thin ones are single seeds.",
    x: { label: "λ, weight of CTC", domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    right: 130,
    height: 220,
    panels: [{
      title: "time stamp error, frames",
      domain: [0, 4],
      ticks: [0, 1, 2, 3, 4],
      format: (frames) => frames.toFixed(1),
      series: [{
        name: titles.hybrid,
        color: palette.ffnn,
        dots: true,
        ...meanLine(ctcWeights, mixed!),
      }],
    }],
  });
}
