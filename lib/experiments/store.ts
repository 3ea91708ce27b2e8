import { type Experiment, readModel } from "../training/mod.ts";
import { makeFolder, tryPlace, unlessMissing, WriteError, writeWhole } from "../write_whole.ts";
import { differenceOf, parseRun } from "./parse_run.ts";
import { type Run, runName, runText } from "./run.ts";

/**
 * A folder of finished runs, one JSON file each, with the weights beside it as safetensors. Files
 * appear whole or not at all, so that a sweep that is killed loses only what was under way.
 */
export interface RunStore {
  /**
   * The run of an experiment, or undefined if it is not there.
   *
   * @throws {DamagedRunError} If the file is not a whole run of this experiment.
   */
  read(experiment: Experiment): Promise<Run | undefined>;
  /**
   * The final weights of an experiment's run, or undefined if they are not there.
   *
   * @throws {DamagedRunError} If the file is not a model of this experiment.
   */
  readWeights(experiment: Experiment): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * Writes a run, and its final weights where they are given: these first, so that a run that is
   * there has its weights.
   *
   * @throws {WriteError} If a file cannot be written.
   */
  write(run: Run, weights?: Uint8Array): Promise<void>;
  /** What stands in NAME.json beside the runs, such as the timings of a benchmark. */
  document(name: string): Promise<unknown>;
  /**
   * Makes the folder and tries whether runs can be written there.
   *
   * @throws {WriteError} If they cannot.
   */
  tryPlace(): Promise<void>;
  /** The store in a folder of this one, such as that of a sweep. */
  within(name: string): RunStore;
}

/** A file of the store is not what its name says. */
export class DamagedRunError extends SyntaxError {
  override readonly name = "DamagedRunError";

  /**
   * @param file Its path.
   * @param reason What is wrong, in a few words.
   * @param task What sets it aside and makes it anew, for the message; defaults to none.
   */
  constructor(readonly file: string, readonly reason: string, task?: string) {
    const advice = task === undefined
      ? ""
      : ` (\`deno task ${task}\` sets it aside and makes it again)`;
    super(`Cannot read ${file}: ${reason}${advice}`);
  }
}

/**
 * The store in a folder.
 *
 * @param folder Path or file URL; it is made when something is first written.
 */
export function runStore(folder: string | URL): RunStore {
  const base = String(folder).replace(/\/$/, "");
  const path = (experiment: Experiment, extension: string) =>
    `${base}/${runName(experiment)}.${extension}`;
  return {
    read: (experiment) =>
      readChecked(
        path(experiment, "json"),
        (bytes) => parseRun(new TextDecoder().decode(bytes), experiment),
      ),
    readWeights: (experiment) =>
      readChecked(path(experiment, "safetensors"), (bytes) => {
        const difference = differenceOf(readModel(bytes).experiment, experiment);
        if (difference !== undefined) {
          throw new SyntaxError(`it is of another experiment: ${difference}`);
        }
        return bytes;
      }),
    async write(run, weights) {
      const text = runText(run);
      await makeFolder(locate(base));
      if (weights) await writeWhole(locate(path(run.experiment, "safetensors")), weights);
      await writeWhole(locate(path(run.experiment, "json")), text);
    },
    async tryPlace() {
      await makeFolder(locate(base));
      await tryPlace(locate(`${base}/run.json`), 2 ** 16);
    },
    document: async (name) => JSON.parse(await Deno.readTextFile(locate(`${base}/${name}.json`))),
    within: (name) => runStore(`${base}/${name}`),
  };
}

/**
 * Renames a damaged file, which is never deleted.
 *
 * @returns Its new path, which ends in `.damaged`.
 * @throws {WriteError} If it cannot be renamed.
 */
export async function setAside({ file }: DamagedRunError): Promise<string> {
  try {
    for (let n = 1;; n++) {
      const aside = `${file}${n === 1 ? "" : `.${n}`}.damaged`;
      if (await unlessMissing(Deno.lstat(locate(aside))) !== undefined) continue;
      await Deno.rename(locate(file), locate(aside));
      return aside;
    }
  } catch (error) {
    throw new WriteError(`${file}.damaged`, error);
  }
}

function locate(place: string): string | URL {
  return place.startsWith("file:") ? new URL(place) : place;
}

/** What `read` makes of a file; undefined if there is none. */
async function readChecked<T>(
  file: string,
  read: (bytes: Uint8Array<ArrayBuffer>) => T,
): Promise<T | undefined> {
  try {
    const bytes = await unlessMissing(Deno.readFile(locate(file)));
    return bytes === undefined ? undefined : read(bytes);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error; // of this process, not of the file
    const [reason] = (error as Error).message.split("\n");
    throw new DamagedRunError(file, reason);
  }
}
