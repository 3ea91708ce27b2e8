/** What Slurm says of one task: its state, `RUNNING`, and why it waits, `Priority`. */
export interface TaskState {
  readonly task: number;
  readonly state: string;
  readonly reason?: string;
}

/** What `squeue` prints to be read by {@linkcode readQueue}. */
export const queueFormat = "%K|%T|%r";

/** What `sacct` prints to be read by {@linkcode readAccounts}. */
export const accountsFormat = "JobID,State";

/** What `squeue` prints to be read by {@linkcode readJobs}. */
export const jobsFormat = "%F|%Z";

/** The state of a task that Slurm has forgotten. */
export const unknownState = "UNKNOWN";

const ended = new Set([
  unknownState,
  "BOOT_FAIL",
  "CANCELLED",
  "COMPLETED",
  "DEADLINE",
  "FAILED",
  "LAUNCH_FAILED",
  "NODE_FAIL",
  "OUT_OF_MEMORY",
  "PREEMPTED",
  "RECONFIG_FAIL",
  "REVOKED",
  "TIMEOUT",
]);

/** Whether a task in this state runs no more. */
export function hasEnded(state: string): boolean {
  return ended.has(state);
}

/** Reads the tasks of an array job that `squeue --array --format="%K|%T|%r"` prints. */
export function readQueue(text: string): TaskState[] {
  return lines(text).flatMap((line) => {
    const [, task, state, reason] = /^(\d+)\|(\w+)\|(.*)$/.exec(line) ?? [];
    return task === undefined ? [] : [{ task: Number(task), state, reason }];
  });
}

/** Reads the tasks of an array job that `sacct --parsable2 --format=JobID,State` prints. */
export function readAccounts(text: string): TaskState[] {
  return lines(text).flatMap((line) => {
    const [, task, state] = /^\d+_(\d+)\|(\w+)/.exec(line) ?? [];
    return task === undefined ? [] : [{ task: Number(task), state }];
  });
}

/** Reads the jobs that `squeue --format="%F|%Z"` prints, each once, of those started in a folder. */
export function readJobs(text: string, folder: string): number[] {
  const jobs = lines(text).flatMap((line) => {
    const [, job, place] = /^(\d+)\|(.*)$/.exec(line) ?? [];
    return place === folder ? [Number(job)] : [];
  });
  return [...new Set(jobs)];
}

/**
 * Reads the most tasks of an array from what `scontrol show config` prints: `MaxArraySize` is one
 * more than the largest index, which counts from 0, and shards count from 1.
 *
 * @returns Undefined if it does not stand there.
 */
export function readMostTasks(text: string): number | undefined {
  const [, size] = /^MaxArraySize\s*=\s*(\d+)\s*$/m.exec(text) ?? [];
  return size === undefined ? undefined : Math.max(0, Number(size) - 1);
}

/** What a program of Slurm's complains of, in one line and without its name before each. */
export function readComplaint(text: string): string {
  return lines(text).map((line) => line.replace(/^\w+: (error|fatal): /, "")).join("; ");
}

function lines(text: string): string[] {
  return text.split("\n").map((line) => line.trimEnd()).filter(Boolean);
}
