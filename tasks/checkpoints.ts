/**
 * `--checkpoint-every`, and what a task that trains does with the checkpoints that it finds.
 *
 * @module
 */
import {
  type CheckpointOptions,
  checkpointsIn,
  type EvaluationRow,
  type Experiment,
  type Outcome,
  runPool,
} from "lib/experiments/mod.ts";
import type { CorpusFolders } from "lib/corpora/mod.ts";
import { integer } from "./args.ts";
import { firstCtrlC, Stopped, untilStopped } from "./run_task.ts";

/** Declares `--checkpoint-every`. */
export const checkpointEvery = integer({
  min: 1,
  help: "write how far it is every N steps, and at Ctrl-C; the same command goes on from there",
});

/** The outcome of a training that did not finish. */
export type Ended = Extract<Outcome, { readonly ok: false }>;

/** Where a training goes on. */
export interface Resumed {
  readonly iter: number;
  /** What it found before. */
  readonly rows: readonly EvaluationRow[];
}

/**
 * Looks, before anything is trained, which experiments have a checkpoint, and says so in a line each;
 * where some are to be written, tries whether they can be.
 *
 * @param task The name of the task.
 * @param folders Where corpora are that people bring; defaults to nowhere.
 * @returns Where each experiment goes on; undefined if at its start.
 * @throws {CheckpointError} If one of them cannot be gone on from.
 * @throws {WriteError} If none can be written.
 */
export async function resumable(
  task: string,
  { folder, every }: CheckpointOptions,
  experiments: readonly Experiment[],
  folders?: CorpusFolders,
): Promise<(Resumed | undefined)[]> {
  const checkpoints = checkpointsIn(folder);
  const found: (Resumed | undefined)[] = [];
  for (const experiment of experiments) {
    const training = await checkpoints.resume(experiment, { folders });
    found.push(training && { iter: training.iter, rows: training.rowsSoFar });
    if (training !== undefined) {
      const file = checkpoints.fileOf(experiment);
      const steps = `step ${training.iter} of ${experiment.iters}`;
      console.error(`${task}: ${experiment.name} goes on from ${steps}, read from ${file}`);
    }
  }
  if (every !== undefined) await checkpoints.prepare(experiments);
  return found;
}

/** What Ctrl-C says of trainings whose runs are kept in a folder, with their checkpoints or without. */
export function keptIn(folder: string, every: number | undefined): () => string {
  const underWay = every === undefined ? "" : ", what is under way beside it";
  return () => `what is finished is in ${folder}${underWay}: the same command goes on from there`;
}

/**
 * Trains until the last is finished or a person stops the task: at once, or where checkpoints are
 * written after those of what is under way.
 *
 * @param task The name of the task, which Ctrl-C is answered with.
 * @param advice What Ctrl-C says is kept, and what to do next; told how trainings were stopped.
 * @throws {Stopped} If it was stopped after its checkpoints.
 */
export async function poolUntilStopped(
  task: string,
  advice: (stopped: readonly Ended[]) => string,
  experiments: readonly Experiment[],
  options: Parameters<typeof runPool>[1] & { checkpoints?: CheckpointOptions },
): Promise<Outcome[]> {
  if (options.checkpoints?.every === undefined) {
    return await untilStopped(task, () => advice([]), () => runPool(experiments, options));
  }
  using ctrlC = firstCtrlC();
  const outcomes = await runPool(experiments, { ...options, signal: ctrlC.signal });
  const ended = outcomes.filter((outcome) => !outcome.ok);
  const failed = ended.filter((outcome) => !outcome.notBegun && outcome.stoppedAt === undefined);
  if (ctrlC.signal.aborted && ended.length > 0 && failed.length === 0) {
    throw new Stopped(advice(ended));
  }
  return outcomes;
}
