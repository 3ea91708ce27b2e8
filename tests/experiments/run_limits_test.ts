import { assertAlmostEquals, assertEquals } from "@std/assert";
import { exactPosteriors, wordCorpus } from "lib/corpora/mod.ts";
import { iterationsToSolve, writeUpExperiment } from "lib/experiments/mod.ts";
import { exactFloor } from "lib/studies/scales_and_topology/floor.ts";
import { mean, RandomState } from "lib/numeric/mod.ts";

Deno.test("a task is solved at a PER of 0.05 itself, on the grid that is asked for", () => {
  const row = (every: number, iter: number, per: number) => ({
    ...{ every, iter, nll: 1, per, seqAcc: 0, infeasible: 0 },
  });
  const rows = [row(100, 100, 0.051), row(10, 110, 0), row(100, 200, 0.05), row(100, 300, 0)];
  const run = { experiment: writeUpExperiment("blstm", 0), rows };
  assertEquals(iterationsToSolve(run, 100), 200);
  assertEquals(iterationsToSolve(run, 10), 110);
  assertEquals(iterationsToSolve(run, 100, 0.049), 300);
  assertEquals(iterationsToSolve(run, 50), undefined);
});

Deno.test("exactFloor() is measured on the sequences that evaluations draw at seed 0", () => {
  const corpus = wordCorpus({ noise: 0.5 });
  const { x } = corpus.batch(new RandomState(1000003), 3);
  const { rows, cols, data } = exactPosteriors(corpus, x).frames;
  const blank = Array.from({ length: rows }, (_, t) => 100 * Math.exp(data[t * cols]));
  assertAlmostEquals(exactFloor(3).blank, mean(blank), 1e-9);
});
