import { type CriterionOptions, type Experiment, streams } from "../../training/mod.ts";
import { type PaperRow, paperTables, paperTransitions } from "../alignment_paper.ts";
import { paperExperiment } from "./paper_tables.ts";
import type { Sweep } from "./sweep.ts";

/** What the network of Table 11 is trained with, for longer than in the table. */
export const longCriteria = {
  "true labels": { kind: "framewise" },
  "(0.5, 0.3, 0.2)": rowOf("a0.5-b0.3-g0.2").setup.criterion,
  "(1, 0, 0)": rowOf("a1-b0-g0").setup.criterion,
} as const satisfies Record<string, CriterionOptions>;

/** One of them. */
export type LongCriterion = keyof typeof longCriteria;

/** The network of Table 11 on its corpus, for 2000 steps, evaluated every 100. */
export function longExperiment(criterion: LongCriterion, seed: number): Experiment {
  const slug = criterion.replaceAll(/[^a-z0-9.]+/g, "-").replaceAll(/^-|-$/g, "");
  return {
    ...paperExperiment("table-11", paperTables["table-11"].rows[0], seed),
    name: `noisy-words-${slug}-seed${seed}`,
    criterion: longCriteria[criterion],
    iters: 2000,
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
  const row = rowOf("a0.5-b0-g0.5");
  const transitions = { ...paperTransitions, silence: { loop: 0.42, forward: 0.58 } };
  const criterion = { ...row.setup.criterion, transitions } as CriterionOptions;
  return {
    ...paperExperiment("table-11", { ...row, setup: { ...row.setup, criterion } }, seed),
    name: `noisy-words-corpus-transitions-seed${seed}`,
  };
}

/** Three criteria at three seeds, and the transitions at all. */
export const noisyWords: Sweep = {
  about: "What limits the rows of Table 11: the network, the criterion, or the number of steps.",
  seeds: 10,
  experiments: (seeds) => [
    ...seeds.map(corpusTransitionsExperiment),
    ...seeds.slice(0, 3).flatMap((seed) =>
      (Object.keys(longCriteria) as LongCriterion[]).map((name) => longExperiment(name, seed))
    ),
  ],
};

function rowOf(name: string): PaperRow {
  return paperTables["table-11"].rows.find((row) => row.name === name)!;
}
