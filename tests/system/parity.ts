// The whole evaluation table of the write-up, 1500 iterations of both models, and every loss that it
// prints. As many iterations as it prints losses of are trained here, on two workers; they end with the
// rows of the committed runs, bit for bit, and these go on to the last:
//   deno test --allow-read tests/system/parity.ts
// `deno task reproduce` trains the committed runs anew. The library's own tests go as far as iteration
// 200, in tests/training/parity_*_test.ts.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  type EvaluationGrid,
  type EvaluationRow,
  runPool,
  runStore,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import { writeUp } from "../support/write_up.ts";

const kinds = ["blstm", "lstm"] as const;
/** A row for every step; the stream is its own, so that it changes nothing. */
const everyStep: EvaluationGrid = { every: 1, sequences: 1, stream: 3000003 };
const LOSSES = 600;

Deno.test("both models at seed 0: 600 losses, every PER and sequence accuracy of 1500 iterations are the write-up's", async () => {
  const stored = kinds.map((kind) => writeUpExperiment(kind, 0, { fineEvery: 10 }));
  const outcomes = await runPool(
    stored.map(({ evaluations, ...experiment }) => ({
      ...experiment,
      iters: LOSSES,
      evaluations: [...evaluations, everyStep],
    })),
    { workers: 2 },
  );
  const store = runStore(new URL("../../results", import.meta.url)).within("write-up");
  for (const [n, outcome] of outcomes.entries()) {
    assert(outcome.ok);
    const { evals, nllPerIter } = writeUp[kinds[n]];
    const committed = (await store.read(stored[n]))!.rows;
    const on = (rows: readonly EvaluationRow[], every: number) =>
      rows.filter((row) => row.every === every);
    for (const every of [100, 10]) {
      const rows = on(outcome.run.rows, every);
      assertEquals(rows.length, LOSSES / every + 1);
      assertEquals(rows, on(committed, every).slice(0, rows.length));
    }
    assertEquals([evals.length, nllPerIter.length], [16, LOSSES]);
    assertEquals(
      on(committed, 100).map(({ iter, per, seqAcc }) => ({ iter, per, seqAcc })),
      evals.map(({ iter, per, seqAcc }) => ({ iter, per, seqAcc })),
    );
    const losses = on(outcome.run.rows, 1).map(({ nll }) => nll);
    nllPerIter.forEach((nll, i) => {
      assertAlmostEquals(losses[i], nll, 1e-9, `${kinds[n]}: the loss of iteration ${i + 1}`);
    });
    on(committed, 100).forEach(({ iter, nll, infeasible }, i) => {
      assertAlmostEquals(nll, evals[i].nll, 1e-9, `${kinds[n]}: the loss of iteration ${iter}`);
      assertEquals(infeasible, 0);
    });
  }
});
