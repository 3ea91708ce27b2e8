import { iterationsToSolve, type KeyedRun, type ReadableStore } from "../../experiments/mod.ts";
import { readSweep } from "../../experiments/mod.ts";
import { median } from "../../numeric/mod.ts";
import { EVERY, experiment, type Kind, sweep, type Task, taskNames, tasks } from "./sweep.ts";

/** Iterations until a task was solved, one training a seed; Infinity where it never was. */
export type Solved = readonly number[];

/** When each network solved each task. */
export type Results = Readonly<Record<Task, Readonly<Record<Kind, Solved>>>>;

/**
 * Reads the study's results from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return gather(await readSweep(store, "scale", sweep));
}

/** Puts runs in order, by task, network and seed. */
export function gather(
  runs: readonly KeyedRun<{ task: Task; kind: Kind; seed: number }>[],
): Results {
  const of = (task: Task, kind: Kind) =>
    runs.filter(({ key }) => key.task === task && key.kind === kind)
      .map(({ run }) => iterationsToSolve(run, EVERY) ?? Infinity);
  return byTask((task) => ({ blstm: of(task, "blstm"), lstm: of(task, "lstm") }));
}

/** How many times as long LSTM takes as BLSTM, seed by seed. */
export function ratios({ blstm, lstm }: Readonly<Record<Kind, Solved>>): number[] {
  return lstm.map((iterations, s) => iterations / blstm[s]);
}

/** How many iterations more LSTM takes than BLSTM, seed by seed. */
export function differences({ blstm, lstm }: Readonly<Record<Kind, Solved>>): number[] {
  return lstm.map((iterations, s) => iterations - blstm[s]);
}

/** Labels that the median training has seen until its task is solved. */
export function labelsSeen(results: Results, task: Task, kind: Kind): number {
  const [least, most] = tasks[task].phones;
  const { batch } = experiment(kind, tasks[task], 0);
  return median(results[task][kind]) * batch * (least + most) / 2;
}

/** A value for every task. */
export function byTask<T>(value: (task: Task) => T): Record<Task, T> {
  return Object.fromEntries(taskNames.map((task) => [task, value(task)])) as Record<Task, T>;
}
