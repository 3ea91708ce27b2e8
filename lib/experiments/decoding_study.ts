import {
  greedyDecode,
  type LanguageModel,
  type NgramModel,
  perplexity,
  prefixBeamSearch,
  type PrefixBeamSearchOptions,
  trainNgram,
} from "../decoding/mod.ts";
import { requireForm, whole } from "../form/mod.ts";
import { labelErrorRate } from "../metrics/mod.ts";
import { type Matrix, RandomState, sequenceAt } from "../numeric/mod.ts";
import {
  buildCorpus,
  type Experiment,
  heldOutBatch,
  readModel,
  type TrainedModel,
} from "../training/mod.ts";
import { readWeights } from "./read_runs.ts";
import type { RunStore } from "./store.ts";
import { decodingContrasts, decodingExperiment, fusionSeeds } from "./sweeps/mod.ts";

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
    : { ...trained, corpus: corpusWith(contrast, experiment) };
  const seed = experiment.seed + (apart ? APART : 0);
  const { batch, logProbs } = heldOutBatch(heard, sequences, { seed });
  return {
    posteriors: batch.targets.map((_, b) => sequenceAt(logProbs, b)),
    targets: batch.targets,
    lm: lm ?? corpusTrigram(heard, labellings),
  };
}

/** The sounds of an experiment's corpus, labels by another chain. */
function corpusWith(contrast: number, { corpus, seed }: Experiment): TrainedModel["corpus"] {
  if (corpus.kind !== "phonemes") {
    throw new RangeError(
      `Cannot decode with another contrast as the corpus must be one of phonemes: it is ` +
        `"${corpus.kind}"`,
    );
  }
  return buildCorpus({ ...corpus, phonotactics: contrast }, seed);
}

/**
 * The decoding sets of the sweep `decoding`'s models.
 *
 * @param store The store of `results/`.
 * @param options.models The language models, where they are at hand; defaults to training them.
 * @throws {MissingRunError} If the weights of an experiment are not there.
 */
export async function decodingSets(
  store: Pick<RunStore, "within">,
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
  { corpus, experiment }: Pick<TrainedModel, "corpus" | "experiment">,
  labellings = 2000,
): NgramModel {
  const { targets } = corpus.batch(new RandomState(experiment.seed + LABELLINGS), labellings);
  return trainNgram(targets, { labels: corpus.labels, order: 3 });
}

/** A decoder: the labelling of one posterior. */
export type Decode = (logProbs: Matrix) => readonly number[];

/** The label error rate of a decoder on a set. */
export function decodingErrorRate({ posteriors, targets }: DecodingSet, decode: Decode): number {
  return labelErrorRate(posteriors.map(decode), targets);
}

/** Prefix beam search as a decoder: the best labelling of the last beam. */
export function beamDecoder(options: PrefixBeamSearchOptions): Decode {
  return (logProbs) => prefixBeamSearch(logProbs, options)[0]?.labels ?? [];
}

/** Greedy decoding as a decoder. */
export const greedyDecoder: Decode = (logProbs) => greedyDecode(logProbs);

/**
 * The label error rate of shallow fusion over a grid, together for several sets.
 *
 * @returns [bonuses][weights]
 */
export function fusionErrors(
  sets: readonly DecodingSet[],
  weights: readonly number[],
  bonuses: readonly number[],
  beamWidth: number,
): number[][] {
  if (sets.length === 0) throw new RangeError("Cannot decode as there must be at least one set");
  const targets = sets.flatMap((set) => set.targets);
  return bonuses.map((insertionBonus) =>
    weights.map((lmWeight) => {
      const decoded = sets.flatMap(({ posteriors, lm }) =>
        posteriors.map(beamDecoder({ beamWidth, lm, lmWeight, insertionBonus }))
      );
      return labelErrorRate(decoded, targets);
    })
  );
}

/**
 * A language model that knows nothing and counts what it is asked: every prefix that a beam search
 * looks at is asked for once.
 *
 * @example
 * ```ts
 * import { countingModel } from "lib/experiments/mod.ts";
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

/** The weights and bonuses that shallow fusion is tried with. */
export const fusionWeights: readonly number[] = [0, 0.25, 0.5, 0.75, 1, 1.5];
export const fusionBonuses: readonly number[] = [0, 0.5, 1, 1.5, 2, 3];

