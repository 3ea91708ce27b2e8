import type { Sweep } from "../../experiments/mod.ts";
import { type Experiment, type LayerOptions, streams } from "../../training/mod.ts";

/** Cells of every decoder and prediction network. */
const HIDDEN = 32;

const attention = {
  kind: "attention",
  hidden: HIDDEN,
  embedding: 12,
  attention: { kind: "location", width: 16, reach: 8 },
} as const;
const criteria = {
  ctc: { kind: "ctc" },
  transducer: { kind: "transducer", prediction: { kind: "lstm", hidden: HIDDEN }, joint: 24 },
  attention,
  hybrid: { ...attention, ctcWeight: 0.3 },
} as const satisfies Readonly<Record<string, Experiment["criterion"]>>;

/** One of the systems. */
export type SystemName = keyof typeof criteria;

/** Their names, in order. */
export const systemNames = Object.keys(criteria) as SystemName[];

/** What all of them stand on: an encoder that hears the whole sequence, or only what was before. */
const encoders = {
  "both ways": { kind: "bidirectional", of: { kind: "lstm", hidden: HIDDEN / 2 } },
  forwards: { kind: "lstm", hidden: HIDDEN },
} as const satisfies Readonly<Record<string, LayerOptions>>;

/** One of the encoders. */
export type Encoder = keyof typeof encoders;

/** Their names, in order. */
export const encoderNames = Object.keys(encoders) as Encoder[];

/** Steps of a training, from one evaluation to the next, and sequences of a step. */
export const ITERS = 800, EVERY = 50, BATCH = 8;

/** One training. */
export function experiment(system: SystemName, encoder: Encoder, seed: number): Experiment {
  return {
    name: `systems-${system}-${encoder.replace(" ", "-")}-seed${seed}`,
    seed,
    corpus: {
      kind: "phonemes",
      phonesPerSequence: [3, 6],
      framesPerPhone: [4, 8],
      framesPerSilence: [1, 4],
    },
    model: { kind: "layers", layers: [encoders[encoder], { kind: "linear" }] },
    criterion: criteria[system],
    optimizer: {
      ...{ lr: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
      schedule: { kind: "one-cycle" },
    },
    batch: BATCH,
    iters: ITERS,
    evaluations: [{ every: EVERY, sequences: 64, stream: streams.evaluation }],
  };
}

/** Every system on both encoders at every seed; settings were chosen at seed 100, which is not one. */
export const sweep: Sweep<{ system: SystemName; encoder: Encoder; seed: number }> = {
  about: "CTC, a transducer, attention and a hybrid on one table: errors, costs and alignments.",
  seeds: 5,
  file: "beyond-ctc",
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      encoderNames.flatMap((encoder) =>
        systemNames.map((system) => ({
          key: { system, encoder, seed },
          experiment: experiment(system, encoder, seed),
          keepsWeights: true,
        }))
      )
    ),
};
