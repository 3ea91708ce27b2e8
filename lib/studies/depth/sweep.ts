import type { Sweep } from "../../experiments/mod.ts";
import { type Experiment, type ModelOptions, streams } from "../../training/mod.ts";
import { EVERY, type Scale, smallest } from "../scale/sweep.ts";

/** The networks that are compared, each with about the weights of one layer of 24 cells. */
export const networks = {
  "1 layer": { kind: "blstm", hidden: 24 },
  "2 layers": { kind: "blstm", hidden: 13, layers: 2 },
  "3 layers": { kind: "blstm", hidden: 10, layers: 3 },
  "pyramid of 2": { kind: "blstm", hidden: 11, layers: 2, pyramid: true },
} as const satisfies Record<string, ModelOptions>;

/** One of {@linkcode networks}. */
export type Network = keyof typeof networks;

/** The write-up's corpus, one of large clusters, and the one that takes longest of notebook 10. */
export const corpora = {
  base: smallest,
  hard: { ...smallest, phonemes: 24, cluster: 4 },
  hardest: { ...smallest, phonemes: 48, iters: 4000 },
} as const satisfies Record<string, Scale>;

/** One of {@linkcode corpora}. */
export type Corpus = keyof typeof corpora;

/** What a reader calls the corpora. */
export const corpusTitles = {
  base: "6 phonemes, 2 per onset",
  hard: "24 phonemes, 4 per onset",
  hardest: "48 phonemes, 2 per onset",
} as const satisfies Record<Corpus, string>;

/** Networks by name, in order. */
export const networkNames = Object.keys(networks) as Network[];
/** Corpora by name, in order. */
export const corpusNames = Object.keys(corpora) as Corpus[];

/**
 * A network for a corpus. Under the output layer of the hardest, which has 49 labels, stacked layers
 * have a cell more each: wide layers pay more for their outputs.
 */
export function modelFor(network: Network, corpus: Corpus): ModelOptions {
  const options = networks[network];
  const more = corpus === "hardest" && "layers" in options ? 1 : 0;
  return { ...options, hidden: options.hidden + more };
}

/** One training: CTC, ended when solved. */
export function experiment(network: Network, corpus: Corpus, seed: number): Experiment {
  const { phonemes, cluster, phones, iters = 2000 }: Scale = corpora[corpus];
  return {
    name: `depth-${corpus}-${network.replaceAll(" ", "-")}-seed${seed}`,
    seed,
    corpus: { kind: "phonemes", phonemes, cluster, phonesPerSequence: phones },
    model: modelFor(network, corpus),
    criterion: { kind: "ctc" },
    optimizer: { lr: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 16,
    iters,
    stopAtPer: 0.05,
    evaluations: [{ every: EVERY, sequences: 64, stream: streams.evaluation }],
  };
}

/** Every network on every corpus. */
export const sweep: Sweep<{ network: Network; corpus: Corpus; seed: number }> = {
  about: "Whether stacking BLSTM layers helps at an equal number of weights.",
  seeds: 5,
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      corpusNames.flatMap((corpus) =>
        networkNames.map((network) => ({
          key: { network, corpus, seed },
          experiment: experiment(network, corpus, seed),
        }))
      )
    ),
};
