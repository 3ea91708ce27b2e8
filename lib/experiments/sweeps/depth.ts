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

/** The two corpora of the depth comparison: the write-up's, and the hardest that one layer solves. */
export const depthCorpora = {
  base: smallestScale,
  hard: { ...smallestScale, phonemes: 24, cluster: 4 },
} as const satisfies Record<string, Scale>;

/** One training of the depth comparison: CTC, ended when solved. */
export function depthExperiment(
  model: DepthModel,
  corpus: keyof typeof depthCorpora,
  seed: number,
): Experiment {
  const { phonemes, cluster, phones } = depthCorpora[corpus];
  return {
    name: `depth-${corpus}-${model.replaceAll(" ", "-")}-seed${seed}`,
    seed,
    corpus: { kind: "phonemes", phonemes, cluster, phonesPerSequence: phones },
    model: depthModels[model],
    criterion: { kind: "ctc" },
    optimizer: { lr: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 16,
    iters: 2000,
    stopAtPer: 0.05,
    evaluations: [{ every: 20, sequences: 64, stream: streams.evaluation }],
  };
}

/** Four networks of equal size on two corpora, at five seeds. */
export const depth: Sweep = {
  about: "Whether stacking BLSTM layers helps at an equal number of weights.",
  seeds: 5,
  experiments: (seeds) =>
    seeds.flatMap((seed) =>
      (["base", "hard"] as const).flatMap((corpus) =>
        (Object.keys(depthModels) as DepthModel[])
          .map((model) => depthExperiment(model, corpus, seed))
      )
    ),
};
