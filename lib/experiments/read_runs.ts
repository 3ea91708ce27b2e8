import type { Experiment } from "../training/mod.ts";
import { type Run, runName } from "./run.ts";
import type { RunStore } from "./store.ts";
import { sweeps } from "./sweeps/mod.ts";

/** A run is needed that has not been made. */
export class MissingRunError extends Error {
  override readonly name = "MissingRunError";

  /** @param task What makes it; defaults to `reproduce`. */
  constructor(experiment: Experiment, task = "reproduce") {
    super(`the run ${runName(experiment)} is not in results/: run \`deno task ${task}\` first`);
  }
}

/**
 * The runs of some experiments, in their order.
 *
 * @param task What makes them, for the error; defaults to `reproduce`.
 * @throws {MissingRunError} If one is not there.
 */
export async function readRuns(
  store: Pick<RunStore, "read">,
  experiments: readonly Experiment[],
  task?: string,
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const experiment of experiments) {
    const run = await store.read(experiment);
    if (run === undefined) throw new MissingRunError(experiment, task);
    runs.push(run);
  }
  return runs;
}

/**
 * All runs of a sweep at its own number of seeds.
 *
 * @param store The store of `results/`.
 * @throws {RangeError} If there is no such sweep.
 * @throws {MissingRunError} If a run is not there.
 */
export async function readSweep(store: Pick<RunStore, "within">, name: string): Promise<Run[]> {
  if (!Object.hasOwn(sweeps, name)) {
    throw new RangeError(
      `Cannot read a sweep as its name must be one of ${Object.keys(sweeps).join(", ")}: ` +
        `it is ${JSON.stringify(name)}`,
    );
  }
  const { experiments, seeds } = sweeps[name];
  const all = experiments(Array.from({ length: seeds }, (_, seed) => seed));
  return await readRuns(store.within(name), all, `sweep ${name}`);
}
