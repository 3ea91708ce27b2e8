import { linePanels, meanLine, palette } from "../../figures/mod.ts";
import { colors, titles } from "../fixed_vector/mod.ts";
import type { Listening } from "./listening.ts";
import { factors, readers, type Results } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "longer-than-trained": errorsAndWaits,
  "longer-than-trained-listening": lostPlaces,
};

const x = {
  label: "length of the sequence, times the longest of training",
  domain: [1, 8],
  scale: "log",
  ticks: factors,
} as const;

/** A line through the means of all seeds, and one through each seed, by factor. */
function lines(values: readonly (readonly number[])[]) {
  return { ...meanLine(factors, values), dots: true };
}

/** Error and latency by length. */
function errorsAndWaits({ errors, latency }: Results): SVGSVGElement {
  return linePanels({
    title: "Attention by content loses its place on longer sequences; all attention waits",
    subtitle:
      "Trained on one to eight phones, tested on 8, 16, 32 and 64. Lines are means of five seeds, " +
      "thin ones single seeds. Both kinds of attention wait equally long.",
    x,
    right: 205,
    height: 170,
    panels: [{
      title: "label error rate",
      domain: [0, 1],
      ticks: [0, 0.25, 0.5, 0.75, 1],
      format: (rate) => rate.toFixed(2),
      series: readers.map((reader) => ({
        name: titles[reader],
        color: colors[reader],
        ...lines(errors[reader]),
      })),
    }, {
      title: "frames from the end of a phone until its label is known",
      domain: [-10, 200],
      ticks: [0, 50, 100, 150, 200],
      series: ([["location", "attention"], ["ctc", "CTC"], ["transducer", "transducer"]] as const)
        .map(([reader, name]) => ({ name, color: colors[reader], ...lines(latency[reader]) })),
    }],
  });
}

/** How additive attention loses its place. */
function lostPlaces({ listening }: Results): SVGSVGElement {
  const kinds: readonly (readonly [keyof Listening, string, string])[] = [
    ["early", "sequences that end early", palette.lstm],
    ["skipped", "phones skipped", palette.ffnn],
    ["back", "steps back or in place", palette.brnn],
  ];
  return linePanels({
    title: "Beyond trained lengths, additive attention skips and ends early more than it loops",
    subtitle: "Shares, by where the largest weight of each step lies; thin lines are single seeds.",
    x,
    right: 205,
    height: 220,
    panels: [{
      title: "share",
      domain: [0, 1],
      ticks: [0, 0.25, 0.5, 0.75, 1],
      format: (share) => share.toFixed(2),
      series: kinds.map(([key, name, color]) => ({
        name,
        color,
        ...lines(listening.additive.map((seeds) => seeds.map((one) => one[key]))),
      })),
    }],
  });
}
