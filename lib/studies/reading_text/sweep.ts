import type { Sweep } from "../../experiments/mod.ts";
import {
  type CorpusOptions,
  type Experiment,
  type LayerOptions,
  streams,
} from "../../training/mod.ts";

/** What is heard: letters with sounds of their own, or the features of the teaching notebook. */
export const corpora = {
  "own sounds": { kind: "letters", variation: 1.5 },
  "toy features": { kind: "letters", signature: 0, variation: 1, tilt: 0.1 },
} as const satisfies Readonly<Record<string, CorpusOptions>>;

/** One of {@linkcode corpora}. */
export type Sounds = keyof typeof corpora;

const gru: LayerOptions = { kind: "bidirectional", of: { kind: "gru", hidden: 32 } };
const models = {
  "deep speech": [
    { kind: "conv1d", size: 32, kernel: 5, padding: 2 },
    { kind: "relu" },
    ...[gru, gru],
  ],
  "plain rnn": [{ kind: "rnn", hidden: 32 }],
} as const satisfies Readonly<Record<string, readonly LayerOptions[]>>;

/** A network below the output layer. */
export type Network = keyof typeof models;

/** Every network on every kind of sound, in the order of the figures. */
export const readers = {
  "deep speech": { network: "deep speech", sounds: "own sounds" },
  "plain rnn": { network: "plain rnn", sounds: "own sounds" },
  "deep speech, toy features": { network: "deep speech", sounds: "toy features" },
  "plain rnn, toy features": { network: "plain rnn", sounds: "toy features" },
} as const satisfies Readonly<Record<string, { network: Network; sounds: Sounds }>>;

/** One of {@linkcode readers}. */
export type Reader = keyof typeof readers;

/** Their names, in order. */
export const readerNames = Object.keys(readers) as Reader[];

/** Steps of a training, and from one evaluation to the next. */
export const ITERS = 600, EVERY = 50;

/** How wide beams are, and how many held-out texts the last evaluation reads. */
export const WIDTH = 16, TEXTS = 256;

/** One training. */
export function experiment(reader: Reader, seed: number): Experiment {
  const { network, sounds } = readers[reader], separator = " ";
  const decoders = [{ kind: "greedy" }, { kind: "beam", width: WIDTH }] as const;
  return {
    name: `reading-text-${reader.replaceAll(/,? /g, "-")}-seed${seed}`,
    seed,
    corpus: corpora[sounds],
    model: { kind: "layers", layers: [...models[network], { kind: "linear" }] },
    criterion: { kind: "ctc" },
    optimizer: {
      ...{ lr: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
      schedule: { kind: "one-cycle" },
    },
    batch: 8,
    iters: ITERS,
    evaluations: [
      { every: EVERY, sequences: 64, stream: streams.evaluation, errors: { separator } },
      {
        every: ITERS,
        sequences: TEXTS,
        stream: streams.fineEvaluation,
        errors: { separator, decoders },
      },
    ],
  };
}

/** Every reader at every seed; settings were chosen at seeds 100 and 101, which are not among them. */
export const sweep: Sweep<{ reader: Reader; seed: number }> = {
  about: "Whether a small Deep-Speech-style network and a plain one read text from frames.",
  seeds: 4,
  file: "beyond-ctc",
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      readerNames.map((reader) => ({
        key: { reader, seed },
        experiment: experiment(reader, seed),
        keepsWeights: reader === "deep speech",
      }))
    ),
};
