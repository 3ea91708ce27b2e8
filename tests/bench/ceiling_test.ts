import { assertEquals } from "@std/assert";
import { ceiling, operationsPerTurn } from "../../bench/ceiling.ts";

Deno.test("ceiling() multiplies and adds on every lane, as often as it says", () => {
  const { run } = ceiling();
  const steps = operationsPerTurn / 48; // per turn and lane
  for (const turns of [1, 2, 7]) {
    let acc = 0;
    for (let n = 0; n < turns * steps; n++) acc = acc * 0.75 + 0.5;
    let sum = 0;
    for (let lane = 0; lane < 24; lane++) sum += acc;
    assertEquals(Math.abs(run(turns, 0.75, 0.5) - sum) <= 1e-12 * sum, true);
  }
});
