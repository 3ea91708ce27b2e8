import { isInFiles, unopenedDataSet } from "../corpora/mod.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../models/mod.ts";
import { type Experiment, readModel } from "../training/mod.ts";
import { makeFolder, tryPlace, unlessMissing, WriteError, writeWhole } from "../write_whole.ts";
import { bundleText, decodeWeights, encodeWeights, parseBundle, weightsOf } from "./bundle.ts";
import { locate, namesInFolder } from "./names_in_folder.ts";
import { meaningOf, namesByMeaning } from "./normal_form.ts";
import { differenceInMeaning, parseRun } from "./parse_run.ts";
import type { Params } from "../numeric/mod.ts";
import { type Run, runName, runText } from "./run.ts";
import type { SweepEntry } from "./sweep.ts";

/**
 * A folder of finished runs, one JSON file each, with the weights beside it as safetensors; and
 * beside the folder, under its name, one file of the runs of a whole sweep, and one of their weights.
 * A run is looked up by the name of its experiment, then by what the experiment means, see
 * {@link normalForm}: another spelling, or another `name`, finds it too, and gets it as its own.
 * Files appear whole or not at all, so that a sweep that is killed loses only what was under way.
 */
export interface RunStore {
  /**
   * The run of an experiment, or of one that means the same; undefined if there is none.
   *
   * @throws {DamagedRunError} If the file is not a whole run of this experiment.
   */
  read(experiment: Experiment): Promise<Run | undefined>;
  /**
   * The final weights of an experiment's run, or of one that means the same; undefined if there are
   * none.
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
  /**
   * Gathers runs into the one file beside the folder, where all of them are there, and takes them out
   * of the folder, which is removed where nothing else is left. Does nothing where there is no folder.
   *
   * @param entries What the file holds, and nothing else.
   * @returns Whether all are there.
   * @throws {WriteError} If a file cannot be written.
   */
  fold(entries: readonly Pick<SweepEntry, "experiment" | "keepsWeights">[]): Promise<boolean>;
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
  /** The name of the class, as errors print it. */
  override readonly name = "DamagedRunError";

