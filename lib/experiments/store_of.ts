import type { Experiment } from "../training/mod.ts";
import { type Run, runName } from "./run.ts";
import type { RunStore } from "./store.ts";

/** What can be read of a store. */
export type ReadableStore = Pick<RunStore, "read" | "readWeights" | "document"> & {
  within(name: string): ReadableStore;
};

/**
 * A store of what is in memory: files of `results/` that were imported or fetched.
 *
 * @param documents Values of JSON files by their names without ending; runs are read from the file
 * of their sweep, `{ runs: [...] }`.
 * @param weights Bytes of safetensors files by the names of their runs; defaults to none.
 *
 * @example
 * ```ts
 * import { storeOf } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const store = storeOf({ "separated-blank": { rows: [] } });
 * assertEquals(await store.document("separated-blank"), { rows: [] });
 * ```
 */
export function storeOf(
  documents: Readonly<Record<string, unknown>>,
  weights: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {},
): ReadableStore {
  const within = (name: string): ReadableStore => {
    const { runs = [] } = (documents[name] ?? {}) as { runs?: readonly Run[] };
    const byName = new Map(runs.map((run) => [runName(run.experiment), run]));
    return {
      read: (experiment: Experiment) => Promise.resolve(byName.get(runName(experiment))),
      readWeights: (experiment) => Promise.resolve(weights[runName(experiment)]),
      document: (name) => {
        if (!Object.hasOwn(documents, name)) {
          throw new RangeError(
            `Cannot read ${name} as it must be one of ${Object.keys(documents).join(", ")}`,
          );
        }
        return Promise.resolve(documents[name]);
      },
      within,
    };
  };
  return within("");
}
