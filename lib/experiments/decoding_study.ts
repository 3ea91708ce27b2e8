import {
  greedyDecode,
  type LanguageModel,
  type NgramModel,
  prefixBeamSearch,
  type PrefixBeamSearchOptions,
  trainNgram,
} from "../decoding/mod.ts";
import { labelErrorRate } from "../metrics/mod.ts";
import { type Matrix, RandomState, sequenceAt } from "../numeric/mod.ts";
import { type Experiment, heldOutBatch, readModel, type TrainedModel } from "../training/mod.ts";
import { MissingRunError } from "./read_runs.ts";
import type { RunStore } from "./store.ts";

/** What decoders are compared on: posteriors of held-out sequences, and what was said. */
export interface DecodingSet {
  /** One [T, K] matrix per sequence, nats. */
  readonly posteriors: readonly Matrix[];
  readonly targets: readonly (readonly number[])[];
  /** A trigram model of the corpus. */
  readonly lm: NgramModel;
}

/** How decoding is told apart from what comes before it: an offset of the seed. */
const LABELLINGS = 3_000_003;

/**
 * What a model makes of held-out sequences, with a language model trained on other labellings of the
 * same corpus.
 *
 * @param options.labellings How many the language model is trained on; defaults to 2000.
 */
export function decodingSet(
  trained: TrainedModel,
  sequences: number,
  options: { labellings?: number } = {},
): DecodingSet {
  const { batch, logProbs } = heldOutBatch(trained, sequences);
  return {
    posteriors: batch.targets.map((_, b) => sequenceAt(logProbs, b)),
    targets: batch.targets,
    lm: corpusTrigram(trained, options.labellings),
  };
}

/**
 * The decoding sets of the sweep `decoding`'s models.
 *
 * @param store The store of `results/`.
 * @throws {MissingRunError} If the weights of an experiment are not there.
 */
export async function decodingSets(
  store: Pick<RunStore, "within">,
  experiments: readonly Experiment[],
  sequences: number,
): Promise<DecodingSet[]> {
  const folder = store.within("decoding");
  const sets: DecodingSet[] = [];
  for (const experiment of experiments) {
    const bytes = await folder.readWeights(experiment);
    if (bytes === undefined) throw new MissingRunError(experiment, "sweep decoding");
    sets.push(decodingSet(readModel(bytes), sequences));
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
  const { lm, count } = countingModel(set.posteriors[0].cols);
  const per = decodingErrorRate(set, beamDecoder({ beamWidth, lm, lmWeight: 0 }));
  return { per, prefixes: count() / set.posteriors.length };
}