  /**
   * The error of one file.
   *
   * @param file Its path.
   * @param reason What is wrong, in a few words.
   * @param task What sets it aside and makes it anew, for the message; defaults to none.
   * @param saveOthers Keeps what is whole in the file, before it is set aside; defaults to nothing.
   */
  constructor(
    readonly file: string,
    readonly reason: string,
    task?: string,
    readonly saveOthers?: () => Promise<void>,
  ) {
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
  const pathOf = (name: string, extension: string) => `${base}/${name}.${extension}`;
  const path = (experiment: Experiment, extension: string) =>
    pathOf(runName(experiment), extension);
  const inFolder = namesInFolder(base);
  const bundled = remembered(`${base}.json`, (bytes) => {
    const runs = parseBundle(decodeText(bytes));
    const experiments = [...runs.values()].map((run) => (run as Run).experiment);
    return { runs, names: namesByMeaning(experiments) };
  });
  const bundledWeights = remembered(`${base}.safetensors`, decodeWeights);

  /** Writes the whole runs of the file beside the folder into the folder. */
  const saveOthers = async () => {
    for (const value of (await bundled())?.runs.values() ?? []) {
      const { experiment } = value as Run;
      const file = locate(path(experiment, "json"));
      if (await unlessMissing(Deno.lstat(file)) !== undefined) continue;
      try {
        const run = parseRun(value, experiment);
        await makeFolder(locate(base));
        await writeWhole(file, runText(run));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
    }
  };

  /** The names of runs whose experiments mean the same: first those in the folder. */
  const alike = async (experiment: Experiment): Promise<string[]> => {
    const meaning = meaningOf(experiment);
    if (meaning === undefined) return [];
    return [...await inFolder(meaning), ...(await bundled())?.names.get(meaning) ?? []];
  };
  /** What is read under the name of an experiment or, where that is nothing, under another of its meaning. */
  const underAnyName = async <T>(
    experiment: Experiment,
    read: (name: string, experiment: Experiment) => Promise<T | undefined>,
  ): Promise<T | undefined> => {
    const own = await read(runName(experiment), experiment);
    if (own !== undefined) return own;
    for (const name of await alike(experiment)) {
      const other = await read(name, experiment);
      if (other !== undefined) return other;
    }
    return undefined;
  };

  const readNamed = async (name: string, experiment: Experiment): Promise<Run | undefined> => {
    const own = await readChecked(
      pathOf(name, "json"),
      (bytes) => parseRun(decodeText(bytes), experiment),
    );
    if (own !== undefined) return own;
    const value = (await bundled())?.runs.get(name);
    if (value === undefined) return undefined;
    try {
      return parseRun(value, experiment);
    } catch (error) {
      const reason = `the run ${name}: ${(error as Error).message}`;
      throw new DamagedRunError(`${base}.json`, reason, undefined, saveOthers);
    }
  };
  const readWeightsNamed = async (name: string, experiment: Experiment) => {
    const own = await readChecked(pathOf(name, "safetensors"), (bytes) => {
      requireModel(bytes, experiment);
      return name === runName(experiment) ? bytes : weightsOf(experiment, bytes);
    });
    if (own !== undefined) return own;
    const params = (await bundledWeights())?.get(name);
    if (params === undefined) return undefined;
    const bytes = encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
    try {
      requireModel(bytes, experiment);
    } catch (error) {
      const reason = `weights of ${name}: ${(error as Error).message}`;
      throw new DamagedRunError(`${base}.safetensors`, reason);
    }
    return bytes;
  };

  const store: RunStore = {
    read: (experiment) => underAnyName(experiment, readNamed),
    readWeights: (experiment) => underAnyName(experiment, readWeightsNamed),
    async write(run, weights) {
      const text = runText(run);
      await makeFolder(locate(base));
      if (weights) await writeWhole(locate(path(run.experiment, "safetensors")), weights);
      await writeWhole(locate(path(run.experiment, "json")), text);
    },
    async fold(entries) {
      if (await unlessMissing(Deno.stat(locate(base))) === undefined) return true;
      const runs: Run[] = [];
      const weights = new Map<string, Params>();
      for (const { experiment, keepsWeights } of entries) {
        const run = await store.read(experiment);
        if (run === undefined) return false;
        runs.push(run);
        if (!keepsWeights) continue;
        const bytes = await store.readWeights(experiment);
        if (bytes === undefined) return false;
        weights.set(runName(experiment), decodeCheckpoint(bytes).params);
      }
      if (weights.size > 0) {
        await writeWhole(locate(`${base}.safetensors`), encodeWeights(weights));
      }
      await writeWhole(locate(`${base}.json`), bundleText(runs));
      for (const { experiment } of entries) {
        for (const extension of ["json", "safetensors"]) {
          await unlessMissing(Deno.remove(locate(path(experiment, extension))));
        }
      }
      const left = await unlessMissing(Array.fromAsync(Deno.readDir(locate(base))));
      if (left?.length === 0) await unlessMissing(Deno.remove(locate(base)));
      return true;
    },
    async tryPlace() {
      await makeFolder(locate(base));
      await tryPlace(locate(`${base}/run.json`), 2 ** 16);
    },
    document: async (name) => JSON.parse(await Deno.readTextFile(locate(`${base}/${name}.json`))),
    within: (name) => runStore(`${base}/${name}`),
  };
  return store;
}

/** @throws {SyntaxError} If the bytes are not a model of this experiment. */
function requireModel(bytes: Uint8Array, experiment: Experiment): void {
  const { corpus } = experiment;
  const data = isInFiles(corpus) ? unopenedDataSet(corpus) : undefined;
  const difference = differenceInMeaning(readModel(bytes, { data }).experiment, experiment);
  if (difference !== undefined) {
    throw new SyntaxError(`it is of another experiment: ${difference}`);
  }
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** What `read` makes of a file, read again only where the file has changed; undefined if there is none. */
function remembered<T>(
  file: string,
  read: (bytes: Uint8Array) => T,
): () => Promise<T | undefined> {
  let last: { stamp: string; value: T | undefined } | undefined;
  return async () => {
    const info = await unlessMissing(Deno.stat(locate(file)));
    if (info === undefined) return undefined;
    const stamp = `${info.ino} ${info.size} ${info.mtime?.getTime()}`;
    if (last?.stamp !== stamp) last = { stamp, value: await readChecked(file, read) };
    return last.value;
  };
}

/**
 * Renames a damaged file, which is never deleted.
 *
 * @returns Its new path, which ends in `.damaged`.
 * @throws {WriteError} If it cannot be renamed.
 */
export async function setAside({ file, saveOthers }: DamagedRunError): Promise<string> {
  await saveOthers?.();
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
