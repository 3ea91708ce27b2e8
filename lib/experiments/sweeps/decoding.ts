import { type Experiment, streams } from "../../training/mod.ts";
import { writeUpExperiment } from "../write_up.ts";
import type { Sweep } from "./sweep.ts";

/** Noise of the corpora that the hard one is chosen among. */
export const decodingNoises: readonly number[] = [0.6, 0.8, 1];

/** The contrast of the hard corpus's Markov chain, and how much more or less there may be to know. */
export const decodingContrast = 2;
export const decodingContrasts: readonly number[] = [1, decodingContrast, 3, 4];

/** Seeds that the noise is chosen on; nothing is reported of any seed from 10 on. */
export const developmentSeeds: readonly number[] = [10, 11];

/** Seeds that weight and bonus of the language model are chosen on. */
export const fusionSeeds: readonly number[] = [10, 11, 12, 13, 14, 15, 16, 17];

/** What a corpus for decoders is like. */
export interface DecodingCorpus {
  /** Standard deviation; defaults to 0.8, which gives a greedy PER of 5 and 22 % at the {@link developmentSeeds}. */
  noise?: number;
  /** Contrast of the Markov chain of labels; defaults to 2, and 0 is none. */
  contrast?: number;
}

/**
 * BLSTM with CTC on a corpus where greedy decoding errs: noise over four times the write-up's, and
 * labels that follow one another by a Markov chain, so that a language model has something to know.
 */
export function decodingExperiment(
  seed: number,
  { noise = 0.8, contrast = decodingContrast }: DecodingCorpus = {},
): Experiment {
  const chain = contrast === decodingContrast ? "" : `-contrast${contrast}`;
  return {
    ...writeUpExperiment("blstm", seed),
    name: `decoding-noise${noise}${chain}-seed${seed}`,
    corpus: { kind: "phonemes", noise, phonotactics: contrast },
    evaluations: [{ every: 100, sequences: 64, stream: streams.evaluation }],
  };
}

/** Models to decode, with their weights: at the seeds asked for, and those to choose on. */
export const decoding: Sweep = {
  about: "What decoders make of models that greedy decoding gets wrong 5 to 30 % of.",
  seeds: 5,
  keepsWeights: true,
  experiments: (seeds) => [
    ...seeds.map((seed) => decodingExperiment(seed)),
    ...developmentSeeds.flatMap((seed) =>
      decodingNoises.map((noise) => decodingExperiment(seed, { noise }))
    ),
    ...fusionSeeds.filter((seed) => !developmentSeeds.includes(seed))
      .map((seed) => decodingExperiment(seed)),
    ...[0, ...decodingContrasts.filter((contrast) => contrast !== decodingContrast)]
      .flatMap((contrast) =>
        [...fusionSeeds, ...seeds].map((seed) => decodingExperiment(seed, { contrast }))
      ),
  ],
};
