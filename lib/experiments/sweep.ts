import type { Experiment } from "../training/mod.ts";

/** What tells an experiment of a sweep from the others: `{ method: "baseline", seed: 3 }`. */
export type SweepKey = Readonly<Record<string, unknown>> & { readonly seed: number };

/** One experiment of a sweep, under plain values. */
export interface SweepEntry<Key extends SweepKey = SweepKey> {
  /** What tells it from the others of the sweep. */
  readonly key: Key;
  /** What is trained. */
  readonly experiment: Experiment;
  /** Whether its final weights are kept, as somebody reads them; defaults to false. */
  readonly keepsWeights?: boolean;
}

/** Experiments that belong together: what `deno task sweep NAME` runs. */
export interface Sweep<Key extends SweepKey = SweepKey> {
  /** What the sweep finds out: one sentence. */
  readonly about: string;
  /** How many seeds it takes unless told otherwise, counted from 0. */
  readonly seeds: number;
  /** The file of `results/` that holds its runs, which other sweeps may share; defaults to its name. */
  readonly file?: string;
  /** All experiments at the given seeds, in the order in which they run; each has its own name. */
  readonly entries: (seeds: readonly number[]) => readonly SweepEntry<Key>[];
}

/** The seeds that a sweep takes: 0 … `seeds` - 1. */
export function seedsOf({ seeds }: Pick<Sweep, "seeds">): number[] {
  return Array.from({ length: seeds }, (_, seed) => seed);
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
