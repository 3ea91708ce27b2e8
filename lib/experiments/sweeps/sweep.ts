import type { Experiment } from "../../training/mod.ts";

/** Experiments that belong together: what `deno task sweep NAME` runs. */
export interface Sweep {
  /** What the sweep finds out: one sentence. */
  readonly about: string;
  /** How many seeds it takes unless told otherwise, counted from 0. */
  readonly seeds: number;
  /** Whether final weights are written beside the rows; defaults to false. */
  readonly keepsWeights?: boolean;
  /** All experiments at the given seeds; each has a name of its own. */
  readonly experiments: (seeds: readonly number[]) => Experiment[];
}

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
