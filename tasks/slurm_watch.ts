/**
 * Watches a job of Slurm until it has ended.
 *
 * @module
 */
import { hasEnded, type TaskState } from "lib/experiments/slurm/mod.ts";
import { tasksNow } from "./slurm_commands.ts";

/** A task of a job. */
export type Task = TaskState & { readonly job: number };

/** The pauses between two looks at a job, in milliseconds: short for small sweeps, polite for long. */
const pauses = { first: 1000, growth: 1.3, longest: 30_000 };

/**
 * Waits until every task of a job has ended.
 *
 * @param known Its tasks, where they are known before Slurm says them.
 * @param look Called at every look at the queue.
 */
export async function watch(
  job: number,
  known: readonly number[],
  look: () => Promise<void>,
): Promise<Task[]> {
  let tasks: ReadonlyMap<number, TaskState> = new Map(
    known.map((task) => [task, { task, state: "PENDING" }]),
  );
  const said = new Set<string>();
  const tell = (line: string) => {
    if (!said.has(line)) console.error(`sweep: ${line}`);
    said.add(line);
  };
  for (let pause = pauses.first;; pause = Math.min(pause * pauses.growth, pauses.longest)) {
    const now = await tasksNow(job, tasks);
    if (typeof now === "string") tell(`still waiting for job ${job}, but squeue says: ${now}`);
    else {
      tasks = now;
      for (const { state, reason } of tasks.values()) {
        if (state === "PENDING" && reason && reason !== "None") {
          tell(`job ${job} is pending: ${reason}`);
        }
      }
      const states = [...tasks.values()];
      if (states.every(({ state }) => hasEnded(state))) return states.map((s) => ({ ...s, job }));
    }
    await look();
    await sleep(pause);
  }
}

/** Does nothing for so many milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
