/** An array job: some shards of a sweep, one a task. */
export interface ArrayJob {
  /** Name of the sweep. */
  readonly sweep: string;
  /** The project's folder, which every node sees under this path. */
  readonly folder: string;
  /** Path of the Deno that runs it. */
  readonly deno: string;
  /** The shards that it runs, 1 … `of`. */
  readonly shards: readonly number[];
  /** Number of shards of the whole sweep. */
  readonly of: number;
  /** Trainings at a time, and so cores, of each task; defaults to 1. */
  readonly workers?: number;
  /** More flags of `deno task sweep`; defaults to none. */
  readonly flags?: readonly string[];
  /** Partition to run in; defaults to the cluster's own. */
  readonly partition?: string;
  /** Time limit of a task in Slurm's form; defaults to the partition's own. */
  readonly time?: string;
}

/** Name of a sweep's jobs in the queue. */
export function jobName(sweep: string): string {
  return `sweep-${sweep}`;
}

/** Where a task of a job writes what it says, seen from the project's folder. */
export function logFile(sweep: string, job: number | string, task: number | string): string {
  return `results/slurm/${sweep}-${job}-${task}.log`;
}

/**
 * The options of `sbatch` for an array job. A task may be started anew on another node, as finished
 * runs are kept. Slurm replaces `%` and drops `\` in the path of a log, so it gets none: the script
 * itself opens the log.
 */
export function sbatchOptions(
  { sweep, shards, workers = 1, partition, time }: ArrayJob,
): string[] {
  return [
    `--job-name=${jobName(sweep)}`,
    `--array=${taskList(shards)}`,
    "--ntasks=1",
    `--cpus-per-task=${workers}`,
    "--output=/dev/null",
    "--requeue",
    ...partition === undefined ? [] : [`--partition=${partition}`],
    ...time === undefined ? [] : [`--time=${time}`],
  ];
}

/**
 * The batch script of an array job, for `sbatch` to read.
 *
 * @example
 * ```ts
 * import { batchScript } from "lib/experiments/slurm/mod.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const job = { sweep: "depth", folder: "/home/o'neil", deno: "/bin/deno", shards: [1, 2], of: 2 };
 * assertStringIncludes(batchScript(job), `cd '/home/o'\\''neil' || exit`);
 * ```
 */
export function batchScript(job: ArrayJob): string {
  const { sweep, folder, deno, of, workers = 1, flags = [] } = job;
  const log = logFile(sweep, "$SLURM_ARRAY_JOB_ID", "$SLURM_ARRAY_TASK_ID");
  const words = [deno, "task", "--quiet", "sweep", sweep, "--workers", `${workers}`, ...flags];
  return [
    "#!/bin/bash",
    ...sbatchOptions(job).map((option) => `#SBATCH ${option}`),
    `cd ${quoted(folder)} || exit`,
    "mkdir -p results/slurm || exit",
    `exec >>"${log}" 2>&1`,
    "export NO_COLOR=1",
    `exec ${words.map(quoted).join(" ")} --shard "$SLURM_ARRAY_TASK_ID/${of}"`,
    "",
  ].join("\n");
}

/**
 * Whole numbers as Slurm writes them: `1-3,7`.
 *
 * @param tasks In rising order.
 */
export function taskList(tasks: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const task of tasks) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === task - 1) last[1] = task;
    else ranges.push([task, task]);
  }
  return ranges.map(([from, to]) => from === to ? `${from}` : `${from}-${to}`).join(",");
}

/**
 * How to cut a sweep into shards, of which some experiments are left: into as many as make the largest
 * part that one task gets as small as it can be, and of those numbers the smallest.
 *
 * @param left Places of the experiments that are left, in a sweep of `total`; at least one.
 * @param most The most shards there may be, at least 1.
 * @returns The number of shards, and those of them, 1 … `of`, that have something left.
 *
 * @example
 * ```ts
 * import { cutIntoShards } from "lib/experiments/slurm/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cutIntoShards([0, 2, 4], 6, 4), { of: 3, shards: [1, 2, 3] });
 * ```
 */
export function cutIntoShards(
  left: readonly number[],
  total: number,
  most: number,
): { of: number; shards: number[] } {
  let best = { of: 1, shards: [1], largest: left.length };
  for (let of = 2; of <= Math.min(most, total) && best.largest > 1; of++) {
    const sizes = new Uint32Array(of);
    for (const place of left) sizes[place % of]++;
    const largest = Math.max(...sizes);
    if (largest >= best.largest) continue;
    const shards = Array.from(sizes, (_, n) => n + 1).filter((shard) => sizes[shard - 1] > 0);
    best = { of, shards, largest };
  }
  return { of: best.of, shards: best.shards };
}

/** A word of a shell's line, whatever is in it. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
