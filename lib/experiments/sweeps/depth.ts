import { type Experiment, type ModelOptions, streams } from "../../training/mod.ts";
import { type Scale, smallestScale } from "./scale.ts";
import type { Sweep } from "./sweep.ts";

/** The networks of the depth comparison by name, each with about the weights of one layer of 24. */
export const depthModels = {
  "1 layer": { kind: "blstm", hidden: 24 },
  "2 layers": { kind: "blstm", hidden: 13, layers: 2 },
  "3 layers": { kind: "blstm", hidden: 10, layers: 3 },
  "pyramid of 2": { kind: "blstm", hidden: 11, layers: 2, pyramid: true },
} as const satisfies Record<string, ModelOptions>;

/** The name of a network of the depth comparison. */
export type DepthModel = keyof typeof depthModels;

/**
 * The corpora of the depth comparison: the write-up's, one of large clusters, and the one that takes
 * longest of the sweep `scale`.
 */
export const depthCorpora = {
  base: smallestScale,
  hard: { ...smallestScale, phonemes: 24, cluster: 4 },
  hardest: { ...smallestScale, phonemes: 48, iters: 4000 },
} as const satisfies Record<string, Scale>;

/** The name of a corpus of the depth comparison. */
export type DepthCorpus = keyof typeof depthCorpora;

/**
 * A network for a corpus. Under the output layer of the hardest, which has 49 labels, stacked layers
 * have a cell more each: wide layers pay more for their outputs.
 */
export function depthModel(model: DepthModel, corpus: DepthCorpus): ModelOptions {
  const options = depthModels[model];
  const more = corpus === "hardest" && "layers" in options ? 1 : 0;
  return { ...options, hidden: options.hidden + more };
}

/** One training of the depth comparison: CTC, ended when solved. */
export function depthExperiment(
  model: DepthModel,
  corpus: DepthCorpus,
  seed: number,
): Experiment {
  const { phonemes, cluster, phones, iters = 2000 }: Scale = depthCorpora[corpus];
  return {
    name: `depth-${corpus}-${model.replaceAll(" ", "-")}-seed${seed}`,
    seed,
    corpus: { kind: "phonemes", phonemes, cluster, phonesPerSequence: phones },
    model: depthModel(model, corpus),
    criterion: { kind: "ctc" },
    optimizer: { lr: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 16,
    iters,
    stopAtPer: 0.05,
    evaluations: [{ every: 20, sequences: 64, stream: streams.evaluation }],
  };
}

/** Four networks of equal size on three corpora, at five seeds. */
export const depth: Sweep = {
  about: "Whether stacking BLSTM layers helps at an equal number of weights.",
  seeds: 5,
  experiments: (seeds) =>
    seeds.flatMap((seed) =>
      (Object.keys(depthCorpora) as DepthCorpus[]).flatMap((corpus) =>
        (Object.keys(depthModels) as DepthModel[])
          .map((model) => depthExperiment(model, corpus, seed))
      )
    ),
};
