import { type Sweep, writeUpExperiment } from "../../experiments/mod.ts";
import { type Experiment, streams } from "../../training/mod.ts";

/** Noise of the corpora that the hard one is chosen among, and the one that was chosen. */
export const noises: readonly number[] = [0.6, 0.8, 1];
export const NOISE = 0.8;

/** Contrasts of the chain that labels follow one another by, and that of the hard corpus. */
export const contrasts: readonly number[] = [1, 2, 3, 4];
export const CONTRAST = 2;

/** Seeds that the noise is chosen on; nothing is reported of any seed from 10 on. */
export const developmentSeeds: readonly number[] = [10, 11];

/** Seeds that weight and bonus of the language model are chosen on. */
export const tuningSeeds: readonly number[] = [10, 11, 12, 13, 14, 15, 16, 17];

/** What a network was trained on. */
export interface Heard {
  /** Standard deviation; defaults to {@linkcode NOISE}, a greedy PER of 5 and 22 % at the {@linkcode developmentSeeds}. */
  readonly noise?: number;
  /** Contrast of the Markov chain of labels; defaults to {@linkcode CONTRAST}, and 0 is none. */
  readonly contrast?: number;
}

/**
 * BLSTM with CTC on a corpus where greedy decoding errs: noise over four times the write-up's, and
 * labels that follow one another by a Markov chain, so that a language model has something to know.
 */
export function experiment(
  seed: number,
  { noise = NOISE, contrast = CONTRAST }: Heard = {},
): Experiment {
  const chain = contrast === CONTRAST ? "" : `-contrast${contrast}`;
  return {
    ...writeUpExperiment("blstm", seed),
    name: `decoding-noise${noise}${chain}-seed${seed}`,
    corpus: { kind: "phonemes", noise, phonotactics: contrast },
    evaluations: [{ every: 100, sequences: 64, stream: streams.evaluation }],
  };
}

/** Models to decode, with their weights: at the seeds asked for, and those to choose on. */
export const sweep: Sweep<{ noise: number; contrast: number; seed: number }> = {
  about: "What decoders make of models that greedy decoding gets wrong 5 to 30 % of.",
  seeds: 5,
  entries: (seeds) =>
    [
      ...seeds.map((seed) => ({ noise: NOISE, contrast: CONTRAST, seed })),
      ...developmentSeeds.flatMap((seed) =>
        noises.map((noise) => ({ noise, contrast: CONTRAST, seed }))
      ),
      ...tuningSeeds.filter((seed) => !developmentSeeds.includes(seed))
        .map((seed) => ({ noise: NOISE, contrast: CONTRAST, seed })),
      ...[0, ...contrasts.filter((contrast) => contrast !== CONTRAST)].flatMap((contrast) =>
        [...tuningSeeds, ...seeds].map((seed) => ({ noise: NOISE, contrast, seed }))
      ),
    ].map((key) => ({
      key,
      experiment: experiment(key.seed, key),
      keepsWeights: key.noise === NOISE,
    })),
};
