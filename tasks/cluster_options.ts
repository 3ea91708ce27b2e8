/**
 * The flags of a sweep that runs on a cluster.
 *
 * @module
 */
import { flag, integer, type Options, UsageError, value } from "./args.ts";

/** The most tasks of an array, unless told otherwise. */
const defaultArray = 64;

/** Declares `--slurm` and what goes with it. */
export const clusterOptions = {
  slurm: flag({ help: "submit what is left to Slurm as an array job, one shard a task" }),
  array: integer({
    min: 1,
    max: 4_000_000,
    help: `with --slurm: the most tasks; fewer where less is left; defaults to ${defaultArray}`,
  }),
  partition: value({
    placeholder: "NAME",
    help: "with --slurm: the partition; defaults to the cluster's own",
    expects: "names of partitions, separated by commas",
    read: (word) => /^[\w.+-]+(,[\w.+-]+)*$/.test(word) ? word : undefined,
  }),
  time: value({
    placeholder: "TIME",
    help: "with --slurm: time limit of a task, 90 (minutes), 8:00:00 or 2-00:00:00; defaults to " +
      "the partition's own",
    expects: "MINUTES, MINUTES:SECONDS, HOURS:MINUTES:SECONDS, DAYS-HOURS, DAYS-HOURS:MINUTES or " +
      "DAYS-HOURS:MINUTES:SECONDS",
    read: (word) => /^(\d+(:\d+){0,2}|\d+-\d+(:\d+){0,2})$/.test(word) ? word : undefined,
  }),
  wait: flag({ help: "with --slurm: wait for the job, show progress, gather the results" }),
  requeue: flag({
    help: "with --wait: submit again what failed or ran into the time limit, while runs get done",
  }),
  print: flag({ help: "with --slurm: print the batch script and submit nothing" }),
};

/**
 * The flags of a cluster as a sweep uses them.
 *
 * @param sharded Whether one shard alone was asked for.
 * @throws {UsageError} If a flag is there without the one that it goes with, or with one that it excludes.
 */
export function readClusterOptions(
  { array, ...rest }: Options<typeof clusterOptions>,
  sharded: boolean,
): Options<typeof clusterOptions> & { array: number } {
  const { slurm, ...others } = { array, ...rest };
  for (const [flag, value] of Object.entries(others)) {
    if (!slurm && value) throw new UsageError(`--${flag} needs --slurm: add it or leave it out`);
  }
  if (slurm && sharded) {
    throw new UsageError("--shard and --slurm exclude each other: --array says how many shards");
  }
  if (rest.requeue && !rest.wait) {
    throw new UsageError("--requeue needs --wait: who does not wait does not see what fails");
  }
  if (rest.print && rest.wait) {
    throw new UsageError("--print and --wait exclude each other: nothing is submitted");
  }
  return { ...rest, array: array ?? defaultArray };
}
