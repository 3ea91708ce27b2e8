import { assertEquals } from "@std/assert";
import { inLanes } from "lib/workers.ts";

Deno.test("inLanes() begins everything once, in order, and never more at a time than asked", async () => {
  for (const [n, workers] of [[0, 2], [1, 4], [5, 1], [7, 3]] as const) {
    const begun: number[] = [];
    let running = 0, most = 0;
    await inLanes(n, workers, async (k) => {
      begun.push(k);
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    });
    assertEquals(begun, Array.from({ length: n }, (_, k) => k));
    assertEquals(most, Math.min(n, workers));
  }
});
