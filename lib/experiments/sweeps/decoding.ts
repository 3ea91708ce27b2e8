import { type Experiment, streams } from "../../training/mod.ts";
import { writeUpExperiment } from "../write_up.ts";
import type { Sweep } from "./sweep.ts";

/** Noise of the corpora that the hard one is chosen among. */
export const decodingNoises: readonly number[] = [0.6, 0.8, 1];

/** Seeds that everything is chosen on, and that nothing is reported of. */
export const developmentSeeds: readonly number[] = [10, 11];

/**
 * BLSTM with CTC on a corpus where greedy decoding errs: noise over four times the write-up's, and
 * labels that follow one another by a Markov chain, so that a language model has something to know.
 *
 * @param noise Standard deviation; defaults to 0.8, which gives a greedy PER of 5 and 22 % at the
 * {@link developmentSeeds}.
 */
export function decodingExperiment(seed: number, noise = 0.8): Experiment {
  return {
    ...writeUpExperiment("blstm", seed),
    name: `decoding-noise${noise}-seed${seed}`,
    corpus: { kind: "phonemes", noise, phonotactics: 2 },
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
      decodingNoises.map((noise) => decodingExperiment(seed, noise))
    ),
  ],
};
