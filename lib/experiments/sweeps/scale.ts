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
  /** Iterations after which a training is given up; defaults to 2000. */
  readonly iters?: number;
}

/** The write-up's own. */
export const smallestScale: Scale = { phonemes: 6, cluster: 2, phones: [3, 8], hidden: 24 };

/** The scales of the sweep: one thing larger at a time, and more cells where there is more to learn. */
export const scales = {
  phonemes: [
    ...[6, 12, 24].map((phonemes) => ({ ...smallestScale, phonemes })),
    { ...smallestScale, phonemes: 48, iters: 4000 },
  ],
  clusters: [2, 3, 4].map((cluster) => ({ ...smallestScale, phonemes: 24, cluster })),
  lengths: [
    smallestScale,
    { ...smallestScale, phones: [10, 20] },
    { ...smallestScale, phones: [30, 60] },
  ],
  cells: [
    { ...smallestScale, hidden: 64 },
    { ...smallestScale, phonemes: 24, hidden: 64 },
  ],
} satisfies Record<string, readonly Scale[]>;

/** One training at a scale, ended when solved: CTC, with the optimizer and batch of the write-up. */
export function scaleExperiment(
  kind: ModelOptions["kind"],
  { phonemes, cluster, phones, hidden, iters = 2000 }: Scale,
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
    iters,
    stopAtPer: 0.05,
    evaluations: [{ every: 20, sequences: 64, stream: streams.evaluation }],
  };
}

/**
 * BLSTM and LSTM at every scale, the cheapest first; a scale that stands in two lists is run once.
 */
export const scale: Sweep = {
  about: "Whether the advantage of BLSTM over LSTM grows with phonemes, onsets, length and cells.",
  seeds: 5,
  experiments: (seeds) => {
    const different = new Map(
      Object.values(scales).flat().map((scale) => [JSON.stringify(scale), scale]),
    );
    return [...different.values()].sort((a, b) => cost(a) - cost(b)).flatMap((scale) =>
      seeds.flatMap((seed) =>
        (["blstm", "lstm"] as const).map((kind) => scaleExperiment(kind, scale, seed))
      )
    );
  },
};

/** Roughly how much work a training is. */
function cost({ phonemes, phones, hidden }: Scale): number {
  return phonemes * (phones[0] + phones[1]) * hidden;
}
