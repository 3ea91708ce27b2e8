import { assertEquals, assertThrows } from "@std/assert";
import { shard } from "lib/experiments/mod.ts";

Deno.test("the shards of a sweep are a partition of it", () => {
  const all = Array.from({ length: 10 }, (_, n) => n);
  for (const n of [1, 3, 10, 11]) {
    const parts = Array.from({ length: n }, (_, i) => shard(all, i + 1, n));
    assertEquals(parts.flat().sort(), all.toSorted());
  }
  // Every n-th: what stands side by side, such as the seeds of one experiment, is spread.
  assertEquals([shard(all, 1, 3), shard(all, 3, 3)], [[0, 3, 6, 9], [2, 5, 8]]);
  for (const [i, n] of [[0, 2], [3, 2], [1.5, 2], [1, NaN]]) {
    assertThrows(() => shard(all, i, n), RangeError, `current values are ${i} and ${n}`);
  }
});
