// The whole evaluation table of the write-up, 1500 iterations of both models on two workers, and every
// loss that it prints:
//   deno test --allow-read tests/system/parity.ts
// The library's own tests go as far as iteration 200, in tests/training/parity_*_test.ts.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type EvaluationGrid, runPool, writeUpExperiment } from "lib/experiments/mod.ts";
import { writeUp } from "../support/write_up.ts";

const kinds = ["blstm", "lstm"] as const;
/** A row for every step; the stream is its own, so that it changes nothing. */
const everyStep: EvaluationGrid = { every: 1, sequences: 1, stream: 3000003 };

Deno.test("both models at seed 0: 600 losses, every PER and sequence accuracy of 1500 iterations are the write-up's", async () => {
  const experiments = kinds.map((kind) => {
    const experiment = writeUpExperiment(kind, 0);
    return { ...experiment, evaluations: [...experiment.evaluations, everyStep] };
  });
  const outcomes = await runPool(experiments, { workers: 2 });
  outcomes.forEach((outcome, n) => {
    assert(outcome.ok);
    const { evals, nllPerIter } = writeUp[kinds[n]];
    const every = (steps: number) => outcome.run.rows.filter((row) => row.every === steps);
    assertEquals([evals.length, nllPerIter.length], [16, 600]);
    assertEquals(
      every(100).map(({ iter, per, seqAcc }) => ({ iter, per, seqAcc })),
      evals.map(({ iter, per, seqAcc }) => ({ iter, per, seqAcc })),
    );
    const losses = every(1).map(({ nll }) => nll);
    nllPerIter.forEach((nll, i) => {
      assertAlmostEquals(losses[i], nll, 1e-9, `${kinds[n]}: the loss of iteration ${i + 1}`);
    });
    every(100).forEach(({ iter, nll, infeasible }, i) => {
      assertAlmostEquals(nll, evals[i].nll, 1e-9, `${kinds[n]}: the loss of iteration ${iter}`);
      assertEquals(infeasible, 0);
    });
  });
});
