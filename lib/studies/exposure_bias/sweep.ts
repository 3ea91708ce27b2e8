import type { Sweep } from "../../experiments/mod.ts";
import { type Experiment, streams } from "../../training/mod.ts";

/** How often a step of training is given a label of the model's own in place of the true one. */
export const shares = [0, 0.25, 1] as const;

/** One of {@linkcode shares}. */
export type Share = typeof shares[number];

/** Steps of a training, and from one evaluation to the next. */
export const ITERS = 1500, EVERY = 100;

/** Phones that are hard to hear, one after the other by a Markov chain: what was said last helps. */
export const corpus = {
  kind: "phonemes",
  phonesPerSequence: [4, 8],
  framesPerPhone: [3, 5],
  framesPerSilence: [1, 2],
  noise: 0.8,
  phonotactics: 3,
} as const;

/** One training of an attention encoder–decoder. */
export function experiment(share: Share, seed: number): Experiment {
  return {
    name: `exposure-bias-sampled${share}-seed${seed}`,
    seed,
    corpus,
    model: {
      kind: "layers",
      layers: [{ kind: "bidirectional", of: { kind: "lstm", hidden: 16 } }, { kind: "linear" }],
    },
    criterion: {
      kind: "attention",
      hidden: 32,
      embedding: 12,
      attention: { kind: "location", width: 16, reach: 8 },
      scheduledSampling: share,
    },
    optimizer: {
      ...{ lr: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
      schedule: { kind: "one-cycle" },
    },
    batch: 8,
    iters: ITERS,
    evaluations: [{ every: EVERY, sequences: 64, stream: streams.evaluation }],
  };
}

/** Every share at every seed. */
export const sweep: Sweep<{ share: Share; seed: number }> = {
  about: "What teacher forcing leaves to be learned, and whether scheduled sampling teaches it.",
  seeds: 5,
  file: "beyond-ctc",
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      shares.map((share) => ({
        key: { share, seed },
        experiment: experiment(share, seed),
        keepsWeights: true,
      }))
    ),
};
