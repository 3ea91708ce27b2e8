// The whole evaluation table of the write-up, 1500 iterations of both models on two workers:
//   deno test --allow-read tests/system/parity.ts
// The library's own tests go as far as iteration 600, in tests/training/parity_*_test.ts.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { runPool, writeUpExperiment } from "lib/experiments/mod.ts";
import { writeUp } from "../support/write_up.ts";

const kinds = ["blstm", "lstm"] as const;

Deno.test("both models at seed 0: every PER and sequence accuracy of 1500 iterations is the write-up's", async () => {
  const outcomes = await runPool(kinds.map((kind) => writeUpExperiment(kind, 0)), { workers: 2 });
  outcomes.forEach((outcome, n) => {
    assert(outcome.ok);
    const { evals } = writeUp[kinds[n]];
    assertEquals(evals.length, 16);
    assertEquals(
      outcome.run.rows.map(({ iter, per, seqAcc }) => ({ iter, per, seqAcc })),
      evals.map(({ iter, per, seqAcc }) => ({ iter, per, seqAcc })),
    );
    outcome.run.rows.forEach(({ iter, nll, infeasible }, i) => {
      assertAlmostEquals(nll, evals[i].nll, 1e-9, `${kinds[n]}: the loss of iteration ${iter}`);
      assertEquals(infeasible, 0);
    });
  });
});
