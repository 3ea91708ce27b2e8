import { type Experiment, type ModelOptions, streams } from "../../training/mod.ts";
import { writeUpExperiment } from "../write_up.ts";
import type { Sweep } from "./sweep.ts";

/** Frames per phone, least and most: the write-up's is [4, 10]. */
export type PhoneFrames = readonly [least: number, most: number];

/** The corpora, from short phones to long; the second is the write-up's own. */
export const blankRateDurations: readonly PhoneFrames[] = [[2, 5], [4, 10], [8, 20], [16, 40]];

/** A training of the write-up that records blanks every 20 steps. */
export function blankRateExperiment(
  kind: ModelOptions["kind"],
  seed: number,
  framesPerPhone: PhoneFrames = [4, 10],
): Experiment {
  const [least, most] = framesPerPhone;
  const writeUps = least === 4 && most === 10;
  return {
    ...writeUpExperiment(kind, seed),
    name: `blank-rate-${kind}-phones${least}-${most}-seed${seed}`,
    corpus: writeUps ? { kind: "phonemes" } : { kind: "phonemes", framesPerPhone },
    evaluations: [{ every: 20, sequences: 64, stream: streams.evaluation, blanks: true }],
  };
}

/** Both models on the write-up's corpus, and BLSTM on those with shorter and longer phones. */
export const blankRate: Sweep = {
  about: "How the share of blank moves while a model learns, and with the length of phones.",
  seeds: 5,
  experiments: (seeds) =>
    seeds.flatMap((seed) => [
      blankRateExperiment("lstm", seed),
      ...blankRateDurations.map((frames) => blankRateExperiment("blstm", seed, frames)),
    ]),
};
