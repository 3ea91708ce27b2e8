import { type Experiment, writeUpExperiment } from "lib/experiments/mod.ts";

/** A training of a second's fraction: few cells, small batches, few held-out sequences. */
export function smallExperiment(overrides: Partial<Experiment> = {}): Experiment {
  return {
    ...writeUpExperiment("blstm", 3, { iters: 12, hidden: 4, batch: 3 }),
    evaluations: [{ every: 5, sequences: 7, stream: 1000003 }],
    ...overrides,
  };
}

/** One to three of two words, "ab" and "ba": what a system learns to spell in a second or two. */
export function spelling(
  criterion: Experiment["criterion"],
  iters: number,
  change: Partial<Experiment> = {},
): Experiment {
  const { optimizer, ...rest } = writeUpExperiment("blstm", 0, { iters, hidden: 12, batch: 8 });
  return {
    ...rest,
    corpus: { kind: "words", words: ["ab", "ba"], wordsPerSequence: [1, 3] },
    criterion,
    optimizer: { ...optimizer, lr: 1e-2 },
    evaluations: [{ every: iters, sequences: 20, stream: 1 }],
    ...change,
  };
}
