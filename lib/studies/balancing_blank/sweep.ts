import type { Sweep } from "../../experiments/mod.ts";
import {
  type Experiment,
  type FullSumCriterion,
  type ModelOptions,
  streams,
} from "../../training/mod.ts";

/**
 * The methods of Tables 3 and 4 of the alignment paper, against the weight of blank in training; and
 * two controls that are not in the paper. Before training, blank has a probability of 1/11 in a
 * softmax over eleven labels, and of 1/2 where it is separated; each control starts from the other's.
 */
export const methods = {
  baseline: {},
  "blank from 1/2": { blankBias: Math.log(10) },
  "normalised, batch": { normalizedGradient: { over: "batch" } },
  "normalised, batch, from 0.1": { normalizedGradient: { over: "batch", minimum: 0.1 } },
  "normalised, sequence": { normalizedGradient: { over: "sequence" } },
  "separated blank": { separatedBlank: true },
  "separated, blank from 1/11": { separatedBlank: true, blankBias: -Math.log(10) },
  "separated, normalised": { separatedBlank: true, normalizedGradient: { over: "batch" } },
} as const satisfies Readonly<Record<string, Balance>>;

/** What a method changes of the baseline. */
type Balance =
  & Pick<FullSumCriterion, "normalizedGradient" | "separatedBlank">
  & Pick<ModelOptions, "blankBias">;

/** One of {@linkcode methods}. */
export type Method = keyof typeof methods;

/** Steps of every training. */
export const ITERS = 600;
/** Steps between evaluations under way. */
export const EVERY = 25;
/** Both against blank, as in the paper; of a small grid on seed 100, which nothing is reported of. */
const AGAINST_BLANK = { blankShift: -2, priorScale: 0.5 };

/**
 * BLSTM with CTC on noisy words. It is measured every 25 steps, and aligned at the end twice, on the
 * same sequences: as it is, and with the blank penalised and the posterior divided by the prior.
 * Learning rate, noise and number of steps were chosen for the baseline on seed 100.
 */
export function experiment(method: Method, seed: number): Experiment {
  const { blankBias, ...balance }: Balance = methods[method];
  const atTheEnd = { every: ITERS, sequences: 128, stream: streams.fineEvaluation };
  return {
    name: `blank-balance-${method.replace(/[ ,./]+/g, "-")}-seed${seed}`,
    seed,
    corpus: { kind: "words", framesPerLetter: [2, 4], silenceFactor: [0.3, 1], noise: 0.3 },
    model: { kind: "blstm", hidden: 20, ...blankBias !== undefined && { blankBias } },
    criterion: { kind: "full-sum", ...balance },
    optimizer: { lr: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 16,
    iters: ITERS,
    evaluations: [
      { every: EVERY, sequences: 32, stream: streams.evaluation },
      { ...atTheEnd, alignment: {} },
      { ...atTheEnd, alignment: AGAINST_BLANK },
    ],
  };
}

/** The methods whose models notebook 19 aligns by their gradients. */
const aligned: readonly Method[] = ["baseline", "separated blank", "normalised, batch"];

/** Every method at every seed. */
export const sweep: Sweep<{ method: Method; seed: number }> = {
  about: "Whether normalised gradients or a blank of its own help CTC to learn or to align.",
  seeds: 10,
  entries: (seeds) =>
    seeds.flatMap((seed) =>
      (Object.keys(methods) as Method[]).map((method) => ({
        key: { method, seed },
        experiment: experiment(method, seed),
        keepsWeights: aligned.includes(method),
      }))
    ),
};
