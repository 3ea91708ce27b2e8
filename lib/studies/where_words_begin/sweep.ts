import { speechOptimizer, type Sweep } from "../../experiments/mod.ts";
import type { CriterionOptions, Experiment } from "../../training/mod.ts";
import { alignments, evaluationsEvery, voicesWithout } from "../speech_setup/mod.ts";

/** Lengths of a frame, in frames of 10 ms. */
export const frameLengths = [1, 2, 3, 4] as const;

/** One of {@linkcode frameLengths}. */
export type FrameLength = typeof frameLengths[number];

/** Transitions of the alignment paper's section 7.1.2: speech stays with 1/2, silence with 0.96. */
export const transitions = {
  speech: { loop: 0.5, forward: 0.5 },
  silence: { loop: 0.96, forward: 0.04 },
} as const;

/** Scales of posterior, prior and transitions: α, β and γ. */
export interface Scales {
  readonly posteriorScale: number;
  readonly priorScale: number;
  readonly transitionScale: number;
}

/** The HMM rows of Tables 2 and 9, by their scales (α, β, γ). */
export const scales = {
  "(0.7, 0, 0.3)": { posteriorScale: 0.7, priorScale: 0, transitionScale: 0.3 },
  "(0.7, 0, 0)": { posteriorScale: 0.7, priorScale: 0, transitionScale: 0 },
  "(0.5, 0.3, 0)": { posteriorScale: 0.5, priorScale: 0.3, transitionScale: 0 },
  "(0.5, 0.3, 0.1)": { posteriorScale: 0.5, priorScale: 0.3, transitionScale: 0.1 },
} as const satisfies Readonly<Record<string, Scales>>;

/** What a row is trained with: CTC, or an HMM of these scales. */
export type Row = "CTC" | keyof typeof scales;

/** All HMM rows, in order. */
export const hmmRows = Object.keys(scales) as (keyof typeof scales)[];

/** Where the prior comes from: Table 8. */
export const priors = ["sequence", "batch"] as const;

/** One of {@linkcode priors}. */
export type PriorKind = typeof priors[number];

function criterionOf(row: Row, prior: PriorKind): CriterionOptions {
  if (row === "CTC") return { kind: "ctc" };
  const { posteriorScale, priorScale, transitionScale } = scales[row];
  return {
    kind: "full-sum",
    topology: "hmm",
    posteriorScale,
    ...priorScale > 0 && { prior: { kind: prior, priorScale } },
    ...transitionScale > 0 && { transitionScale, transitions },
  };
}

/** Which training. */
export interface Key {
  readonly [key: string]: unknown;
  readonly row: Row;
  readonly frameLength: FrameLength;
  readonly prior: PriorKind;
  readonly seed: number;
}

/** Steps of every training: 21 times each of 450 sentences, on average. */
export const ITERS = 600;

/**
 * A smaller network and fewer sentences than for phones alone, so that five seeds of every row fit.
 * CTC is aligned in every way, an HMM as it is and with the scales it was trained with.
 */
export function experiment({ row, frameLength, prior, seed }: Key): Experiment {
  const slug = row.toLowerCase().replaceAll(/[^a-z0-9.]+/g, "-").replaceAll(/^-|-$/g, "");
  const at = row === "CTC" ? alignments : [{}, scales[row]];
  return {
    name: `where-words-begin-${slug}-${prior}-${10 * frameLength}ms-seed${seed}`,
    seed,
    corpus: { ...voicesWithout("awb", frameLength), sentences: 150 },
    model: { kind: "blstm", hidden: 64 },
    criterion: criterionOf(row, prior),
    optimizer: speechOptimizer,
    batch: 16,
    iters: ITERS,
    precision: "single",
    evaluations: evaluationsEvery(ITERS, { blanks: true, timing: { at } }),
  };
}

/** CTC at every length of a frame, HMMs at 40 ms, and one of them with the prior of the batch. */
export const sweep: Sweep<Key> = {
  about:
    "How far from the truth CTC and HMMs place words of speech, by frame length, scales and prior.",
  seeds: 5,
  file: "speech",
  entries: (seeds) =>
    seeds.flatMap((seed) => {
      const keys: Key[] = [
        ...frameLengths.toReversed().map((frameLength) => ({
          row: "CTC" as const,
          frameLength,
          prior: "sequence" as const,
          seed,
        })),
        ...hmmRows.map((row) => ({
          row,
          frameLength: 4 as const,
          prior: "sequence" as const,
          seed,
        })),
        {
          row: "(0.5, 0.3, 0)" as const,
          frameLength: 4 as const,
          prior: "batch" as const,
          seed,
        },
      ];
      return keys.map((key) => ({ key, experiment: experiment(key) }));
    }),
};
