import { type CorpusFolders, type DataSet, openDataSet } from "../corpora/mod.ts";
import { CheckpointError, type Experiment, Training } from "../training/mod.ts";
import {
  makeFolder,
  removeLeftovers,
  tryPlace,
  unlessMissing,
  WriteError,
  writeWhole,
} from "../write_whole.ts";
import { locate } from "./names_in_folder.ts";
import { runName } from "./run.ts";

/** Trainings under way, one file each in a folder, under the names that their runs will have. */
export interface Checkpoints {
  /** Where the checkpoint of an experiment is, or would be. */
  fileOf(experiment: Experiment): string;
  /**
   * The training of an experiment at its checkpoint; undefined if there is none.
   *
   * @param options.data Its data set, opened; defaults to opening it.
   * @param options.folders Where it is opened, if it is one that people bring; defaults to nowhere.
   * @throws {CheckpointError} If it cannot be gone on from; the message names the file, and says
   * what to do.
   */
  resume(
    experiment: Experiment,
    options?: { data?: DataSet; folders?: CorpusFolders },
  ): Promise<Training | undefined>;
  /**
   * Writes the checkpoint of a training whole, in the place of the one before.
   *
   * @throws {WriteError} If it cannot be written.
   */
  write(training: Training): Promise<void>;
  /** Removes the checkpoint of an experiment, if there is one. */
  remove(experiment: Experiment): Promise<void>;
  /**
   * Makes the folder, removes what writers that were killed left half-way in it, and tries whether a
   * checkpoint can be written.
   *
   * @param experiments Those to be trained, by no other process.
   * @throws {WriteError} If none can be written.
   */
  prepare(experiments: readonly Experiment[]): Promise<void>;
}

/**
 * The checkpoints in a folder.
 *
 * @param folder Path or file URL; it is made when something is first written.
 */
export function checkpointsIn(folder: string | URL): Checkpoints {
  const base = String(folder).replace(/\/$/, "");
  const fileOf = (experiment: Experiment) => `${base}/${runName(experiment)}.checkpoint`;
  return {
    fileOf,
    async resume(experiment, { data, folders } = {}) {
      const file = fileOf(experiment);
      const bytes = await unlessMissing(Deno.readFile(locate(file)));
      try {
        if (bytes === undefined) return undefined;
        const opened = data ?? await openDataSet(experiment.corpus, experiment.seed, folders);
        return Training.resume(bytes, { experiment, data: opened });
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        throw new CheckpointError(error.reason, { file, cause: error });
      }
    },
    async write(training) {
      await makeFolder(locate(base));
      await writeWhole(locate(fileOf(training.experiment)), training.checkpoint());
    },
    async remove(experiment) {
      const file = fileOf(experiment);
      try {
        await unlessMissing(Deno.remove(locate(file)));
      } catch (error) {
        throw new WriteError(file, error);
      }
    },
    async prepare(experiments) {
      const files = experiments.map((experiment) => locate(fileOf(experiment)));
      await makeFolder(locate(base));
      for (const file of files) await removeLeftovers(file);
      if (files.length > 0) await tryPlace(files[0], 2 ** 16);
    },
  };
}
