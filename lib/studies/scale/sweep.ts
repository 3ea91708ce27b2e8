import type { Sweep } from "../../experiments/mod.ts";
import { type Experiment, type ModelOptions, streams } from "../../training/mod.ts";

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
export const smallest: Scale = { phonemes: 6, cluster: 2, phones: [3, 8], hidden: 24 };

/** What is trained: one thing larger at a time, and more cells where there is more to learn. */
export const tasks = {
  "6 phonemes": smallest,
  "12 phonemes": { ...smallest, phonemes: 12 },
  "24 phonemes": { ...smallest, phonemes: 24 },
  "48 phonemes": { ...smallest, phonemes: 48, iters: 4000 },
  "24 phonemes, 3 to an onset": { ...smallest, phonemes: 24, cluster: 3 },
  "24 phonemes, 4 to an onset": { ...smallest, phonemes: 24, cluster: 4 },
  "6 phonemes, 10–20 phones": { ...smallest, phones: [10, 20] },
  "6 phonemes, 30–60 phones": { ...smallest, phones: [30, 60] },
  "6 phonemes, 64 cells": { ...smallest, hidden: 64 },
  "24 phonemes, 64 cells": { ...smallest, phonemes: 24, hidden: 64 },
} as const satisfies Readonly<Record<string, Scale>>;

/** One of {@linkcode tasks}. */
export type Task = keyof typeof tasks;

/** Their names, in order. */
export const taskNames = Object.keys(tasks) as Task[];

/** The networks that are compared. */
export const kinds = ["blstm", "lstm"] as const;

/** One of {@linkcode kinds}. */
export type Kind = typeof kinds[number];

/** Iterations between evaluations. */
export const EVERY = 20;

/** One training at a scale, ended when solved: CTC, with the optimizer and batch of the write-up. */
export function experiment(
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
    evaluations: [{ every: EVERY, sequences: 64, stream: streams.evaluation }],
  };
}

/** BLSTM and LSTM at every scale, the cheapest first. */
export const sweep: Sweep<{ task: Task; kind: Kind; seed: number }> = {
  about: "Whether the advantage of BLSTM over LSTM grows with phonemes, onsets, length and cells.",
  seeds: 5,
  entries: (seeds) =>
    taskNames.toSorted((a, b) => cost(tasks[a]) - cost(tasks[b])).flatMap((task) =>
      seeds.flatMap((seed) =>
        kinds.map((kind) => ({
          key: { task, kind, seed },
          experiment: experiment(kind, tasks[task], seed),
        }))
      )
    ),
};

/** Roughly how much work a training is. */
function cost({ phonemes, phones, hidden }: Scale): number {
  return phonemes * (phones[0] + phones[1]) * hidden;
}
