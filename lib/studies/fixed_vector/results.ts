import { dataSet, type LabelledBatch } from "../../corpora/mod.ts";
import { type ReadableStore, readWeights, seedsOf } from "../../experiments/mod.ts";
import { labelErrorRate } from "../../metrics/mod.ts";
import { RandomState } from "../../numeric/mod.ts";
import { readModel, type TrainedModel } from "../../training/mod.ts";
import { corpus, experiment, type Reader, sweep } from "./sweep.ts";

/** Phones of the sequences that are tested. */
export const lengths: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** The decoders that are compared here. */
export const decoders = ["fixed vector", "additive", "location"] as const;

/** One of {@linkcode decoders}. */
export type Decoder = typeof decoders[number];

/** Held-out sequences of each length, and the offset from the seed of the stream they come from. */
const SEQUENCES = 64, ONE_LENGTH = 5_000_000;

/** [lengths][seeds] label error rate of greedy decoding. */
export type Results = Readonly<Record<Decoder, readonly (readonly number[])[]>>;

/**
 * Reads the study's models from the store of `results/`, and tests each at every length.
 *
 * @throws {MissingRunError} If weights are not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return Object.fromEntries(
    await Promise.all(decoders.map(async (reader) => {
      const models = await modelsOf(store, reader);
      return [reader, lengths.map((n) => models.map((model) => errorAt(model, n)))];
    })),
  ) as unknown as Results;
}

/** The models of one reader, seed by seed. */
export async function modelsOf(store: ReadableStore, reader: Reader): Promise<TrainedModel[]> {
  const place = store.within("beyond-ctc");
  return await Promise.all(
    seedsOf(sweep).map(async (seed) =>
      readModel(await readWeights(place, experiment(reader, seed), "sweep lengths"))
    ),
  );
}

/** Held-out sequences of n phones each, of the corpus that a model was trained on. */
export function sequencesOf(
  { experiment: { seed } }: Pick<TrainedModel, "experiment">,
  n: number,
  sequences: number,
): LabelledBatch {
  const { test } = dataSet({ ...corpus, phonesPerSequence: [n, n] }, seed);
  return test.batch(new RandomState(seed + ONE_LENGTH + n), sequences);
}

function errorAt(model: TrainedModel, n: number): number {
  const { x, targets } = sequencesOf(model, n, SEQUENCES);
  const { sequences } = model.system.decode(model.params, x);
  return labelErrorRate(sequences.map(({ labels }) => labels), targets);
}
