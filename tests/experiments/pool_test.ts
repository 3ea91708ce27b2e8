import { assertEquals, assertRejects } from "@std/assert";
import { runPool } from "lib/experiments/mod.ts";
import { smallExperiment } from "../support/experiments.ts";

// What needs a worker, and so permission to read its module, is in tests/system/experiments.ts.

Deno.test("runPool() refuses a number of workers that is no whole number >= 1", async () => {
  for (const workers of [0, -1, 1.5, NaN]) {
    await assertRejects(
      () => runPool([smallExperiment()], { workers }),
      RangeError,
      `workers must be a whole number >= 1: current value is ${workers}`,
    );
  }
});

Deno.test("runPool() of no experiments is no outcomes", async () => {
  assertEquals(await runPool([], { workers: 2 }), []);
});
