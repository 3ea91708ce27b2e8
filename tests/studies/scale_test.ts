import { assertEquals, assertMatch } from "@std/assert";
import {
  type EvaluationRow,
  type Run,
  runName,
  storeOf,
  Training,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import {
  claims,
  differences,
  EVERY,
  experiment,
  gather,
  labelsSeen,
  ratios,
  results,
  smallest,
  sweep,
  taskNames,
  tasks,
} from "lib/studies/scale/mod.ts";
import runs from "../../results/scale.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("scale: every task with both networks at five seeds, each buildable, under a name of its own", () => {
  assertEquals(sweep.seeds, 5);
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * 2 * taskNames.length);
  for (const { name } of all) assertMatch(name, /^scale-[a-z0-9-]+-seed[01]$/);
});

Deno.test("scale: the cheapest trainings come first, and a task's own together", () => {
  const order = sweep.entries([0, 1]).map(({ key: { task, kind, seed } }) => [task, seed, kind]);
  assertEquals(order.slice(0, 4), [
    ["6 phonemes", 0, "blstm"],
    ["6 phonemes", 0, "lstm"],
    ["6 phonemes", 1, "blstm"],
    ["6 phonemes", 1, "lstm"],
  ]);
  assertEquals([...new Set(order.map(([task]) => task))], [
    "6 phonemes",
    "12 phonemes",
    "6 phonemes, 64 cells",
    "6 phonemes, 10–20 phones",
    "24 phonemes",
    "24 phonemes, 3 to an onset",
    "24 phonemes, 4 to an onset",
    "48 phonemes",
    "6 phonemes, 30–60 phones",
    "24 phonemes, 64 cells",
  ]);
});

Deno.test("scale: optimizer and batch are the write-up's; 48 phonemes have twice as many iterations", () => {
  const { optimizer, batch } = writeUpExperiment("blstm", 0);
  for (const task of taskNames) {
    const of = experiment("lstm", tasks[task], 0);
    assertEquals([of.optimizer, of.batch], [optimizer, batch]);
    assertEquals(of.iters, task === "48 phonemes" ? 4000 : 2000);
  }
});

/** A run with one evaluation every 20 steps that first is at most 0.05 at `solved`. */
function runSolvedAt(of: Run["experiment"], solved: number): Run {
  const rows = Array.from({ length: Math.min(solved, of.iters) / EVERY }, (_, n): EvaluationRow => {
    const iter = EVERY * (n + 1);
    return {
      every: EVERY,
      iter,
      nll: 1,
      per: iter === solved ? 0.05 : 0.5,
      seqAcc: 0,
      infeasible: 0,
    };
  });
  return { experiment: of, rows };
}

Deno.test("gather() keeps tasks and networks apart and seeds in order, Infinity for never", () => {
  const found = gather(
    sweep.entries([0, 1]).map(({ key, experiment }) => {
      const solved = key.kind === "blstm" ? 100 + 20 * key.seed : key.seed === 0 ? 400 : Infinity;
      return { key, run: runSolvedAt(experiment, key.task === "12 phonemes" ? solved : 20) };
    }),
  );
  assertEquals(Object.keys(found), taskNames);
  assertEquals(found["12 phonemes"], { blstm: [100, 120], lstm: [400, Infinity] });
  assertEquals(found["24 phonemes"], { blstm: [20, 20], lstm: [20, 20] });
});

Deno.test("a gap is taken seed by seed, as a ratio and as a difference", () => {
  const solved = { blstm: [100, 200], lstm: [300, Infinity] };
  assertEquals(ratios(solved), [3, Infinity]);
  assertEquals(differences(solved), [200, Infinity]);
});

Deno.test("labelsSeen() counts sixteen sequences of mean length to an iteration", async () => {
  const found = await results(storeOf({ scale: runs }));
  const some = { ...found, "6 phonemes": { blstm: [300, 100, 200], lstm: [1] } };
  assertEquals(labelsSeen(some, "6 phonemes", "blstm"), 200 * 16 * (3 + 8) / 2);
  assertEquals(smallest.phones, [3, 8]);
});

Deno.test("scale: the stored runs give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results(storeOf({ scale: runs })));
});
