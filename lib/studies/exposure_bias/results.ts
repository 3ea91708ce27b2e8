import type { LabelledBatch } from "../../corpora/mod.ts";
import { type ReadableStore, readSweep, readWeights, seedsOf } from "../../experiments/mod.ts";
import { RandomState } from "../../numeric/mod.ts";
import { readModel, type TrainedModel } from "../../training/mod.ts";
import { errorAfter } from "./forced.ts";
import { experiment, type Share, shares, sweep } from "./sweep.ts";

/** Labels that are dictated: the last of them true, or another. */
export const DICTATED = 2;

/** Held-out sequences, and the offset from the seed of the stream they and their mistakes come from. */
const SEQUENCES = 128, HELD_OUT = 6_000_000;

/** What came of one share of sampled labels; figures one per seed. */
export interface OfShare {
  /** [seeds][evaluations] label error rate on fresh sequences while it learns, and when that was */
  readonly curves: readonly (readonly { readonly iter: number; readonly per: number }[])[];
  /** Label error rate after two true labels. */
  readonly afterTruth: readonly number[];
  /** Label error rate after a true label and a mistake. */
  readonly afterMistake: readonly number[];
}

/** By share of sampled labels, in the order of {@linkcode shares}. */
export type Results = readonly OfShare[];

/**
 * Reads the study's runs and models from the store of `results/`, and forces mistakes on them.
 *
 * @throws {MissingRunError} If a run or its weights are not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const runs = await readSweep(store, "exposure-bias", sweep);
  return await Promise.all(shares.map(async (share) => {
    const models = await modelsOf(store, share);
    const forced = models.map(forcedErrors);
    return {
      curves: runs.filter(({ key }) => key.share === share)
        .map(({ run }) => run.rows.map(({ iter, per }) => ({ iter, per }))),
      afterTruth: forced.map(({ afterTruth }) => afterTruth),
      afterMistake: forced.map(({ afterMistake }) => afterMistake),
    };
  }));
}

/** The models of one share, seed by seed. */
async function modelsOf(store: ReadableStore, share: Share): Promise<TrainedModel[]> {
  const place = store.within("beyond-ctc");
  return await Promise.all(
    seedsOf(sweep).map(async (seed) =>
      readModel(await readWeights(place, experiment(share, seed), "sweep exposure-bias"))
    ),
  );
}

/** Held-out sequences with two beginnings each: the true one, and one whose last label is another. */
export function beginnings(
  { data, experiment: { seed } }: Pick<TrainedModel, "data" | "experiment">,
): {
  readonly batch: LabelledBatch;
  readonly right: readonly (readonly number[])[];
  readonly wrong: readonly (readonly number[])[];
} {
  const rng = new RandomState(seed + HELD_OUT), K = data.labels;
  const batch = data.test.batch(rng, SEQUENCES);
  const right = batch.targets.map((target) => target.slice(0, DICTATED));
  const wrong = right.map((labels) => {
    const last = labels[DICTATED - 1];
    return labels.with(DICTATED - 1, 1 + (last - 1 + rng.randint(1, K - 1)) % (K - 1));
  });
  return { batch, right, wrong };
}

function forcedErrors(model: TrainedModel) {
  const { batch, right, wrong } = beginnings(model);
  return {
    afterTruth: errorAfter(model, batch, right),
    afterMistake: errorAfter(model, batch, wrong),
  };
}
