/**
 * Several trainings at once, as a task shows them.
 *
 * @module
 */
import type { CheckpointOptions, Experiment, Outcome } from "lib/experiments/mod.ts";
import type { CorpusFolders } from "lib/corpora/mod.ts";
import { poolUntilStopped, resumable } from "./checkpoints.ts";
import { createProgress } from "./progress.ts";

/** How a task trains several experiments. */
export interface TrainAllOptions {
  /** The name of the task, which Ctrl-C is answered with. */
  readonly task: string;
  /** What the bar of all trainings is called. */
  readonly overall: string;
  /** What Ctrl-C says is kept, and what to do next. */
  advice(): string;
  /** Trainings at a time; defaults to the number of cores. */
  readonly workers?: number;
  /** Where trainings go on from and leave their checkpoints; defaults to nowhere. */
  readonly checkpoints?: CheckpointOptions;
  /** Where corpora are that people bring; defaults to nowhere. */
  readonly folders?: CorpusFolders;
  /** Keeps the n-th experiment's run. */
  onFinished?(n: number, outcome: Outcome & { readonly ok: true }): void | Promise<void>;
}

/**
 * Trains experiments with a bar each, until the last is finished or a person stops the task.
 *
 * @returns One outcome per experiment, in their order; the bars are gone by then.
 */
export async function trainAll(
  experiments: readonly Experiment[],
  { task, overall, advice, workers, checkpoints, folders, onFinished }: TrainAllOptions,
): Promise<Outcome[]> {
  const from = checkpoints ? await resumable(task, checkpoints, experiments, folders) : [];
  using progress = createProgress({ overall });
  const bars = experiments.map(({ name, iters }, n) => progress.add(name, iters, from[n]?.iter));
  return await poolUntilStopped(task, advice, experiments, {
    workers,
    checkpoints,
    folders,
    onRow: (n, { iter, per }) => bars[n].update(iter, `PER ${per.toFixed(3)}`),
    onOutcome: async (n, outcome) => {
      if (outcome.ok || outcome.stoppedAt === undefined) {
        bars[n].done(outcome.ok ? undefined : "failed");
      }
      if (outcome.ok) await onFinished?.(n, outcome);
    },
  });
}

/** The exit code of trainings that failed: 2 where all of them were refused what a person brought. */
export function exitCodeOf(failed: readonly (Outcome & { readonly ok: false })[]): 1 | 2 {
  return failed.length > 0 && failed.every(({ refused }) => refused) ? 2 : 1;
}
