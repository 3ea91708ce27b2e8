import { type Experiment, type FullSumCriterion, streams } from "../../training/mod.ts";

/** The plain gradient, the normalised one with the paper's clamps of 0.5 and 1.1, and without. */
export const methods = {
  "plain": {},
  "normalised": { normalizedGradient: {} },
  "without clamps": { normalizedGradient: { minimum: 0, maximum: 1e9 } },
} as const satisfies Readonly<Record<string, Pick<FullSumCriterion, "normalizedGradient">>>;

/** One of {@linkcode methods}. */
export type Method = keyof typeof methods;

/** Where training starts, W = c · 1, and where blank may stand. */
export const cases = {
  "CTC, c = 1": { topology: "ctc", scale: 1 },
  "CTC, c = 2": { topology: "ctc", scale: 2 },
  "HMM, c = 1": { topology: "hmm", scale: 1 },
} as const;

/** One of {@linkcode cases}. */
export type Case = keyof typeof cases;

/** Steps of every training. */
export const ITERS = 200;
/** Seeds of every training. */
export const SEEDS = 10;

/** A training that starts at W = `scale` · 1, b = 0, on the corpus of the paper's Table 10. */
export function experiment(
  { scale, topology }: { readonly scale: number; readonly topology: "ctc" | "hmm" },
  method: Method,
  seed: number,
): Experiment {
  return {
    name: `perfect-${topology}-${scale}-${method}-seed${seed}`,
    seed,
    corpus: {
      kind: "words",
      wordsPerSequence: [1, 1],
      framesPerLetter: [10, 10],
      silenceFactor: [1, 1],
    },
    model: { kind: "ffnn", init: { kind: "identity", scale } },
    criterion: { kind: "full-sum", topology, ...methods[method] },
    optimizer: { lr: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 10,
    iters: ITERS,
    evaluations: [{ every: 20, sequences: 20, stream: streams.evaluation, alignment: {} }],
  };
}
