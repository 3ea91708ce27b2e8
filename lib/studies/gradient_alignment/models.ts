import { type ReadableStore, readWeights, writeUpExperiment } from "../../experiments/mod.ts";
import {
  type EvaluatedBatch,
  heldOutBatch,
  readModel,
  type TrainedModel,
} from "../../training/mod.ts";
import { experiment, type Method } from "../balancing_blank/sweep.ts";

/** Models of one kind: how many there are, and where their weights lie. */
interface Models {
  readonly seeds: number;
  readonly weights: (store: ReadableStore, seed: number) => Promise<Uint8Array>;
}

/** The models that are aligned with, none of them trained for this. */
export const conditions = {
  "words, baseline": words("baseline"),
  "words, separated blank": words("separated blank"),
  "words, normalised": words("normalised, batch"),
  "phones": {
    seeds: 5,
    weights: (store, seed) =>
      readWeights(store.within("write-up"), writeUpExperiment("blstm", seed, { fineEvery: 10 })),
  },
} satisfies Readonly<Record<string, Models>>;

/** One of {@linkcode conditions}. */
export type Condition = keyof typeof conditions;

/** Their names, in order. */
export const conditionNames = Object.keys(conditions) as Condition[];

/** Fresh sequences that each model aligns. */
export const SEQUENCES = 6;

/** A model, and sequences that it never saw. */
export interface EvaluatedModel {
  readonly trained: TrainedModel;
  readonly evaluated: EvaluatedBatch;
}

/**
 * Reads a model, and draws the sequences that it aligns.
 *
 * @param store The store of `results/`.
 * @throws {MissingRunError} If its weights are not there.
 */
export async function modelOf(
  store: ReadableStore,
  condition: Condition,
  seed: number,
): Promise<EvaluatedModel> {
  const trained = readModel(await conditions[condition].weights(store, seed));
  return { trained, evaluated: heldOutBatch(trained, SEQUENCES) };
}

/** The noisy words of notebook 17, ten seeds. */
function words(method: Method): Models {
  return {
    seeds: 10,
    weights: (store, seed) =>
      readWeights(store.within("blank-balance"), experiment(method, seed), "sweep blank-balance"),
  };
}
