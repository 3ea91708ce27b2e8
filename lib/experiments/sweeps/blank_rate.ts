import { type Experiment, type ModelOptions, streams } from "../../training/mod.ts";
import { writeUpExperiment } from "../write_up.ts";
import type { Sweep } from "./sweep.ts";

/** Frames per phone, least and most: the write-up's is [4, 10]. */
export type PhoneFrames = readonly [least: number, most: number];

const ownDuration: PhoneFrames = [4, 10];

/** The corpora, from short phones to long; the second is the write-up's own. */
export const blankRateDurations: readonly PhoneFrames[] = [[2, 5], ownDuration, [8, 20]];

/** A training of the write-up, up to step 1000, that records blanks every 20 steps. */
export function blankRateExperiment(
  kind: ModelOptions["kind"],
  seed: number,
  framesPerPhone: PhoneFrames = ownDuration,
): Experiment {
  const [least, most] = framesPerPhone;
  const own = least === ownDuration[0] && most === ownDuration[1];
  return {
    ...writeUpExperiment(kind, seed, { iters: 1000 }),
    name: `blank-rate-${kind}-phones${least}-${most}-seed${seed}`,
    corpus: own ? { kind: "phonemes" } : { kind: "phonemes", framesPerPhone },
    evaluations: [{ every: 20, sequences: 64, stream: streams.evaluation, blanks: true }],
  };
}

/** Both models on the write-up's corpus, and BLSTM on those of other durations. */
export const blankRate: Sweep = {
  about: "How the share of blank moves while a model learns, and with the length of phones.",
  seeds: 5,
  experiments: (seeds) => [
    ...seeds.flatMap((seed) => [
      blankRateExperiment("blstm", seed),
      blankRateExperiment("lstm", seed),
    ]),
    ...blankRateDurations.filter((frames) => frames !== ownDuration).flatMap((frames) =>
      seeds.map((seed) => blankRateExperiment("blstm", seed, frames))
    ),
  ],
};
