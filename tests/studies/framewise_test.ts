import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
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
  experiment,
  gather,
  names,
  type Network,
  networks,
  placesOf,
  results,
  sweep,
  weightsOfNetworks,
} from "lib/studies/framewise/mod.ts";
import runs from "../../results/framewise.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

/** An evaluation at which `accuracy` of the frames are right, and of the first ones. */
function row(accuracy: number, iter = 1): EvaluationRow {
  const byPosition = { start: [accuracy, 1], end: [1, 0.5] };
  const frames = { accuracy, byPosition };
  return { every: 100, iter, nll: 1, per: 0, seqAcc: 1, infeasible: 0, frames };
}

function run(network: Network, seed: number, accuracy: number): Run {
  return { experiment: experiment(network, seed), rows: [row(0), row(accuracy, 2)] };
}

Deno.test("framewise: every network at five seeds, each buildable, under a name of its own", () => {
  assertEquals(sweep.seeds, 5);
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * names.length);
  assertEquals(experiment("LSTM, delay 4", 2).name, "framewise-lstm-delay-4-seed2");
  assertEquals(experiment("MLP, ±10 frames", 0).name, "framewise-mlp-10-frames-seed0");
});

Deno.test("framewise: a training has the true labels, four places in a phone, and else the write-up's setup", () => {
  const { optimizer, batch } = writeUpExperiment("blstm", 0);
  for (const network of names) {
    const of = experiment(network, 3);
    assertEquals([of.optimizer, of.batch, of.criterion], [optimizer, batch, { kind: "framewise" }]);
    assertEquals(of.evaluations.map(({ frames }) => frames), [{ places: 4 }]);
    assertEquals(of.model, networks[network]);
  }
});

Deno.test("framewise: all networks are within a tenth of the size of the write-up's BLSTM", () => {
  const weights = weightsOfNetworks();
  assertEquals([weights.BLSTM, weights.LSTM, weights.RNN], [6679, 6739, 6667]);
  for (const [name, found] of Object.entries(weights)) {
    assert(Math.abs(found / 6679 - 1) < 0.1, `${name} has ${found} weights`);
  }
});

Deno.test("gather() keeps networks apart and seeds in order, and reads the last evaluation", () => {
  const found = gather(
    sweep.entries([0, 1]).map(({ key }) => {
      const accuracy = key.network === "RNN" ? [0.75, 0.25][key.seed] : 1;
      return { key, run: run(key.network, key.seed, accuracy) };
    }),
  );
  assertEquals(Object.keys(found), names);
  assertEquals(found.RNN.errors, [0.25, 0.75]);
  assertEquals(found.RNN.firstFrames, [0.25, 0.75]);
  assertEquals(found.RNN.course, [[1, 1], [2, 0.5]]);
  assertEquals(found.LSTM.errors, [0, 0]);
});

Deno.test("placesOf() is the mean error at every place of a phone", () => {
  const { name, start, end } = placesOf("RNN", [row(0.75), row(0.25)]);
  assertEquals(name, "RNN");
  assertAlmostEquals(start[0], 0.5);
  assertEquals([start[1], ...end], [0, 0, 0.5]);
});

Deno.test("framewise: the stored runs give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results(storeOf({ framewise: runs })));
});
