import type { Experiment } from "../training/mod.ts";
import { writeUpExperiment } from "./write_up.ts";

/** A list of experiments that belong together, run by `deno task sweep NAME`. */
export interface Sweep {
  /** What the sweep finds out: one sentence. */
  readonly about: string;
  readonly experiments: () => Experiment[];
}

/** Every sweep by name. */
export const sweeps: Readonly<Record<string, Sweep>> = {
  "write-up": {
    about: "BLSTM and LSTM at seeds 0 to 4: the write-up's headline.",
    experiments: () =>
      (["blstm", "lstm"] as const).flatMap((kind) =>
        [0, 1, 2, 3, 4].map((seed) => writeUpExperiment(kind, seed, { fineEvery: 10 }))
      ),
  },
};

/**
 * The part of a sweep that shard i of n runs: every n-th experiment, starting with the i-th.
 *
 * @throws {RangeError} If i and n are not whole numbers with 1 <= i <= n.
 *
 * @example
 * ```ts
 * import { shard } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shard(["a", "b", "c"], 1, 2), ["a", "c"]);
 * ```
 */
export function shard<T>(items: readonly T[], i: number, n: number): T[] {
  if (!(Number.isInteger(i) && Number.isInteger(n) && 1 <= i && i <= n)) {
    throw new RangeError(
      `Cannot take a shard as 1 <= i <= n must be whole numbers: current values are ${i} and ${n}`,
    );
  }
  return items.filter((_, place) => place % n === i - 1);
}
