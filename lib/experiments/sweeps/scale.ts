import { type Experiment, type ModelOptions, streams } from "../../training/mod.ts";
import type { Sweep } from "./sweep.ts";

/** How large a task is, and the network for it. */
export interface Scale {
  /** Number of phonemes K. */
  readonly phonemes: number;
  /** Phonemes that share an onset. */
  readonly cluster: number;
  /** Phones per sequence, inclusive. */
  readonly phones: readonly [number, number];
  /** Cells per direction. */
  readonly hidden: number;
  /** How many seeds there is time for; defaults to all that are asked for. */
  readonly seeds?: number;
}

/** The write-up's own. */
export const smallestScale: Scale = { phonemes: 6, cluster: 2, phones: [3, 8], hidden: 24 };

/** The scales of the sweep: one thing larger at a time, and more cells where there is more to learn. */
export const scales = {
  phonemes: [
    ...[6, 12, 24].map((phonemes) => ({ ...smallestScale, phonemes })),
    { ...smallestScale, phonemes: 48, seeds: 2 },
  ],
  clusters: [2, 3, 4].map((cluster) => ({ ...smallestScale, phonemes: 24, cluster })),
  lengths: [
    smallestScale,
    { ...smallestScale, phones: [10, 20] },
    { ...smallestScale, phones: [30, 60], seeds: 2 },
  ],
  cells: [
    { ...smallestScale, hidden: 64 },
    { ...smallestScale, phonemes: 24, hidden: 64, seeds: 2 },
  ],
} satisfies Record<string, readonly Scale[]>;

/** One training at a scale, ended when solved: CTC, with the optimizer and batch of the write-up. */
export function scaleExperiment(
  kind: ModelOptions["kind"],
  { phonemes, cluster, phones, hidden }: Scale,
  seed: number,
): Experiment {
  return {
    name: `scale-${kind}-${hidden}-k${phonemes}-c${cluster}-l${phones.join("-")}-seed${seed}`,
    seed,
    corpus: { kind: "phonemes", phonemes, cluster, phonesPerSequence: phones },
    model: { kind, hidden },
    criterion: { kind: "ctc" },
    optimizer: { lr: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 16,
    iters: 2000,
    stopAtPer: 0.05,
    evaluations: [{ every: 20, sequences: 64, stream: streams.evaluation }],
  };
}

/**
 * BLSTM and LSTM at every scale, at five seeds but for the three that take longest, the cheapest
 * first; a scale that stands in two lists is run once.
 */
export const scale: Sweep = {
  about: "Whether the advantage of BLSTM over LSTM grows with phonemes, onsets, length and cells.",
  seeds: 5,
  experiments: (seeds) => {
    const different = new Map(
      Object.values(scales).flat().map((scale) => [JSON.stringify(scale), scale]),
    );
    return [...different.values()].sort((a, b) => cost(a) - cost(b)).flatMap((scale) =>
      seedsOf(scale, seeds).flatMap((seed) =>
        (["blstm", "lstm"] as const).map((kind) => scaleExperiment(kind, scale, seed))
      )
    );
  },
};

/** The seeds that a scale is run at, of those asked for. */
export function seedsOf({ seeds: most }: Scale, seeds: readonly number[]): readonly number[] {
  return seeds.slice(0, most);
}

/** Roughly how much work a training is. */
function cost({ phonemes, phones, hidden }: Scale): number {
  return phonemes * (phones[0] + phones[1]) * hidden;
}
