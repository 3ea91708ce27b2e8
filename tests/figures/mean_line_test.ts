import { assertEquals } from "@std/assert";
import { meanLine } from "lib/figures/mod.ts";

Deno.test("meanLine() goes through the means, with one line for each seed in their order", () => {
  const { points, around } = meanLine([1, 2, 4], [[0, 1], [2, 4], [1, 1]]);
  assertEquals(points, [[1, 0.5], [2, 3], [4, 1]]);
  assertEquals(around, [[[1, 0], [2, 2], [4, 1]], [[1, 1], [2, 4], [4, 1]]]);
});

Deno.test("meanLine() without points has no seeds", () => {
  assertEquals(meanLine([], []), { points: [], around: [] });
});
