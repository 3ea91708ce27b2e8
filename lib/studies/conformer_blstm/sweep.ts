import type { Sweep } from "../../experiments/mod.ts";
import { type Experiment, type LayerOptions, streams } from "../../training/mod.ts";

/** Steps of the Conformer's training, from one evaluation to the next, and sequences of a step. */
export const ITERS = 800, EVERY = 50, BATCH = 8;

/**
 * How many steps a BLSTM is given for one of the Conformer's. On one core a step of the Conformer took
 * 1.6 to 2 times as long as one of the BLSTM, on several days: rather too many than too few.
 */
export const STEPS_IN_TIME = 2;

const conformer: readonly LayerOptions[] = [
  { kind: "linear", size: 24 },
  { kind: "conformer", heads: 4, kernel: 7 },
];
const blstm: readonly LayerOptions[] = [
  { kind: "bidirectional", of: { kind: "lstm", hidden: 38 } },
];

/** What is compared; the BLSTM has as many weights as the Conformer, within three hundredths. */
export const contenders = {
  "conformer": { layers: conformer, iters: ITERS },
  "blstm, equal steps": { layers: blstm, iters: ITERS },
  "blstm, equal time": { layers: blstm, iters: STEPS_IN_TIME * ITERS },
} as const satisfies Readonly<
  Record<string, { layers: readonly LayerOptions[]; iters: number }>
>;

/** One of {@linkcode contenders}. */
export type ContenderName = keyof typeof contenders;

/** Their names, in order. */
export const contenderNames = Object.keys(contenders) as ContenderName[];

/** One training. */
export function experiment(name: ContenderName, seed: number): Experiment {
  const { layers, iters } = contenders[name];
  return {
    name: `conformer-blstm-${name.replaceAll(/,? /g, "-")}-seed${seed}`,
    seed,
    corpus: {
      kind: "phonemes",
      phonesPerSequence: [3, 6],
      framesPerPhone: [4, 8],
      framesPerSilence: [1, 4],
      noise: 0.8,
    },
    model: { kind: "layers", layers: [...layers, { kind: "linear" }] },
    criterion: { kind: "ctc" },
    optimizer: {
      ...{ lr: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
      schedule: { kind: "one-cycle" },
    },
    batch: BATCH,
    iters,
    evaluations: [
      { every: EVERY, sequences: 64, stream: streams.evaluation },
      { every: iters, sequences: 512, stream: streams.fineEvaluation, alignment: {} },
    ],
  };
}

/**
 * Every contender at every seed; the learning rate, the better of two for either, was chosen at seed
 * 100, which is not among them.
 */
export const sweep: Sweep<{ contender: ContenderName; seed: number }> = {
  about: "A Conformer against a BLSTM of as many weights, in as many steps and in as much time.",
  seeds: 5,
  file: "beyond-ctc",
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      contenderNames.map((contender) => ({
        key: { contender, seed },
        experiment: experiment(contender, seed),
      }))
    ),
};
