import type { Sweep } from "../../experiments/mod.ts";
import { type Experiment, streams } from "../../training/mod.ts";

/** Cells of every encoder and of every decoder. */
const HIDDEN = 32;

/** What a decoder listens with. */
const attend = (
  attention: { kind: "none" } | { kind: "additive"; width: number } | {
    kind: "location";
    width: number;
    reach: number;
  },
) => ({ kind: "attention", hidden: HIDDEN, embedding: 12, attention }) as const;

const criteria = {
  "fixed vector": attend({ kind: "none" }),
  additive: attend({ kind: "additive", width: 16 }),
  location: attend({ kind: "location", width: 16, reach: 8 }),
  ctc: { kind: "ctc" },
  transducer: { kind: "transducer", prediction: { kind: "lstm", hidden: HIDDEN }, joint: 24 },
} as const satisfies Readonly<Record<string, Experiment["criterion"]>>;

/** What reads the encoder's output. */
export type Reader = keyof typeof criteria;

/** Their names, in order. */
export const readers = Object.keys(criteria) as Reader[];

/** Phones of a sequence in training. */
export const trainedLengths = [1, 8] as const;

/** The corpus: six phones that are easy to hear, in any order. */
export const corpus = {
  kind: "phonemes",
  phonesPerSequence: trainedLengths,
  framesPerPhone: [3, 5],
  framesPerSilence: [1, 2],
  noise: 0.1,
} as const;

/** One training: the same encoder for all, an LSTM that reads forwards. */
export function experiment(reader: Reader, seed: number): Experiment {
  const iters = 2000;
  return {
    name: `lengths-${reader.replace(" ", "-")}-seed${seed}`,
    seed,
    corpus,
    model: { kind: "layers", layers: [{ kind: "lstm", hidden: HIDDEN }, { kind: "linear" }] },
    criterion: criteria[reader],
    optimizer: {
      ...{ lr: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
      schedule: { kind: "one-cycle" },
    },
    batch: 8,
    iters,
    evaluations: [{ every: 200, sequences: 64, stream: streams.evaluation }],
  };
}

/** Every reader at every seed. */
export const sweep: Sweep<{ reader: Reader; seed: number }> = {
  about: "How error grows with length: a fixed vector, two kinds of attention, CTC, a transducer.",
  seeds: 5,
  file: "beyond-ctc",
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      readers.map((reader) => ({
        key: { reader, seed },
        experiment: experiment(reader, seed),
        keepsWeights: true,
      }))
    ),
};
