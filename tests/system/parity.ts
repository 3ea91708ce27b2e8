// The evaluation table of the write-up and every loss that it prints, 600 iterations of both models on two
// workers; from there the run in results/, whose beginning this training gives bit for bit, goes on to 1500
// (`deno task reproduce` trains all of it again):
//   deno test --allow-read tests/system/parity.ts
// The library's own tests go as far as iteration 100, in tests/training/parity_*_test.ts.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type EvaluationGrid, runPool, runStore, writeUpExperiment } from "lib/experiments/mod.ts";
import { root } from "../support/tasks.ts";
import { writeUp } from "../support/write_up.ts";

const kinds = ["blstm", "lstm"] as const;
/** A row for every step; the stream is its own, so that it changes nothing. */
const everyStep: EvaluationGrid = { every: 1, sequences: 1, stream: 3000003 };
const LOSSES = 600;

Deno.test("both models at seed 0: 600 losses, every PER and sequence accuracy of 1500 iterations are the write-up's", async () => {
  const stored = kinds.map((kind) => writeUpExperiment(kind, 0, { fineEvery: 10 }));
  const experiments = stored.map((experiment) => ({
    ...experiment,
    iters: LOSSES,
    evaluations: [...experiment.evaluations, everyStep],
  }));
  const store = runStore(`${root}results`).within("write-up");
  const outcomes = await runPool(experiments, { workers: 2 });
  for (const [n, outcome] of outcomes.entries()) {
    assert(outcome.ok);
    const { evals, nllPerIter } = writeUp[kinds[n]];
    const { rows } = outcome.run;
    assertEquals([evals.length, nllPerIter.length], [16, LOSSES]);
    const losses = rows.filter(({ every }) => every === 1).map(({ nll }) => nll);
    nllPerIter.forEach((nll, i) => {
      assertAlmostEquals(losses[i], nll, 1e-9, `${kinds[n]}: the loss of iteration ${i + 1}`);
    });
    const whole = (await store.read(stored[n]))!.rows;
    assertEquals(
      rows.filter(({ every }) => every !== 1),
      whole.filter(({ iter }) => iter <= LOSSES),
    );
    const table = whole.filter(({ every }) => every === 100);
    assertEquals(
      table.map(({ iter, per, seqAcc }) => ({ iter, per, seqAcc })),
      evals.map(({ iter, per, seqAcc }) => ({ iter, per, seqAcc })),
    );
    table.forEach(({ iter, nll, infeasible }, i) => {
      assertAlmostEquals(nll, evals[i].nll, 1e-9, `${kinds[n]}: the loss of iteration ${iter}`);
      assertEquals(infeasible, 0);
    });
  }
});
