import type { CorpusFolders, DataSet } from "../corpora/mod.ts";
import type { EvaluationRow } from "./evaluation_row.ts";
import type { Experiment } from "./experiment.ts";
import { Training } from "./training.ts";

/**
 * Trains an experiment from its first step to its last.
 *
 * @param options.signal Ends it after the step or the evaluation under way, without an error and
 * with the rows so far; defaults to never, in a notebook to the stop button.
 * @param options.workers How many take the pieces of its batches, at most one for each of the
 * experiment's `pieces`: the same bits whatever their number. Defaults to 1, which is this thread.
 * @param options.folders Where workers open a corpus that people bring; defaults to nowhere.
 * @param options.data Its data set, opened, as {@link Training} takes it.
 * @returns The evaluation rows, as they come; `break` stops the training.
 * @throws {TypeError} If the experiment has a key that nobody knows, or a value of another type.
 * @throws {RangeError} If it has a value out of range, or needs more memory than 4 GiB.
 * @throws {DivergedError} If the loss, the gradient or a weight leaves all bounds.
 *
 * @example
 * ```ts
 * import { train, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * for await (const { iter, per } of train(writeUpExperiment("blstm", 0, { iters: 2 }))) {
 *   assertEquals(iter >= 1 && per > 0, true);
 *   break;
 * }
 * ```
 */
export function train(
  experiment: Experiment,
  options: {
    signal?: AbortSignal;
    workers?: number;
    data?: DataSet;
    folders?: CorpusFolders;
  } = {},
): AsyncGenerator<EvaluationRow, void, void> {
  return new Training(experiment, { data: options.data }).rows(options);
}
