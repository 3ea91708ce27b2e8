import type { Run } from "../experiments/mod.ts";
import type { BlankDiagnostics } from "../metrics/mod.ts";
import { type LinePanel, linePanels } from "./line_panels.ts";
import { median } from "./median.ts";
import { modelNames, palette } from "./palette.ts";
import type { Heading } from "./panels.ts";
import { stackedBars } from "./stacked_bars.ts";

/** A training whose evaluations recorded blanks. */
export type BlankRun = Pick<Run, "rows"> & {
  readonly experiment: {
    readonly model: { readonly kind: Run["experiment"]["model"]["kind"] };
    readonly iters: number;
  };
};

interface Measure extends Omit<LinePanel, "series"> {
  readonly of: (row: Run["rows"][number]) => number;
}

const ofBlanks = (name: keyof BlankDiagnostics) => (row: Run["rows"][number]) =>
  row.blanks?.[name] ?? NaN;
const shares = { domain: [-0.02, 1.05], ticks: [0, 0.5, 1] } as const;
const measures: readonly Measure[] = [
  { title: "Blank rate, share of frames", of: ofBlanks("blankRate"), ...shares },
  { title: "Mean posterior of blank", of: ofBlanks("blankPosterior"), ...shares },
  {
    title: "Entropy of a frame's posterior, nats",
    of: ofBlanks("entropy"),
    domain: [0, 2],
    ticks: [0, 1, 2],
  },
  {
    title: "Spikes per label",
    of: ofBlanks("spikesPerLabel"),
    domain: [-0.02, 1.5],
    ticks: [0, 0.5, 1, 1.5],
  },
  { title: "Phoneme error rate (PER), errors per label", of: ({ per }) => per, ...shares },
];

/**
 * Blank rate, blank posterior, entropy, spikes and PER while models learn: the median over the runs
 * of a model, single runs as thin lines, the share of true silence broken.
 *
 * @example
 * ```ts
 * import { blankCurves } from "lib/figures/mod.ts";
 * import { blankRateExperiment } from "lib/experiments/mod.ts";
 *
 * const blanks = {
 *   ...{ blankRate: 1, blankPosterior: 0.9, spikesPerLabel: 0, entropy: 0.5 },
 *   ...{ silence: 0.3, blankInSilence: 1, blankInPhones: 1 },
 * };
 * const row = { every: 20, iter: 1, nll: 80, per: 1, seqAcc: 0, infeasible: 0, blanks };
 * blankCurves([{ experiment: blankRateExperiment("blstm", 0), rows: [row] }]);
 * ```
 */
export function blankCurves(runs: readonly BlankRun[], options: Heading = {}): SVGSVGElement {
  const {
    title = "Blank while a network learns",
    subtitle =
      "Bold: the median over seeds; thin: single seeds; broken: the share of frames that " +
      "are silence in truth.",
  } = options;
  const iters = Math.max(...runs.map(({ experiment }) => experiment.iters));
  const kinds = [...Map.groupBy(runs, ({ experiment }) => experiment.model.kind)];
  const silence = mean(runs.flatMap(({ rows }) => rows.map(ofBlanks("silence"))));
  const drawn = measures.map(({ of, ...panel }, n): LinePanel => {
    const series = kinds.map(([kind, runs]) => {
      const around = runs.map(({ rows }) => rows.map((row) => [row.iter, of(row)] as const));
      const points = around[0].map(([iter], i) =>
        [iter, median(around.map((line) => line[i]?.[1] ?? NaN))] as const
      );
      const { name, color } = named(kind);
      return { name, color, points, around: runs.length > 1 ? around : [] };
    });
    const truth = {
      name: "true silence",
      color: palette.blank,
      dashed: true,
      points: [[0, silence], [iters, silence]] as const,
    };
    return { ...panel, series: n < 2 ? [...series, truth] : series };
  });
  const ticks = Array.from({ length: 6 }, (_, n) => Math.round(n * iters / 5));
  return linePanels({
    title,
    subtitle,
    height: 110,
    x: { label: "iteration", domain: [0, iters], ticks },
    panels: drawn,
  });
}

function named(kind: string): { name: string; color: string } {
  const known = kind as keyof typeof modelNames;
  return { name: modelNames[known] ?? kind, color: palette[known] ?? palette.ink };
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** The blanks of one corpus. */
export interface BlankBar {
  readonly name: string;
  readonly blanks: Pick<BlankDiagnostics, "silence" | "blankInSilence" | "blankInPhones">;
}

/**
 * Blank against silence, frame by frame: what is blank stands in the middle, what is silence on the
 * right. If blank were silence, there would be two parts only: phones labelled, and silence blank.
 *
 * @example
 * ```ts
 * import { blankAgainstSilence } from "lib/figures/mod.ts";
 *
 * const blanks = { silence: 0.3, blankInSilence: 0.9, blankInPhones: 0.5 };
 * blankAgainstSilence([{ name: "4 to 10 frames", blanks }]);
 * ```
 */
export function blankAgainstSilence(
  bars: readonly BlankBar[],
  options: Heading = {},
): SVGSVGElement {
  const {
    title = "Blank is not silence",
    subtitle = "Share of all frames. If blank were silence, no frame of a phone would be blank, " +
      "and no silence labelled.",
  } = options;
  return stackedBars({
    title,
    subtitle,
    parts: [
      { name: "phone, labelled", color: palette.blstm },
      { name: "phone, blank", color: "#a9b1bb" },
      { name: "silence, blank", color: palette.blank },
      { name: "silence, labelled", color: "#c2410c" },
    ],
    bars: bars.map(({ name, blanks: { silence, blankInSilence, blankInPhones } }) => ({
      name,
      values: [
        (1 - silence) * (1 - blankInPhones),
        (1 - silence) * blankInPhones,
        silence * blankInSilence,
        silence * (1 - blankInSilence),
      ],
    })),
    full: 1,
    right: 30,
    format: (share) => `${(100 * share).toFixed(0)} %`,
  });
}
