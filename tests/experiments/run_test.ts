import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import {
  type EvaluationRow,
  type Experiment,
  finishedRun,
  firstDifference,
  iterationsToSolve,
  rowsEvery,
  type Run,
  runFormat,
  runName,
  runText,
  train,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import configuration from "../../deno.json" with { type: "json" };
import { smallExperiment } from "../support/experiments.ts";

const row = (every: number, iter: number, per: number, nll = 1.5): EvaluationRow => ({
  every,
  iter,
  nll,
  per,
  seqAcc: 1 - per,
  infeasible: 0,
});

const run = (...rows: EvaluationRow[]): Run => ({ experiment: smallExperiment(), rows });

Deno.test("runName() is the experiment's name and eight digits of the SHA-256 of its sorted JSON", () => {
  // From Python: hashlib.sha256(…).hexdigest()[:8] of this value as JSON, keys sorted, no spaces.
  const experiment: Experiment = {
    name: "pinned",
    seed: 0,
    corpus: { kind: "phonemes" },
    model: { kind: "blstm", hidden: 24 },
    criterion: { kind: "ctc" },
    optimizer: { lr: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 2,
    iters: 1500,
    evaluations: [{ every: 100, sequences: 64, stream: 1000003 }],
  };
  assertEquals(runName(experiment), "pinned-cc83bef5");
});

Deno.test("runName() does not depend on the order in which an experiment's keys were written", () => {
  const reversed = (value: unknown): unknown =>
    value === null || typeof value !== "object" || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).reverse().map(([k, v]) => [k, reversed(v)]));
  const experiment = writeUpExperiment("blstm", 0);
  const turned = reversed(experiment) as Experiment;
  assertNotEquals(JSON.stringify(turned), JSON.stringify(experiment));
  assertEquals(runName(turned), runName(experiment));
});

Deno.test("runName() tells apart experiments that differ in any one value", () => {
  const base = smallExperiment();
  const { optimizer, evaluations: [grid] } = base;
  const names = [
    base,
    { ...base, seed: 4 },
    { ...base, corpus: { kind: "phonemes" as const, noise: 0.2 } },
    { ...base, model: { ...base.model, hidden: 5 } },
    { ...base, model: { kind: "lstm" as const, hidden: 4 } },
    ...Object.entries(optimizer).map(([key, value]) => ({
      ...base,
      optimizer: { ...optimizer, [key]: value / 2 },
    })),
    { ...base, batch: 4 },
    { ...base, iters: 13 },
    ...Object.entries(grid).map(([key, value]) => ({
      ...base,
      evaluations: [{ ...grid, [key]: value + 1 }],
    })),
    { ...base, evaluations: [grid, grid] },
  ].map(runName);
  assertEquals(new Set(names).size, names.length);
  for (const name of names) assertMatch(name, /^write-up-blstm-seed3-[0-9a-f]{8}$/);
});

Deno.test("runText() is JSON that gives the run back, bit for bit", async () => {
  const experiment = smallExperiment();
  const finished: Run = { experiment, rows: await Array.fromAsync(train(experiment)) };
  assertEquals(JSON.parse(runText(finished)), JSON.parse(JSON.stringify(finished)));
  assertEquals(JSON.parse(runText(finished)).rows, finished.rows);
  assertEquals(runText(JSON.parse(runText(finished))), runText(finished));
});

Deno.test("runText() keeps a loss of Infinity, where no target of the batch fits", () => {
  const text = runText(run(row(100, 1, 1, Infinity), row(100, 100, 1)));
  assertEquals(JSON.parse(text).rows.map((row: EvaluationRow) => row.nll), [Infinity, 1.5]);
});

Deno.test("runText() has one row to a line and ends its last line", () => {
  const text = runText(run(row(100, 1, 1), row(100, 100, 0.5)));
  assertEquals(text.split("\n").filter((line) => line.includes('"iter"')).length, 2);
  assert(text.endsWith("}\n"));
});

Deno.test("rowsEvery() and iterationsToSolve() keep to their grid", () => {
  const both = run(
    row(100, 1, 1),
    row(10, 1, 1),
    row(10, 10, 0.04),
    row(100, 100, 0.2),
    row(100, 200, 0.05),
    row(100, 300, 0),
  );
  assertEquals(rowsEvery(both, 100).map((r) => r.iter), [1, 100, 200, 300]);
  assertEquals(iterationsToSolve(both, 100), 200);
  assertEquals(iterationsToSolve(both, 10), 10);
  assertEquals(iterationsToSolve(both, 100, 0.01), 300);
  assertEquals(iterationsToSolve(run(row(100, 1, 1)), 100), undefined);
  assertEquals(iterationsToSolve(run(row(100, 1, 0.0501)), 100), undefined);
});

Deno.test("firstDifference() finds one different bit, a missing row, and nothing in equal runs", () => {
  const a = run(row(100, 1, 1), row(100, 100, 0.5));
  assertEquals(firstDifference(a, run(row(100, 1, 1), row(100, 100, 0.5))), undefined);
  const bit = firstDifference(a, run(row(100, 1, 1), row(100, 100, 0.5, 1.5000000000000002)));
  assertMatch(bit ?? "", /^row 1 is .*1\.5,.* not .*1\.5000000000000002/);
  assertMatch(firstDifference(a, run(row(100, 1, 1))) ?? "", /row 1 is .*, not missing/);
  assertMatch(firstDifference(run(), a) ?? "", /row 0 is missing/);
});

Deno.test("firstDifference() lets a and b be tolerance times max(1, |b|) apart, and no farther", () => {
  const differs = (a: number, b: number) =>
    firstDifference(run(row(100, 1, 1, a)), run(row(100, 1, 1, b)), 0.125) !== undefined;
  assertEquals([differs(0.375, 0.25), differs(0.376, 0.25)], [false, true]); // 1/8 of 1
  assertEquals([differs(9, 8), differs(9.001, 8)], [false, true]); // 1/8 of 8
  assertEquals([differs(8, 9.25), differs(Infinity, Infinity)], [true, false]);
});

Deno.test("a finished run says its format and the library's version, which is the package's", () => {
  const finished = finishedRun(smallExperiment(), [row(100, 1, 1)]);
  assertEquals(finished.version, { format: runFormat, library: configuration.version });
  assertEquals(JSON.parse(runText(finished)).version, finished.version);
});

Deno.test("a run's version is no part of its name, nor of what makes it equal to another", () => {
  const old = run(row(100, 1, 1)), { experiment, rows } = old;
  const made = finishedRun(experiment, rows);
  assertEquals(firstDifference(made, old), undefined);
  assertEquals(firstDifference(old, made), undefined);
  assertEquals(runName(made.experiment), runName(experiment));
  assertEquals(runText(old).includes("version"), false);
});
