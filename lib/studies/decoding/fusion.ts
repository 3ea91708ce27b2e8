import { perplexity } from "../../decoding/mod.ts";
import { beamDecoder } from "../../experiments/mod.ts";
import { labelErrorRate } from "../../metrics/mod.ts";
import { decodingErrorRate, type DecodingSet } from "./decoding_set.ts";

/** The weights α and bonuses β that shallow fusion is tried with. */
export const fusionWeights: readonly number[] = [0, 0.25, 0.5, 0.75, 1, 1.5];
export const fusionBonuses: readonly number[] = [0, 0.5, 1, 1.5, 2, 3];

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

/** Weight and bonus of shallow fusion. */
export interface Fusion {
  readonly lmWeight: number;
  readonly insertionBonus: number;
}

/** The pair of weight and bonus with the least error, see {@linkcode fusionErrors}. */
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
  /** [β][α] label error rate where weight and bonus were chosen. */
  readonly grid: readonly (readonly number[])[];
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
  const grid = fusionErrors(tuning, fusionWeights, fusionBonuses, Math.ceil(beamWidth / 2));
  const fusion = bestFusion(grid);
  return {
    ...fusion,
    grid,
    perplexity: reported.map(({ lm, targets }) => perplexity(lm, targets)),
    alone: reported.map((set) => decodingErrorRate(set, beamDecoder({ beamWidth }))),
    fused: reported.map((set) =>
      decodingErrorRate(set, beamDecoder({ beamWidth, lm: set.lm, ...fusion }))
    ),
  };
}
