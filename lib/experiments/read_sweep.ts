import type { Run } from "./run.ts";
import type { ReadableStore } from "./store_of.ts";
import { readRuns } from "./read_runs.ts";
import { seedsOf, type Sweep, type SweepKey } from "./sweep.ts";

/** A run of a sweep, under the plain values of its entry. */
export interface KeyedRun<Key extends SweepKey = SweepKey> {
  /** The plain values that its entry in the sweep has. */
  readonly key: Key;
  /** The run, finished. */
  readonly run: Run;
}

/**
 * All runs of a sweep at its own number of seeds, in the order of its entries.
 *
 * @param store The store of `results/`.
 * @param name The sweep's name, which is that of its place in the store unless the sweep has a `file`.
 * @throws {MissingRunError} If a run is not there.
 */
export async function readSweep<Key extends SweepKey>(
  store: Pick<ReadableStore, "within">,
  name: string,
  sweep: Sweep<Key>,
): Promise<KeyedRun<Key>[]> {
  const entries = sweep.entries(seedsOf(sweep));
  const experiments = entries.map(({ experiment }) => experiment);
  const runs = await readRuns(store.within(sweep.file ?? name), experiments, `sweep ${name}`);
  return entries.map(({ key }, n) => ({ key, run: runs[n] }));
}
