import { assert, assertEquals } from "@std/assert";
import { ctcVariants } from "lib/criteria/variants/mod.ts";
import { ctcCosts, ctcCostSample } from "lib/experiments/mod.ts";

Deno.test("a sample has a label for every eight frames, and is the same each time", () => {
  const { logits, target } = ctcCostSample(32);
  assertEquals([logits.rows, logits.cols, target.length], [32, 7, 4]);
  assert(target.every((label) => label >= 1 && label < 7));
  assertEquals(ctcCostSample(32), { logits, target });
});

Deno.test("every variant is priced at every length", () => {
  const costs = ctcCosts([8, 16]);
  assertEquals(
    costs.map(({ variant, T }) => `${variant} ${T}`),
    [8, 16].flatMap((T) => Object.keys(ctcVariants).map((variant) => `${variant} ${T}`)),
  );
  for (const { cost, reads, peak } of costs) assert(cost >= reads && reads > 0 && peak > 0);
});
