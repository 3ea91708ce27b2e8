/**
 * `deno task sweep NAME --slurm`: the shards of a sweep as an array job of Slurm, and what becomes of
 * it. Slurm alone schedules; what is finished stands in `results/`, whoever made it.
 *
 * @module
 */
import { runName, type SweepEntry } from "lib/experiments/mod.ts";
import {
  type ArrayJob,
  batchScript,
  cutIntoShards,
  logFile,
  taskList,
} from "lib/experiments/slurm/mod.ts";
import { unlessMissing } from "lib/write_whole.ts";
import { print } from "./print.ts";
import { createProgress } from "./progress.ts";
import { Failure, untilStopped } from "./run_task.ts";
import { jobsInQueue, mostTasks, submit } from "./slurm_commands.ts";
import { sleep, type Task, watch } from "./slurm_watch.ts";

/** What is to be run on the cluster, and how. */
export interface SlurmSweep {
  readonly name: string;
  /** The folder of its runs. */
  readonly results: string;
  /** Its experiments, in the order that shards are cut from. */
  readonly entries: readonly SweepEntry[];
  /** Reads the places in `entries` of those that have no run yet. */
  readonly unfinished: () => Promise<number[]>;
  /** Tries whether runs can be written. */
  readonly tryPlace: () => Promise<void>;
  /** The most tasks of the array. */
  readonly array: number;
  readonly wait: boolean;
  readonly requeue: boolean;
  /** What every array job of the sweep says. */
  readonly job: Omit<ArrayJob, "sweep" | "shards" | "of">;
}

/** Prints the script of the job that {@linkcode runOnSlurm} would submit. */
export async function printScript(sweep: SlurmSweep): Promise<number> {
  const left = await sweep.unfinished();
  if (left.length > 0) print(batchScript(await jobFor(sweep, left)).trimEnd());
  else console.error(`sweep: no experiment of ${sweep.name} is left to run`);
  return 0;
}

/**
 * Submits what is left of a sweep, and waits where that is asked for. Where a job of it is in the queue
 * already, that one is waited for, and nothing is submitted beside it.
 *
 * @returns Whether all runs are there: false where nobody waits for them.
 * @throws {Failure} If tasks failed and are not to be submitted again, or did not get any further.
 * @throws {UsageError} If Slurm is not there, or refuses the job.
 */
export async function runOnSlurm(sweep: SlurmSweep): Promise<boolean> {
  const { name, results, entries, wait, requeue, job: { folder } } = sweep;
  let jobs = await jobsInQueue(name, folder);
  let left = await sweep.unfinished();
  const tell = (what: string) =>
    print(
      `${name}: ${entries.length} experiments, ${
        entries.length - left.length
      } in results/; ${what}`,
    );
  if (left.length === 0) tell("nothing to submit");
  else if (jobs.length > 0) tell(`in the queue already: ${list(jobs)}`);

  using progress = createProgress({ overall: name });
  const bars = new Map(left.map((n) => {
    const { experiment } = entries[n];
    return [n, progress.add(experiment.name, experiment.iters)] as const;
  }));
  const show = (finished: readonly number[]) => finished.forEach((n) => bars.get(n)?.done());
  const submitLeft = async () => {
    await sweep.tryPlace();
    const job = await jobFor(sweep, left);
    jobs = [await submit(job)];
    const tasks = job.shards.length === 1 ? "1 task" : `${job.shards.length} tasks`;
    tell(`submitted ${list(jobs)}, ${tasks}`);
    return job.shards;
  };
  const look = async () => show(await written(results, entries, left));

  while (left.length > 0) {
    const attached = jobs.length > 0;
    const shards = attached ? [] : await submitLeft();
    if (!wait) {
      print(`${advice(jobs)}; the same command, once it has ended, submits what is left`);
      return false;
    }
    const stopped = () =>
      `the cluster goes on with ${list(jobs)}: ${advice(jobs)}; the same command waits again`;
    const ended = await untilStopped("sweep", stopped, async () => {
      const tasks: Task[] = [];
      for (const job of jobs) tasks.push(...await watch(job, shards, look));
      return tasks;
    });
    const failed = ended.filter(({ state }) => state !== "COMPLETED");
    const last = failed.length === 0 && !attached;
    const still = last ? await soon(sweep.unfinished) : await sweep.unfinished();
    show(left.filter((n) => !still.includes(n)));
    const problems = await describe(name, failed);
    if (still.length > 0 && (last || failed.length > 0)) {
      const count = `${still.length} of ${entries.length} runs are missing`;
      if (last) {
        const doubt = `does this machine see what the nodes write to ${folder}/results?`;
        throw new Failure(`${list(jobs)} ended well, but ${count}: ${doubt}`);
      }
      const missing = `${problems}; ${count}`;
      if (failed.some(({ state }) => state === "CANCELLED")) throw new Failure(missing);
      if (!requeue) throw new Failure(`${missing}: --requeue submits them again`);
      if (still.length === left.length) {
        throw new Failure(`${missing}, as before: what failed is not submitted again`);
      }
    }
    if (problems) console.error(`sweep: ${problems}`);
    [left, jobs] = [still, []];
  }
  return true;
}

/** The array job that runs what is left. */
async function jobFor(
  { name, entries, array, job }: SlurmSweep,
  left: readonly number[],
): Promise<ArrayJob> {
  const most = await mostTasks() ?? array;
  if (most < 1) throw new Failure("this cluster takes no array jobs: its MaxArraySize is below 2");
  return { ...job, sweep: name, ...cutIntoShards(left, entries.length, Math.min(array, most)) };
}

/** How long a file that another machine has written may take to be seen here, in milliseconds. */
const networkDelay = 60_000;

/** What is unfinished after all tasks ended well: the last files come late over a network. */
async function soon(unfinished: () => Promise<number[]>): Promise<number[]> {
  for (let waited = 0;; waited += 5000) {
    const left = await unfinished();
    if (left.length === 0 || waited >= networkDelay) return left;
    await sleep(5000);
  }
}

/** Those of some experiments whose run has a file of its own by now. */
async function written(
  results: string,
  entries: readonly SweepEntry[],
  places: readonly number[],
): Promise<number[]> {
  const files = await unlessMissing(Array.fromAsync(Deno.readDir(results))) ?? [];
  const names = new Set(files.map((file) => file.name));
  return places.filter((n) => names.has(`${runName(entries[n].experiment)}.json`));
}

/** What became of tasks that did not end well, and where they say why. */
async function describe(name: string, tasks: readonly Task[]): Promise<string> {
  const groups = Map.groupBy(tasks, ({ job, state }) => `${job} ${state}`);
  const parts = [];
  for (const [{ job, task, state }, ...more] of groups.values()) {
    const numbers = [task, ...more.map((other) => other.task)].sort((a, b) => a - b);
    const log = logFile(name, job, numbers[0]);
    const there = await unlessMissing(Deno.stat(log)) !== undefined;
    const where = there ? `see ${log}` : `it has no log ${log}`;
    parts.push(`task ${job}_${bracketed(taskList(numbers))} ended ${state}, ${where}`);
  }
  return parts.join("; ");
}

function bracketed(numbers: string): string {
  return /^\d+$/.test(numbers) ? numbers : `[${numbers}]`;
}

function advice(jobs: readonly number[]): string {
  return `\`squeue -j ${jobs.join(",")}\` shows it, \`scancel ${jobs.join(" ")}\` ends it`;
}

function list(jobs: readonly number[]): string {
  return `${jobs.length === 1 ? "job" : "jobs"} ${jobs.join(", ")}`;
}
