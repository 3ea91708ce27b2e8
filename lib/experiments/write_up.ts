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
 * One training of the write-up: BLSTM or LSTM with CTC on the synthetic phoneme corpus.
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

/** The figures that the write-up prints, to stand beside ours. */
export const writeUpFigures = {
  /** Iterations to PER <= 0.05 on a grid of 100, seeds 0 … 4. */
  iterationsToSolve: {
    blstm: [300, 300, 300, 300, 300],
    lstm: [600, 600, 500, 600, 500],
  },
  /** PER after 1500 iterations, seeds 0 … 4, to three places. */
  finalPer: {
    blstm: [0, 0, 0, 0, 0],
    lstm: [0, 0, 0, 0, 0],
  },
  /** PER at seed 0 at iterations 100, 200, … 700, to three places. */
  perByIteration: {
    blstm: [1.000, 0.273, 0.000, 0.000, 0.000, 0.000, 0.000],
    lstm: [1.000, 1.000, 1.000, 0.366, 0.056, 0.009, 0.000],
  },
  /** How much sooner BLSTM solves the corpus, mean over seeds. */
  speedup: 1.87,
  /** Milliseconds per step of the write-up's NumPy code on the reference machine. */
  millisecondsPerStep: 105,
} as const;
