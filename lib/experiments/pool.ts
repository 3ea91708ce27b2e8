import type { CorpusFolders } from "../corpora/mod.ts";
import { kernelsInUse, type Twin } from "../numeric/kernels/mod.ts";
import type { EvaluationRow, Experiment } from "../training/mod.ts";
import { checkpointsIn } from "./checkpoints.ts";
import { stoppable } from "../training/stoppable.ts";
import { askWorker, inLanes, startWorker } from "../workers.ts";
import type { Run } from "./run.ts";

/** What became of one experiment. */
export type Outcome =
  | { readonly ok: true; readonly run: Run; readonly weights: Uint8Array<ArrayBuffer> }
  | {
    readonly ok: false;
    readonly experiment: Experiment;
    readonly error: string;
    /** Whether it was never begun, as an outcome before it could not be kept. */
    readonly notBegun?: true;
    /** After which step it was stopped and its checkpoint written. */
    readonly stoppedAt?: number;
    /** Whether it was refused before its first step, as what a person brought cannot be used. */
    readonly refused?: true;
  };

/** Where trainings under way are kept. */
export interface CheckpointOptions {
  /** Path or file URL, see {@link checkpointsIn}; a training goes on from the one that is there. */
  readonly folder: string;
  /** Steps between two that are written; defaults to none. */
  readonly every?: number;
}

/** What a worker is asked to train, with which kernels, and by how many workers of its own. */
export interface TrainingRequest {
  /** What to train. */
  readonly experiment: Experiment;
  /** The kernels that must run it. */
  readonly kernels: Twin;
  /** How many take the pieces of its batches; 1 is the worker that is asked alone. */
  readonly workers: number;
  /** Where its state is kept; defaults to nowhere. */
  readonly checkpoints?: CheckpointOptions;
  /** Where corpora are that people bring; defaults to nowhere. */
  readonly folders?: CorpusFolders;
}

/** What a worker says to the pool, after that it listens. */
export type WorkerMessage =
  | { readonly kind: "begun" }
  | { readonly kind: "row"; readonly row: EvaluationRow }
  | { readonly kind: "stopped"; readonly iter: number }
  | { readonly kind: "done"; readonly run: Run; readonly weights: Uint8Array<ArrayBuffer> }
  | { readonly kind: "failed"; readonly error: string; readonly refused: boolean };

/** How a sweep is spread, and who is told about it. */
export interface PoolOptions {
  /**
   * Number of workers; defaults to one per core. Each experiment has one; where there are fewer
   * experiments, each has an equal part of them for its pieces.
   */
  workers?: number;
  /** Told when an experiment's corpus is open and its steps begin; `n` as in `onRow`. */
  onBegun?: (n: number) => void;
  /** Told of every evaluation row; `n` is the experiment's place in the list. */
  onRow?: (n: number, row: EvaluationRow) => void;
  /**
   * Told of every outcome as it comes, in the order of finishing. Where it throws, as a run cannot be
   * written, that is the outcome: what is under way goes on to its end, nothing more begins.
   */
  onOutcome?: (n: number, outcome: Outcome) => void | Promise<void>;
  /**
   * Ends all of them, as not ok: at once, or where checkpoints are written after the step and the
   * checkpoint; defaults to never, in a notebook to the stop button.
   */
  signal?: AbortSignal;
  /**
   * Where trainings go on from and leave their checkpoints, which are removed once `onOutcome` has
   * kept the run; defaults to nowhere.
   */
  checkpoints?: CheckpointOptions;
  /** Where corpora are that people bring; defaults to nowhere. */
  folders?: CorpusFolders;
}

/**
 * Trains experiments on a pool of workers, with the kernels in use here. A training that fails does
 * not stop the others.
 *
 * @returns One outcome per experiment, in the order of `experiments`; the same bits whatever the
 * number of workers.
 * @throws {RangeError} If the number of workers is not a whole number >= 1.
 */
export async function runPool(
  experiments: readonly Experiment[],
  options: PoolOptions = {},
): Promise<Outcome[]> {
  const { workers = navigator.hardwareConcurrency, onOutcome, signal } = options;
  const { onBegun, onRow, checkpoints, folders } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(
      `Cannot make a pool as workers must be a whole number >= 1: current value is ${workers}`,
    );
  }
  const own = Math.max(1, Math.floor(workers / experiments.length));
  const outcomes: Outcome[] = [];
  const work = stoppable(signal);
  const underWay = new Set<Worker>();
  const kept = checkpoints && checkpointsIn(checkpoints.folder);
  const saves = checkpoints?.every !== undefined;
  const halt = (worker: Worker) => saves ? worker.postMessage("stop") : worker.terminate();
  let lost: string | undefined;
  work.onStop(() => {
    lost ??= "stopped";
    for (const worker of underWay) halt(worker);
  });
  try {
    await inLanes(experiments.length, workers, async (n) => {
      const experiment = experiments[n];
      if (lost !== undefined) {
        outcomes[n] = { ok: false, experiment, error: `not begun: ${lost}`, notBegun: true };
        return;
      }
      const started = (worker: Worker) => {
        underWay.add(worker);
        if (work.stopped) halt(worker);
      };
      const request = { experiment, kernels: kernelsInUse(), workers: own, checkpoints, folders };
      const outcome = await runInWorker(request, started, {
        begun: () => onBegun?.(n),
        row: (row) => onRow?.(n, row),
      });
      const halted = work.stopped && !outcome.ok && !saves;
      outcomes[n] = halted ? { ...outcome, error: "stopped" } : outcome;
      try {
        await onOutcome?.(n, outcomes[n]);
        if (outcome.ok) await kept?.remove(experiment);
      } catch (error) {
        lost = messageOf(error);
        outcomes[n] = { ok: false, experiment, error: lost };
      }
    });
  } finally {
    const finished = outcomes.filter(({ ok }) => ok).length;
    work.end(`after ${finished} of ${experiments.length} trainings`);
  }
  return outcomes;
}

async function runInWorker(
  request: TrainingRequest,
  started: (worker: Worker) => void,
  on: { begun: () => void; row: (row: EvaluationRow) => void },
): Promise<Outcome> {
  const { experiment } = request;
  let worker: Worker | undefined;
  const read = (message: WorkerMessage): Outcome | undefined => {
    switch (message.kind) {
      case "begun":
        return told(on.begun);
      case "row":
        return told(() => on.row(message.row));
      case "stopped":
        return { ok: false, experiment, error: "stopped", stoppedAt: message.iter };
      case "done":
        return { ok: true, run: message.run, weights: message.weights };
      case "failed":
        return {
          ...{ ok: false, experiment, error: message.error },
          ...(message.refused && { refused: true }),
        };
    }
  };
  /** A listener that throws ends the training, and is no error that nobody catches. */
  const told = (tell: () => void): Outcome | undefined => {
    try {
      tell();
      return undefined;
    } catch (error) {
      return { ok: false, experiment, error: messageOf(error) };
    }
  };
  try {
    worker = await startWorker(new URL("./worker.ts", import.meta.url));
    started(worker);
    return await askWorker(worker, request, read);
  } catch (error) {
    return { ok: false, experiment, error: messageOf(error) };
  } finally {
    worker?.terminate();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
