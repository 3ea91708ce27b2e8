import type { Sweep } from "../../experiments/mod.ts";
import { type CriterionOptions, type Experiment, streams } from "../../training/mod.ts";
import {
  setupOf,
  table11,
  tableExperiment,
  type TableKey,
  tableSweep,
  transitions,
} from "../synthetic_tables/mod.ts";

/** What the network of Table 11 is trained with, for longer than in the table. */
export const longCriteria = {
  "true labels": { kind: "framewise" },
  "(0.5, 0.3, 0.2)": setupOf("table-11", table11["a0.5-b0.3-g0.2"]).criterion,
  "(1, 0, 0)": setupOf("table-11", table11["a1-b0-g0"]).criterion,
} as const satisfies Readonly<Record<string, CriterionOptions>>;

/** One of them. */
export type LongCriterion = keyof typeof longCriteria;

/** All of them. */
export const longNames = Object.keys(longCriteria) as LongCriterion[];

/** Steps of the long trainings. */
export const LONG = 2000;
/** Seeds of the long trainings. */
export const LONG_SEEDS = 3;

/** The network of Table 11 on its corpus, for 2000 steps, evaluated every 100. */
export function longExperiment(criterion: LongCriterion, seed: number): Experiment {
  const slug = criterion.replaceAll(/[^a-z0-9.]+/g, "-").replaceAll(/^-|-$/g, "");
  return {
    ...tableExperiment("table-11", "a0.5-b0.5-g0", seed),
    name: `noisy-words-${slug}-seed${seed}`,
    criterion: longCriteria[criterion],
    iters: LONG,
    evaluations: [
      { every: 100, sequences: 200, stream: streams.evaluation, alignment: { topology: "hmm" } },
    ],
  };
}

/**
 * The row (0.5, 0, 0.5) of Table 11 with the corpus's own frequencies as transitions: after a frame
 * of silence, 0.42 of the next are silence, too.
 */
export function corpusTransitionsExperiment(seed: number): Experiment {
  const { criterion, ...rest } = tableExperiment("table-11", "a0.5-b0-g0.5", seed);
  const silence = { loop: 0.42, forward: 0.58 };
  return {
    ...rest,
    name: `noisy-words-corpus-transitions-seed${seed}`,
    criterion: { ...criterion, transitions: { ...transitions, silence } } as CriterionOptions,
  };
}

/** Which training of the sweep `noisy-words`. */
export interface NoisyKey {
  readonly [key: string]: unknown;
  readonly criterion: LongCriterion | "corpus transitions";
  readonly seed: number;
}

/** Transitions at all seeds, and three criteria at three. */
const noisy: Sweep<NoisyKey> = {
  about: "What limits the rows of Table 11: the network, the criterion, or the number of steps.",
  seeds: 10,
  entries: (seeds) => [
    ...seeds.map((seed) => ({
      key: { criterion: "corpus transitions" as const, seed },
      experiment: corpusTransitionsExperiment(seed),
    })),
    ...seeds.slice(0, LONG_SEEDS).flatMap((seed) =>
      longNames.map((criterion) => ({
        key: { criterion, seed },
        experiment: longExperiment(criterion, seed),
      }))
    ),
  ],
};

/** The study's sweeps. */
export const sweeps: {
  readonly "table-11": Sweep<TableKey<"table-11">>;
  readonly "table-12": Sweep<TableKey<"table-12">>;
  readonly "noisy-words": Sweep<NoisyKey>;
} = {
  "table-11": tableSweep(
    "table-11",
    "Scales of posterior, prior and transitions for a BLSTM in noise.",
  ),
  "table-12": tableSweep(
    "table-12",
    "HMM against CTC topology at scales (1, 0, 0), for BLSTMs of two sizes in noise.",
  ),
  "noisy-words": noisy,
};
