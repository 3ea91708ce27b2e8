import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  type EvaluationRow,
  type Run,
  runName,
  storeOf,
  Training,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import { parameterCount } from "lib/models/mod.ts";
import {
  claims,
  corpusNames,
  experiment,
  gather,
  learning,
  networkNames,
  results,
  sweep,
  weightsOfNetworks,
} from "lib/studies/depth/mod.ts";
import { experiment as scaleExperiment, tasks } from "lib/studies/scale/mod.ts";
import runs from "../../results/depth.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("depth: every network on every corpus at five seeds, each buildable, under a name of its own", () => {
  assertEquals(sweep.seeds, 5);
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * 4 * 3);
  for (const { name } of all) assertMatch(name, /^depth-[a-z0-9-]+-seed[01]$/);
});

Deno.test("depth: on each corpus all networks are within a tenth of the same size", () => {
  const weightsOf = (...[network, corpus]: Parameters<typeof experiment>) =>
    parameterCount(new Training(experiment(network, corpus, 0)).system);
  for (const corpus of corpusNames) {
    const expected = weightsOf("1 layer", corpus, 0);
    for (const network of networkNames) {
      const found = weightsOf(network, corpus, 0);
      assert(Math.abs(found / expected - 1) < 0.1, `${corpus}, ${network}: ${found}`);
    }
  }
  assertEquals(weightsOfNetworks()["1 layer"], 6679);
});

Deno.test("depth: optimizer and batch are the write-up's", () => {
  const { optimizer, batch } = writeUpExperiment("blstm", 0);
  for (const { experiment } of sweep.entries([0])) {
    assertEquals([experiment.optimizer, experiment.batch], [optimizer, batch]);
  }
});

Deno.test("depth: one layer on the base and on the hardest corpus are trainings of notebook 10", () => {
  for (const [corpus, task] of [["base", "6 phonemes"], ["hardest", "48 phonemes"]] as const) {
    const { name: _, ...mine } = experiment("1 layer", corpus, 1);
    const { name: __, ...other } = scaleExperiment("blstm", tasks[task], 1);
    assertEquals(mine, other);
  }
});

/** A run with these PERs, one every 20 steps. */
function run(of: Run["experiment"], ...pers: readonly number[]): Run {
  const rows = pers.map((per, n): EvaluationRow => {
    return { every: 20, iter: 20 * (n + 1), nll: 1, per, seqAcc: 0, infeasible: 0 };
  });
  return { experiment: of, rows };
}

Deno.test("gather() reads when the plateau ends for good and when the task is solved", () => {
  const found = gather(
    sweep.entries([0, 1]).map(({ key, experiment }) => {
      const stuck = key.network === "3 layers" && key.seed === 1;
      const pers = stuck ? [0.9, 1, 1] : [0.8, 1, 0.95, 0.9, 0.05];
      return { key, run: run(experiment, ...pers) };
    }),
  );
  const twice = { offPlateau: [80, 80], solved: [100, 100] };
  assertEquals(found.hard["1 layer"], twice);
  assertEquals(found.hardest["3 layers"], {
    offPlateau: [80, Infinity],
    solved: [100, Infinity],
  });
  assertEquals(learning(found.hardest["3 layers"]), [20, Infinity]);
});

Deno.test("depth: the stored runs give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results(storeOf({ depth: runs })));
});
