/**
 * Slurm's own commands, as this project calls them: `sbatch`, `squeue`, `sacct` and `scontrol`.
 *
 * @module
 */
import {
  accountsFormat,
  type ArrayJob,
  batchScript,
  hasEnded,
  jobName,
  jobsFormat,
  queueFormat,
  readAccounts,
  readComplaint,
  readJobs,
  readMostTasks,
  readQueue,
  sbatchOptions,
  type TaskState,
  unknownState,
} from "lib/experiments/slurm/mod.ts";
import { UsageError } from "./args.ts";
import { Failure } from "./run_task.ts";

/** What a command printed, or what it complained of. */
type Answer =
  | { readonly ok: true; readonly out: string }
  | { readonly ok: false; readonly complaint: string };

/**
 * Puts an array job in the queue. Its options stand on the command line too, where they win over
 * the person's `SBATCH_` variables; those add what we do not set, such as an account.
 *
 * @returns The number of the job.
 * @throws {UsageError} If Slurm refuses it, with Slurm's reason.
 */
export async function submit(job: ArrayJob): Promise<number> {
  const answer = await slurm("sbatch", ["--parsable", ...sbatchOptions(job)], batchScript(job));
  if (!answer.ok) throw new UsageError(`sbatch refused the job: ${answer.complaint}`);
  const [, number] = /^(\d+)(;.*)?$/m.exec(answer.out) ?? [];
  if (number === undefined) {
    throw new Failure(`sbatch gave no number of a job: ${JSON.stringify(answer.out)}`);
  }
  return Number(number);
}

/**
 * The jobs of a sweep that this person has in the queue from this folder.
 *
 * @throws {Failure} If Slurm cannot say.
 */
export async function jobsInQueue(sweep: string, folder: string): Promise<number[]> {
  const who = ["--me", `--name=${jobName(sweep)}`];
  const answer = await slurm("squeue", ["--noheader", ...who, `--format=${jobsFormat}`]);
  if (!answer.ok) throw new Failure(`squeue: ${answer.complaint}`);
  return readJobs(answer.out, folder);
}

/** The most tasks of an array here; undefined if the cluster does not say. */
export async function mostTasks(): Promise<number | undefined> {
  const answer = await unlessAbsent(slurm("scontrol", ["show", "config"]));
  return answer?.ok ? readMostTasks(answer.out) : undefined;
}

/**
 * The states of a job's tasks now. Those that have left the queue are looked up in the accounts, and
 * are unknown where no accounts are kept.
 *
 * @param before The states last seen; with a state each for those that must be there.
 * @returns The complaint, where `squeue` cannot say now, as the controller is busy or restarts.
 */
export async function tasksNow(
  job: number,
  before: ReadonlyMap<number, TaskState>,
): Promise<ReadonlyMap<number, TaskState> | string> {
  const which = ["--array", "--states=all", `--jobs=${job}`];
  const answer = await slurm("squeue", ["--noheader", ...which, `--format=${queueFormat}`]);
  const forgotten = !answer.ok && /invalid job id/i.test(answer.complaint);
  if (!answer.ok && !forgotten) return answer.complaint;
  const now = new Map(before);
  const seen = byTask(answer.ok ? readQueue(answer.out) : []);
  for (const [task, state] of seen) now.set(task, state);
  const lost = [...before.values()]
    .filter(({ task, state }) => !seen.has(task) && !hasEnded(state));
  const accounts = lost.length > 0 ? await accountsOf(job) : new Map<number, TaskState>();
  for (const { task } of lost) {
    const state = accounts.get(task)?.state;
    now.set(task, { task, state: state && hasEnded(state) ? state : unknownState });
  }
  return now;
}

/** What the accounts hold of a job's tasks; nothing where Slurm keeps none. */
async function accountsOf(job: number): Promise<ReadonlyMap<number, TaskState>> {
  const form = ["--noheader", "--parsable2", `--format=${accountsFormat}`];
  const which = ["--allocations", "--array", `--jobs=${job}`];
  const answer = await unlessAbsent(slurm("sacct", [...form, ...which]));
  return byTask(answer?.ok ? readAccounts(answer.out) : []);
}

function byTask(states: readonly TaskState[]): Map<number, TaskState> {
  return new Map(states.map((state) => [state.task, state]));
}

/** Slurm without one of its commands. */
class AbsentError extends UsageError {
  constructor(command: string) {
    super(
      `--slurm needs Slurm's sbatch and squeue: there is no ${command} on the PATH of this machine`,
    );
  }
}

/** What a command answers, or undefined if it is not there. */
async function unlessAbsent(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AbsentError) return undefined;
    throw error;
  }
}

/** @throws {AbsentError} If the command is not there. */
async function slurm(
  command: "sbatch" | "squeue" | "sacct" | "scontrol",
  args: readonly string[],
  input = "",
): Promise<Answer> {
  try {
    const child = new Deno.Command(command, {
      args: [...args],
      env: notPassedOn,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const [{ success, stdout, stderr }] = await Promise.all([child.output(), feed(child, input)]);
    const [out, complaint] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return success ? { ok: true, out } : { ok: false, complaint: readComplaint(complaint) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new AbsentError(command);
  }
}

/** A command that has refused its options does not read on: what it says of them is what counts. */
async function feed({ stdin }: Deno.ChildProcess, input: string): Promise<void> {
  try {
    const writer = stdin.getWriter();
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/**
 * Variables that choose libraries: Deno starts no program with them unless it may start every one. An
 * empty one is as good as none; a cluster's modules set them, and neither Slurm nor Deno needs them.
 */
const notPassedOn = { LD_LIBRARY_PATH: "", LD_PRELOAD: "", LD_RUN_PATH: "", LD_AUDIT: "" };
