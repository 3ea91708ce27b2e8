import type { Sweep } from "../../experiments/mod.ts";
import { type Experiment, type ModelOptions, streams } from "../../training/mod.ts";

/** The models that the write-up compares, in its order. */
export const kinds = ["blstm", "lstm"] as const;
/** One of {@linkcode kinds}. */
export type Kind = typeof kinds[number];

/** The write-up's grid of evaluations, in steps. */
export const COARSE = 100;
/** Our second grid, on an evaluation stream of its own. */
export const FINE = 10;
/** Steps of every headline training. */
export const ITERS = 1500;

/** What a person may change about a training of the write-up. */
export interface WriteUpOverrides {
  /** Number of steps; defaults to 1500. */
  iters?: number;
  /** Cells per direction; defaults to 24. */
  hidden?: number;
  /** Sequences per step; defaults to 16. */
  batch?: number;
  /** Learning rate; defaults to 3e-3. */
  lr?: number;
  /** Steps between evaluations; defaults to 100. */
  evalEvery?: number;
  /** Steps between evaluations on a second stream; defaults to none. */
  fineEvery?: number;
}

/**
 * One training of the write-up: BLSTM or LSTM with CTC on the synthetic phoneme corpus.
 *
 * Source: the write-up timit-blstm-ctc, "Hyperparameters".
 */
export function writeUpExperiment(
  kind: ModelOptions["kind"],
  seed: number,
  overrides: WriteUpOverrides = {},
): Experiment & { readonly model: ModelOptions } {
  const { iters = ITERS, hidden = 24, batch = 16, lr = 3e-3, evalEvery = COARSE, fineEvery } =
    overrides;
  const sequences = 64;
  const fine = fineEvery === undefined
    ? []
    : [{ every: fineEvery, sequences, stream: streams.fineEvaluation }];
  return {
    name: `write-up-${kind}-seed${seed}`,
    seed,
    corpus: { kind: "phonemes" },
    model: { kind, hidden },
    criterion: { kind: "ctc" },
    optimizer: { lr, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch,
    iters,
    evaluations: [{ every: evalEvery, sequences, stream: streams.evaluation }, ...fine],
  };
}

/** A training of the headline, as `deno task reproduce` runs it. */
export function headlineExperiment(
  kind: Kind,
  seed: number,
  iters: number = ITERS,
): Experiment & { readonly model: ModelOptions } {
  return writeUpExperiment(kind, seed, { iters, fineEvery: FINE });
}

/** The ten trainings of the headline; `deno task reproduce` runs them, and keeps them in `results/write-up.json`. */
export const sweep: Sweep<{ kind: Kind; seed: number }> = {
  about: "How soon BLSTM and LSTM with CTC learn the write-up's corpus.",
  seeds: 5,
  entries: (seeds) =>
    kinds.flatMap((kind) =>
      seeds.map((seed) => ({
        key: { kind, seed },
        experiment: headlineExperiment(kind, seed),
        keepsWeights: true,
      }))
    ),
};
