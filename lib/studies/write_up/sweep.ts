import { type Sweep, writeUpExperiment } from "../../experiments/mod.ts";
import type { Experiment, ModelOptions } from "../../training/mod.ts";

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
