import type { Experiment } from "../training/mod.ts";
import { weightsOf } from "./bundle.ts";
import { meaningOf, namesByMeaning } from "./normal_form.ts";
import { type Run, runName } from "./run.ts";
import type { RunStore } from "./store.ts";

/** What can be read of a store. */
export type ReadableStore = Pick<RunStore, "read" | "readWeights" | "document"> & {
  within(name: string): ReadableStore;
};

/**
 * A store of what is in memory: files of `results/` that were imported or fetched. As in
 * {@link runStore}, experiments that mean the same have the same run.
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
    let byMeaning: Map<string, string[]> | undefined;
    const alike = (experiment: Experiment) => {
      byMeaning ??= namesByMeaning(runs.map((run) => run.experiment));
      return byMeaning.get(meaningOf(experiment) ?? "") ?? [];
    };
    return {
      read(experiment: Experiment) {
        const own = byName.get(runName(experiment));
        const run = own ?? byName.get(alike(experiment)[0]);
        return Promise.resolve(run && { ...run, experiment });
      },
      readWeights(experiment) {
        const own = weights[runName(experiment)];
        if (own !== undefined) return Promise.resolve(own);
        const other = alike(experiment).find((name) => Object.hasOwn(weights, name));
        return Promise.resolve(
          other === undefined ? undefined : weightsOf(experiment, weights[other]),
        );
      },
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
