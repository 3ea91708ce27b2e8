import { lines } from "./lines.ts";
import type { Task } from "../workloads.ts";

/** A task made ready. */
export interface Job {
  /** Numbers that show that the work is the same. */
  readonly check: readonly number[];
  /** What is timed, from its call to its return, or to the end of what it promises. */
  readonly run: () => unknown;
  /** Milliseconds of a part of one call of `run`, where only that part is to be timed. */
  readonly stopwatch?: () => number;
  /** Lets go of what it holds, before the next task is made ready. */
  readonly end?: () => void;
  /** Measures the ceiling, 10⁹ operations a second, that the times of this turn go with. */
  readonly ceiling?: () => number;
}

/** What a contender says of itself before anything else. */
export interface Hello {
  /** Program or library → version. */
  readonly versions: Readonly<Record<string, string>>;
  /** Threads it computes on, where it says so. */
  readonly threads?: number;
  /** Why it cannot take part. */
  readonly absent?: string;
}

/** A line from bench/main.ts. */
export type Request = { readonly workload: Task } | { readonly budget: number };

/** The line in answer to it. */
export type Reply =
  | { readonly check: readonly number[] }
  | { readonly skipped: true }
  | { readonly ms: readonly number[]; readonly ceiling?: number };

/**
 * A contender's side of the conversation: answers requests, one JSON value per line, until stdin
 * ends. bench/peers/serve.py is the same in Python.
 *
 * @param prepare Makes a task ready; `undefined` for a task that this contender does not do.
 */
export async function serve(
  hello: Hello,
  prepare: (task: Task) => Job | undefined | Promise<Job | undefined>,
): Promise<void> {
  say(hello);
  let job: Job | undefined;
  for await (const line of lines(Deno.stdin.readable)) {
    const request: Request = JSON.parse(line);
    if ("workload" in request) {
      job?.end?.();
      job = undefined; // lets go of the last one first
      job = await prepare(request.workload);
      say(job === undefined ? { skipped: true } : { check: job.check });
    } else {
      const ms = await measure(job!, request.budget);
      say(job!.ceiling ? { ms, ceiling: job!.ceiling() } : { ms });
    }
  }
  job?.end?.();
}

/**
 * Milliseconds per call, sample by sample, until `budget` ms are over; at least one. Short calls are
 * timed several at once, and after a warm-up.
 */
export async function measure(job: Job, budget: number): Promise<number[]> {
  const first = await elapsed(job, 1);
  const repeats = first >= 1 ? 1 : Math.min(1000, Math.floor(1 / Math.max(first, 1e-3)) + 1);
  const short = first < budget / 4;
  if (short) await elapsed(job, repeats);
  const samples = short ? [] : [first];
  for (let spent = short ? 0 : first; spent < budget;) {
    const took = await elapsed(job, repeats);
    spent += took;
    samples.push(took / repeats);
  }
  return samples;
}

async function elapsed({ run, stopwatch }: Job, repeats: number): Promise<number> {
  const start = performance.now();
  let inside = 0;
  for (let n = 0; n < repeats; n++) {
    const result = run();
    if (result instanceof Promise) await result;
    if (stopwatch) inside += stopwatch();
  }
  return stopwatch ? inside : performance.now() - start;
}

function say(value: Hello | Reply): void {
  console.log(JSON.stringify(value));
}
