import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  framewiseExperiment,
  framewiseModels,
  framewiseResults,
  type Run,
} from "lib/experiments/mod.ts";

function run(model: keyof typeof framewiseModels, seed: number, accuracy: number): Run {
  const rows = [0, accuracy].map((accuracy, n) => ({
    every: 100,
    iter: n + 1,
    nll: 1,
    per: 0,
    seqAcc: 1,
    infeasible: 0,
    frames: { accuracy, byPosition: { start: [accuracy, 1], end: [1, 0.5] } },
  }));
  return { experiment: framewiseExperiment(model, seed), rows };
}

Deno.test("framewiseResults() reads errors off the last evaluations, network by network", () => {
  const results = framewiseResults([
    run("RNN", 0, 0.75),
    run("LSTM, delay 4", 0, 0.5),
    run("LSTM", 0, 1),
    run("RNN", 1, 0.25),
  ]);
  assertEquals(results.map(({ name, kind, weights, errors }) => [name, kind, weights, errors]), [
    ["LSTM, delay 4", "lstm", 6739, [0.5]],
    ["LSTM", "lstm", 6739, [0]],
    ["RNN", "rnn", 6667, [0.25, 0.75]],
  ]);
  assertAlmostEquals(results[2].start[0], 0.5);
  assertEquals(results[2].start[1], 0);
  assertEquals(results[2].end, [0, 0.5]);
});

Deno.test("framewiseResults() keeps the order of the networks, whatever that of the runs", () => {
  const names = Object.keys(framewiseModels) as (keyof typeof framewiseModels)[];
  const results = framewiseResults(names.toReversed().map((name) => run(name, 3, 0.9)));
  assertEquals(results.map(({ name }) => name), names);
  assertEquals(framewiseResults([]), []);
});
