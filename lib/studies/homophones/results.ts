import { type HomophoneCorpus, homophoneCorpus, type LabelledBatch } from "../../corpora/mod.ts";
import { type NgramModel, trainNgram } from "../../decoding/mod.ts";
import {
  type KeyedRun,
  type ReadableStore,
  readSweep,
  readWeights,
  seedsOf,
} from "../../experiments/mod.ts";
import { labelErrorRate } from "../../metrics/mod.ts";
import { mean, RandomState } from "../../numeric/mod.ts";
import type { DecodeOptions } from "../../systems/mod.ts";
import { readModel, streams, type TrainedModel } from "../../training/mod.ts";
import { type Floors, floorsOf, independentAgreement } from "./floors.ts";
import { corpus, experiment, sweep, type SystemName, systemNames } from "./sweep.ts";

/** Words of the texts without article whose spellings are asked for one by one. */
export const lengths: readonly number[] = [2, 3, 4, 5];

/** The systems that hear the whole text, of which probabilities are asked. */
export const listeners = ["ctc, the text", "transducer, the text", "attention, the text"] as const;

/** One of {@linkcode listeners}. */
export type Listener = typeof listeners[number];

/** Width of the beam, held-out texts for beam and cross entropy, and texts of each length. */
const WIDTH = 4, HELD_OUT = 128, OF_EACH_LENGTH = 4;
/** Offsets from a training's seed: what the language model reads, and texts of one length. */
const READ = 3_000_003, ONE_LENGTH = 5_000_000;

/** Figures one per seed; rates are shares of labels. */
export interface Results {
  readonly floors: Floors;
  /** Label error rate of greedy decoding after the last step. */
  readonly errors: Readonly<Record<SystemName, readonly number[]>>;
  /** Label error rate of "ctc, one word" on fewer texts: alone, and searched with a bigram model. */
  readonly search: { readonly alone: readonly number[]; readonly fused: readonly number[] };
  /** Cross entropy of the right spelling, bits per text. */
  readonly bits: Readonly<Record<Listener, readonly number[]>>;
  /** [lengths][seeds] probability of the two spellings that agree, for texts without article. */
  readonly agreement: Readonly<Record<Listener, readonly (readonly number[])[]>>;
  /** The same, if words are spelt independently. */
  readonly independent: readonly number[];
}

/**
 * Reads the study's results from the store of `results/`, and asks its models for probabilities.
 *
 * @throws {MissingRunError} If a run or its weights are not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const models = async (system: SystemName) =>
    await Promise.all(
      seedsOf(sweep).map(async (seed) => {
        const place = store.within("beyond-ctc");
        return readModel(await readWeights(place, experiment(system, seed), "sweep homophones"));
      }),
    );
  const ofListeners = async <T>(of: (models: TrainedModel[]) => T) =>
    Object.fromEntries(
      await Promise.all(listeners.map(async (name) => [name, of(await models(name))])),
    ) as Record<Listener, T>;
  const homophones = homophoneCorpus(withoutKind), deaf = await models("ctc, one word");
  return {
    floors: floorsOf(homophones),
    errors: errorsOf(await readSweep(store, "homophones", sweep)),
    search: {
      alone: deaf.map((model) => errorRate(model)),
      fused: deaf.map((model, seed) =>
        errorRate(model, { beamWidth: WIDTH, lm: bigram(homophones, seed) })
      ),
    },
    bits: await ofListeners((models) => models.map(bitsPerText)),
    agreement: await ofListeners((models) =>
      lengths.map((n) => models.map((model) => agreementOf(model, n)))
    ),
    independent: lengths.map((n) => independentAgreement(corpus.plural, n)),
  };
}

const { kind: _, ...withoutKind } = corpus;

/** The last evaluation of every training, by system and seed. */
export function errorsOf(
  runs: readonly KeyedRun<{ system: SystemName; seed: number }>[],
): Results["errors"] {
  return Object.fromEntries(
    systemNames.map((name) => [
      name,
      runs.filter(({ key }) => key.system === name).map(({ run }) => run.rows.at(-1)!.per),
    ]),
  ) as unknown as Results["errors"];
}

/** A bigram model of texts that are read, not heard. */
export function bigram({ batch, labels, names: words }: HomophoneCorpus, seed: number): NgramModel {
  const { targets } = batch(new RandomState(seed + READ), 2000);
  return trainNgram(targets, { labels, order: 2, words });
}

function heldOut({ data, experiment }: TrainedModel): LabelledBatch {
  return data.test.batch(new RandomState(experiment.seed + streams.evaluation), HELD_OUT);
}

/** With a language model its weight is 1 and there is no bonus: log p(labels | x) + log p(labels). */
function errorRate(model: TrainedModel, options?: DecodeOptions): number {
  const { x, targets } = heldOut(model), { system, params } = model;
  const { sequences } = system.decode(params, x, options);
  return labelErrorRate(sequences.map(({ labels }) => labels), targets);
}

function bitsPerText(model: TrainedModel): number {
  return model.system.gradients(model.params, heldOut(model)).loss / Math.LN2;
}

/** The probability of both spellings that agree, mean over texts of n words without article. */
function agreementOf({ system, params, experiment }: TrainedModel, n: number): number {
  const texts = homophoneCorpus({ ...withoutKind, article: 0, wordsPerText: [n, n] });
  const rng = new RandomState(experiment.seed + ONE_LENGTH + n);
  return mean(Array.from({ length: OF_EACH_LENGTH }, () => {
    const { x, targets: [target] } = texts.batch(rng, 1);
    return [1, 0].reduce((sum, plural) => {
      const spelt = target.map((label) => label - (label + 1) % 2 + plural);
      return sum + Math.exp(-system.gradients(params, { x, targets: [spelt] }).loss);
    }, 0);
  }));
}
