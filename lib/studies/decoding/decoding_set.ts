import { type LanguageModel, type NgramModel, trainNgram } from "../../decoding/mod.ts";
import {
  beamDecoder,
  type Decode,
  type ReadableStore,
  readWeights,
} from "../../experiments/mod.ts";
import { requireForm, whole } from "../../form/mod.ts";
import { labelErrorRate } from "../../metrics/mod.ts";
import { type Matrix, RandomState, sequenceAt } from "../../numeric/mod.ts";
import { type Experiment, heldOutBatch, readModel, type TrainedModel } from "../../training/mod.ts";
import { dataSet } from "../../corpora/mod.ts";

/** What decoders are compared on: posteriors of held-out sequences, and what was said. */
export interface DecodingSet {
  /** One [T, K] matrix per sequence, nats. */
  readonly posteriors: readonly Matrix[];
  readonly targets: readonly (readonly number[])[];
  /** A trigram model of the corpus. */
  readonly lm: NgramModel;
}

/** How decoding is told apart from what comes before it: offsets of the seed. */
const LABELLINGS = 3_000_003;
const APART = 4_000_000;

/** What is decoded. */
export interface DecodingSetOptions {
  /** How many labellings the language model is trained on; defaults to 2000. */
  readonly labellings?: number;
  /**
   * Contrast of the chain that labels follow one another by, in what is decoded and for the language
   * model; defaults to the one that the network was trained with.
   */
  readonly contrast?: number;
  /** The language model of the same labels, where it is at hand; defaults to training it. */
  readonly lm?: NgramModel;
  /** Whether the sequences are others, to choose something on; defaults to false. */
  readonly apart?: boolean;
}

/**
 * What a model makes of held-out sequences, with a language model trained on other labellings of the
 * same corpus.
 *
 * @throws {RangeError} If a contrast is asked of a corpus without one.
 */
export function decodingSet(
  trained: TrainedModel,
  sequences: number,
  { labellings, contrast, lm, apart = false }: DecodingSetOptions = {},
): DecodingSet {
  const { experiment } = trained;
  const heard = contrast === undefined
    ? trained
    : { ...trained, data: corpusWith(contrast, experiment) };
  const seed = experiment.seed + (apart ? APART : 0);
  const { batch, logProbs } = heldOutBatch(heard, sequences, { seed });
  return {
    posteriors: batch.targets.map((_, b) => sequenceAt(logProbs, b)),
    targets: batch.targets,
    lm: lm ?? corpusTrigram(heard, labellings),
  };
}

/** The sounds of an experiment's corpus, labels by another chain. */
function corpusWith(contrast: number, { corpus, seed }: Experiment): TrainedModel["data"] {
  if (corpus.kind !== "phonemes") {
    throw new RangeError(
      `Cannot decode with another contrast as the corpus must be one of phonemes: current value ` +
        `is "${corpus.kind}"`,
    );
  }
  return dataSet({ ...corpus, phonotactics: contrast }, seed);
}

/**
 * The decoding sets of models of the sweep `decoding`.
 *
 * @param store The store of `results/`.
 * @param options.models The language models, where they are at hand; defaults to training them.
 * @throws {MissingRunError} If the weights of an experiment are not there.
 */
export async function decodingSets(
  store: Pick<ReadableStore, "within">,
  experiments: readonly Experiment[],
  sequences: number,
  { models, ...options }: Omit<DecodingSetOptions, "lm"> & { models?: readonly NgramModel[] } = {},
): Promise<DecodingSet[]> {
  const folder = store.within("decoding");
  const sets: DecodingSet[] = [];
  for (const experiment of experiments) {
    const bytes = await readWeights(folder, experiment, "sweep decoding");
    const lm = models?.[sets.length];
    sets.push(decodingSet(readModel(bytes), sequences, { ...options, lm }));
  }
  return sets;
}

/** A Kneser–Ney trigram model of a model's corpus, trained on labellings of a stream of its own. */
export function corpusTrigram(
  { data, experiment }: Pick<TrainedModel, "data" | "experiment">,
  labellings = 2000,
): NgramModel {
  const { targets } = data.train.batch(new RandomState(experiment.seed + LABELLINGS), labellings);
  return trainNgram(targets, { labels: data.labels, order: 3 });
}

/** The label error rate of a decoder on a set. */
export function decodingErrorRate({ posteriors, targets }: DecodingSet, decode: Decode): number {
  return labelErrorRate(posteriors.map((logProbs) => decode(logProbs)), targets);
}

/**
 * A language model that knows nothing and counts what it is asked: every prefix that a beam search
 * looks at is asked for once.
 *
 * @example
 * ```ts
 * import { countingModel } from "lib/studies/decoding/mod.ts";
 * import { prefixBeamSearch } from "lib/decoding/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { lm, count } = countingModel(3);
 * prefixBeamSearch(matrix(1, 3, Array(3).fill(-Math.log(3))), { beamWidth: 9, lm });
 * assertEquals(count(), 2); // [1] and [2]; the empty prefix is free
 * ```
 */
export function countingModel(labels: number): { lm: LanguageModel<null>; count: () => number } {
  requireForm<number>("Cannot count", whole({ min: 1 }), labels, "labels");
  let asked = 0;
  const next = () => {
    asked++;
    return { logProb: 0, state: null };
  };
  return { lm: { labels, start: () => null, next, end: () => 0 }, count: () => asked };
}

/** What one width of the beam gives on a set. */
export interface BeamErrors {
  readonly per: number;
  /** Prefixes looked at for each sequence, mean. */
  readonly prefixes: number;
}

/** Error rate and cost of prefix beam search at one width. */
export function beamErrors(set: DecodingSet, beamWidth: number): BeamErrors {
  if (set.posteriors.length === 0) {
    throw new RangeError("Cannot decode as the set must have at least one sequence");
  }
  const { lm, count } = countingModel(set.posteriors[0].cols);
  const per = decodingErrorRate(set, beamDecoder({ beamWidth, lm, lmWeight: 0 }));
  return { per, prefixes: count() / set.posteriors.length };
}
