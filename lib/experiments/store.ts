import type { Experiment } from "../training/mod.ts";
import { type Run, runName, runText } from "./run.ts";

/**
 * A folder of finished runs, one JSON file each, with the weights beside it as safetensors. Files
 * appear whole or not at all, so that a sweep that is killed loses only what was under way.
 */
export interface RunStore {
  /** The run of an experiment, or undefined if it is not there. */
  read(experiment: Experiment): Promise<Run | undefined>;
  /** The final weights of an experiment's run, or undefined if they are not there. */
  readWeights(experiment: Experiment): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Writes a run, and its final weights where they are given. */
  write(run: Run, weights?: Uint8Array): Promise<void>;
  /** What stands in NAME.json beside the runs, such as the timings of a benchmark. */
  document(name: string): Promise<unknown>;
  /** The store in a folder of this one, such as that of a sweep. */
  within(name: string): RunStore;
}

/**
 * The store in a folder.
 *
 * @param folder Path or file URL; it is made when something is first written.
 */
export function runStore(folder: string | URL): RunStore {
  const base = String(folder).replace(/\/$/, "");
  const path = (experiment: Experiment, extension: string) =>
    locate(`${base}/${runName(experiment)}.${extension}`);
  return {
    async read(experiment) {
      const file = path(experiment, "json");
      const bytes = await unlessMissing(Deno.readFile(file));
      if (bytes === undefined) return undefined;
      try {
        return JSON.parse(new TextDecoder().decode(bytes));
      } catch (error) {
        throw new SyntaxError(`Cannot read the run in ${file}: ${(error as Error).message}`);
      }
    },
    readWeights: (experiment) => unlessMissing(Deno.readFile(path(experiment, "safetensors"))),
    async write(run, weights) {
      await Deno.mkdir(locate(base), { recursive: true });
      if (weights) await writeWhole(path(run.experiment, "safetensors"), weights);
      await writeWhole(path(run.experiment, "json"), new TextEncoder().encode(runText(run)));
    },
    document: async (name) => JSON.parse(await Deno.readTextFile(locate(`${base}/${name}.json`))),
    within: (name) => runStore(`${base}/${name}`),
  };
}

function locate(place: string): string | URL {
  return place.startsWith("file:") ? new URL(place) : place;
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Writes to a neighbour and renames it, which is atomic. */
async function writeWhole(file: string | URL, bytes: Uint8Array): Promise<void> {
  const neighbour = file instanceof URL ? new URL(`${file}.tmp`) : `${file}.tmp`;
  await Deno.writeFile(neighbour, bytes);
  await Deno.rename(neighbour, file);
}