/** Weight and bonus of shallow fusion. */
export interface Fusion {
  readonly lmWeight: number;
  readonly insertionBonus: number;
}

/** The pair of {@link fusionWeights} and {@link fusionBonuses} with the least error, see {@link fusionErrors}. */
export function bestFusion(per: readonly (readonly number[])[]): Fusion {
  const misses = fusionBonuses.length !== per.length ||
    per.some((row) => row.length !== fusionWeights.length || row.some((rate) => !(rate >= 0)));
  if (misses) {
    throw new RangeError(
      `Cannot choose a fusion as there must be a rate >= 0 for each of ${fusionBonuses.length} ` +
        `bonuses and ${fusionWeights.length} weights: they are ${JSON.stringify(per)}`,
    );
  }
  const flat = per.flat(), at = flat.indexOf(Math.min(...flat)), columns = per[0].length;
  return {
    lmWeight: fusionWeights[at % columns],
    insertionBonus: fusionBonuses[Math.floor(at / columns)],
  };
}

/** What a language model is worth to a network, seed by seed. */
export interface FusionGain extends Fusion {
  /** Of the language model on what was said. */
  readonly perplexity: readonly number[];
  /** Label error rate of the beam without it, and with it. */
  readonly alone: readonly number[];
  readonly fused: readonly number[];
}

/**
 * Error rates with and without the language model.
 *
 * @param tuning What weight and bonus are chosen on, with half the width.
 * @param reported What the rates are measured on.
 */
export function fusionGain(
  tuning: readonly DecodingSet[],
  reported: readonly DecodingSet[],
  beamWidth: number,
): FusionGain {
  const fusion = bestFusion(
    fusionErrors(tuning, fusionWeights, fusionBonuses, Math.ceil(beamWidth / 2)),
  );
  return {
    ...fusion,
    perplexity: reported.map(({ lm, targets }) => perplexity(lm, targets)),
    alone: reported.map((set) => decodingErrorRate(set, beamDecoder({ beamWidth }))),
    fused: reported.map((set) =>
      decodingErrorRate(set, beamDecoder({ beamWidth, lm: set.lm, ...fusion }))
    ),
  };
}

/** The gain at one contrast of the chain. */
export interface ContrastGain extends FusionGain {
  readonly contrast: number;
}

/** What a language model is worth by how sharp the chain is, the sharpest first. */
export interface FusionStudy {
  /** To networks trained on the chain. */
  readonly heard: readonly ContrastGain[];
  /** To networks trained on labels drawn blindly. */
  readonly blind: readonly ContrastGain[];
}

/**
 * The gain of the language model over all contrasts of the chain, {@link decodingContrasts}: weight
 * and bonus chosen at {@link fusionSeeds} for each, 32 sequences a seed, and the rates at `seeds`.
 *
 * @param store The store of `results/`.
 * @param sequences Held out, at each of the seeds that is reported.
 * @throws {MissingRunError} If the weights of an experiment are not there.
 */
export async function fusionStudy(
  store: Pick<RunStore, "within">,
  seeds: readonly number[],
  sequences: number,
  beamWidth: number,
): Promise<FusionStudy> {
  const heard: ContrastGain[] = [], blind: ContrastGain[] = [];
  for (const contrast of decodingContrasts.toReversed()) {
    // Both networks are asked for the same labels, so that they share their language models.
    const both = async (seeds: readonly number[], sequences: number) => {
      const trainedOn = (contrast: number) =>
        seeds.map((seed) => decodingExperiment(seed, { contrast }));
      const sets = await decodingSets(store, trainedOn(contrast), sequences);
      const models = sets.map(({ lm }) => lm);
      const others = await decodingSets(store, trainedOn(0), sequences, { contrast, models });
      return [sets, others];
    };
    const [tuning, reported] = [await both(fusionSeeds, 32), await both(seeds, sequences)];
    heard.push({ contrast, ...fusionGain(tuning[0], reported[0], beamWidth) });
    blind.push({ contrast, ...fusionGain(tuning[1], reported[1], beamWidth) });
  }
  return { heard, blind };
}

/** The widths that the beam is tried with. */
export const beamWidths: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

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
