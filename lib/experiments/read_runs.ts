import type { Experiment } from "../training/mod.ts";
import { type Run, runName } from "./run.ts";
import { DamagedRunError, type RunStore } from "./store.ts";

/** A run or its weights are needed that have not been made. */
export class MissingRunError extends Error {
  /** The name of the class, as errors print it. */
  override readonly name = "MissingRunError";

  /**
   * The error of one run.
   *
   * @param task What makes it; defaults to `reproduce`.
   * @param part Which of the two is missing; defaults to the run.
   */
  constructor(experiment: Experiment, task = "reproduce", part: "run" | "weights" = "run") {
    const what = part === "run" ? "the run" : "the weights of the run";
    const verb = part === "run" ? "is" : "are";
    super(
      `${what} ${runName(experiment)} ${verb} not in results/: run \`deno task ${task}\` first`,
    );
  }
}

/**
 * The runs of some experiments, in their order.
 *
 * @param task What makes them, for the error; defaults to `reproduce`.
 * @throws {MissingRunError} If one is not there.
 * @throws {DamagedRunError} If one is not what its name says.
 */
export async function readRuns(
  store: Pick<RunStore, "read">,
  experiments: readonly Experiment[],
  task?: string,
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const experiment of experiments) {
    const run = await advising(() => store.read(experiment), task);
    if (run === undefined) throw new MissingRunError(experiment, task);
    runs.push(run);
  }
  return runs;
}

/**
 * The final weights of an experiment's run, as the bytes of a safetensors file.
 *
 * @param task What makes them, for the error; defaults to `reproduce`.
 * @throws {MissingRunError} If they are not there.
 * @throws {DamagedRunError} If they are not a model of this experiment.
 */
export async function readWeights(
  store: Pick<RunStore, "readWeights">,
  experiment: Experiment,
  task?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await advising(() => store.readWeights(experiment), task);
  if (bytes === undefined) throw new MissingRunError(experiment, task, "weights");
  return bytes;
}

/** What a reading gives; what is damaged is told with the task that mends it. */
async function advising<T>(read: () => Promise<T>, task = "reproduce"): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DamagedRunError)) throw error;
    throw new DamagedRunError(error.file, error.reason, task);
  }
}
