import { type Experiment, type ModelOptions, streams } from "../training/mod.ts";

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
 * One training of the write-up: BLSTM or LSTM with CTC on the synthetic phoneme corpus. It is the
 * experiment that studies and explorers vary.
 *
 * @param kind The model, BLSTM or LSTM.
 * @param seed Seed of the corpus and of all streams.
 *
 * @example
 * ```ts
 * import { writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = writeUpExperiment("lstm", 3, { hidden: 8 });
 * assertEquals(experiment.model, { kind: "lstm", hidden: 8 });
 * assertEquals([experiment.seed, experiment.iters], [3, 1500]);
 * ```
 *
 * Source: the write-up timit-blstm-ctc, "Hyperparameters".
 */
export function writeUpExperiment(
  kind: ModelOptions["kind"],
  seed: number,
  overrides: WriteUpOverrides = {},
): Experiment & { readonly model: ModelOptions } {
  const { iters = 1500, hidden = 24, batch = 16, lr = 3e-3, evalEvery = 100, fineEvery } =
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
