import { type LinePanel, linePanels, palette, stackedBars } from "../../figures/mod.ts";
import { mean, median } from "../../numeric/mod.ts";
import { drawn } from "../write_up/figures.ts";
import { type Kind, kinds } from "../write_up/sweep.ts";
import type { BlankRow, Results } from "./results.ts";
import { durationNames, ITERS, titleOf } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "blank-curves": blankCurves,
  "blank-against-silence": blankAgainstSilence,
};

type Measure = "blankRate" | "blankPosterior" | "entropy" | "spikesPerLabel" | "per";

const shares = { domain: [-0.02, 1.05], ticks: [0, 0.5, 1] } as const;
const measures: readonly (Omit<LinePanel, "series"> & { readonly name: Measure })[] = [
  { name: "blankRate", title: "Blank rate, share of frames", ...shares },
  { name: "blankPosterior", title: "Mean posterior of blank", ...shares },
  {
    name: "entropy",
    title: "Entropy of a frame's posterior, nats",
    domain: [0, 2],
    ticks: [0, 1, 2],
  },
  {
    name: "spikesPerLabel",
    title: "Spikes per label",
    domain: [-0.02, 1.5],
    ticks: [0, 0.5, 1, 1.5],
  },
  { name: "per", title: "Phoneme error rate (PER), errors per label", ...shares },
];

/** Blank rate, posterior of blank, entropy, spikes and PER while both models learn. */
function blankCurves({ courses }: CurveData): SVGSVGElement {
  const silence = mean(
    kinds.flatMap((kind) => courses[kind].rows.flat().map((row) => row.silence)),
  );
  const truth = {
    name: "true silence",
    color: palette.blank,
    dashed: true,
    points: [[0, silence], [ITERS, silence]] as const,
  };
  const panels = measures.map(({ name, ...panel }, n): LinePanel => {
    const series = kinds.map((kind) => {
      const around = courses[kind].rows.map((rows) =>
        rows.map((row) => [row.iter, row[name]] as const)
      );
      const points = around[0].map(([iter], i) =>
        [iter, median(around.map((line) => line[i][1]))] as const
      );
      return { ...drawn[kind], points, around };
    });
    return { ...panel, series: n < 2 ? [...series, truth] : series };
  });
  return linePanels({
    title: "Every network first answers blank alone, then spikes appear and the rate comes to rest",
    subtitle: "Bold: the median over seeds; thin: single seeds; broken: the share of frames that " +
      "are silence in truth.",
    height: 110,
    x: { label: "iteration", domain: [0, ITERS], ticks: [0, 200, 400, 600, 800, 1000] },
    panels,
  });
}

/** What {@linkcode figures} draw of {@linkcode Results}. */
interface CurveData {
  readonly courses: Readonly<Record<Kind, { readonly rows: readonly (readonly Drawn[])[] }>>;
}
type Drawn = Pick<BlankRow, Measure | "iter" | "silence">;

/**
 * Blank against silence, frame by frame: what is blank stands in the middle, what is silence on the
 * right. If blank were silence, there would be two parts only: phones labelled, and silence blank.
 */
function blankAgainstSilence({ durations }: Pick<Results, "durations">): SVGSVGElement {
  return stackedBars({
    title: "Blank is not silence: the longer the phones, the more of them is blank",
    subtitle: "Share of all frames. If blank were silence, no frame of a phone would be blank, " +
      "and no silence labelled.",
    parts: [
      { name: "phone, labelled", color: palette.blstm },
      { name: "phone, blank", color: "#a9b1bb" },
      { name: "silence, blank", color: palette.blank },
      { name: "silence, labelled", color: "#c2410c" },
    ],
    bars: durationNames.map((duration) => {
      const { silence, blankInSilence, blankInPhones } = durations[duration];
      const [s, inSilence, inPhones] = [silence, blankInSilence, blankInPhones].map(mean);
      return {
        name: titleOf(duration),
        values: [
          (1 - s) * (1 - inPhones),
          (1 - s) * inPhones,
          s * inSilence,
          s * (1 - inSilence),
        ],
      };
    }),
    full: 1,
    right: 30,
    format: (share) => `${(100 * share).toFixed(0)} %`,
  });
}
