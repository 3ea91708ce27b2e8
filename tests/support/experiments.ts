import { type Experiment, writeUpExperiment } from "lib/experiments/mod.ts";

/** A training of a second's fraction: few cells, small batches, few held-out sequences. */
export function smallExperiment(overrides: Partial<Experiment> = {}): Experiment {
  return {
    ...writeUpExperiment("blstm", 3, { iters: 12, hidden: 4, batch: 3 }),
    evaluations: [{ every: 5, sequences: 7, stream: 1000003 }],
    ...overrides,
  };
}
