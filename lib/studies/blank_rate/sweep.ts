import type { Sweep } from "../../experiments/mod.ts";
import { type Experiment, streams } from "../../training/mod.ts";
import { writeUpExperiment } from "../../experiments/write_up.ts";
import type { Kind } from "../write_up/sweep.ts";

/** Frames per phone of each corpus, least and most, from short phones to long. */
export const durations = {
  short: [2, 5],
  own: [4, 10],
  long: [8, 20],
} as const;

/** One of {@linkcode durations}; `own` is the write-up's. */
export type Duration = keyof typeof durations;

/** Durations by name, in order. */
export const durationNames = Object.keys(durations) as Duration[];

/** Steps of every training. */
export const ITERS = 1000;
/** Steps between evaluations. */
export const EVERY = 20;

/** What a reader calls a corpus. */
export function titleOf(duration: Duration): string {
  return `phones of ${durations[duration].join(" to ")} frames`;
}

/** A training of the write-up, up to step 1000, that records blanks every 20 steps. */
export function experiment(kind: Kind, seed: number, duration: Duration = "own"): Experiment {
  const framesPerPhone = durations[duration];
  return {
    ...writeUpExperiment(kind, seed, { iters: ITERS }),
    name: `blank-rate-${kind}-phones${framesPerPhone.join("-")}-seed${seed}`,
    corpus: duration === "own" ? { kind: "phonemes" } : { kind: "phonemes", framesPerPhone },
    evaluations: [{ every: EVERY, sequences: 64, stream: streams.evaluation, blanks: true }],
  };
}

/** Both models on the write-up's corpus, and BLSTM on those of other durations. */
export const sweep: Sweep<{ kind: Kind; duration: Duration; seed: number }> = {
  about: "How the share of blank moves while a model learns, and with the length of phones.",
  seeds: 5,
  entries: (seeds) => {
    const entry = (kind: Kind, duration: Duration, seed: number) => ({
      key: { kind, duration, seed },
      experiment: experiment(kind, seed, duration),
    });
    return [
      ...seeds.flatMap((seed) => [entry("blstm", "own", seed), entry("lstm", "own", seed)]),
      ...seeds.map((seed) => entry("blstm", "short", seed)),
      ...seeds.map((seed) => entry("blstm", "long", seed)),
    ];
  },
};
