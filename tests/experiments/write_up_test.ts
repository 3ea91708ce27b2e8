import { assertEquals, assertThrows } from "@std/assert";
import {
  headline,
  headlineTable,
  perTable,
  type Run,
  shard,
  streams,
  writeUpExperiment,
  writeUpFigures,
} from "lib/experiments/mod.ts";
import { writeUp } from "../support/write_up.ts";

Deno.test("writeUpExperiment() has the write-up's settings", () => {
  assertEquals(writeUpExperiment("lstm", 2), {
    name: "write-up-lstm-seed2",
    seed: 2,
    corpus: { kind: "phonemes" },
    model: { kind: "lstm", hidden: 24 },
    criterion: { kind: "ctc" },
    optimizer: { lr: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 },
    batch: 16,
    iters: 1500,
    evaluations: [{ every: 100, sequences: 64, stream: 1000003 }],
  });
  assertEquals([streams.weights, streams.training, streams.evaluation], [7, 17, 1000003]);
});

Deno.test("writeUpExperiment() takes every override, and a finer grid on a stream of its own", () => {
  const { model, optimizer, batch, iters, evaluations } = writeUpExperiment("blstm", 0, {
    iters: 5,
    hidden: 3,
    batch: 2,
    lr: 0.1,
    evalEvery: 50,
    fineEvery: 10,
  });
  assertEquals([iters, model.hidden, batch, optimizer.lr], [5, 3, 2, 0.1]);
  assertEquals(evaluations.map(({ every, stream }) => [every, stream]), [[50, 1000003], [
    10,
    2000003,
  ]]);
});

Deno.test("an experiment is a plain JSON value", () => {
  const experiment = writeUpExperiment("blstm", 0, { fineEvery: 10 });
  assertEquals(JSON.parse(JSON.stringify(experiment)), experiment);
});

for (const kind of ["blstm", "lstm"] as const) {
  Deno.test(`writeUpFigures of ${kind} agree with the write-up's own run at seed 0`, () => {
    const { evals } = writeUp[kind];
    const pers = evals.filter(({ iter }) => iter >= 100 && iter <= 700).map(({ per }) =>
      +per.toFixed(3)
    );
    assertEquals<readonly number[]>(writeUpFigures.perByIteration[kind], pers);
    const solved = evals.find(({ per }) => per <= 0.05)!.iter;
    assertEquals(writeUpFigures.iterationsToSolve[kind][0], solved);
    assertEquals(writeUpFigures.finalPer[kind][0], +evals.at(-1)!.per.toFixed(3));
  });
}

Deno.test("the write-up's 1.87 is the ratio of its own means", () => {
  const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;
  const { blstm, lstm } = writeUpFigures.iterationsToSolve;
  assertEquals(+(mean(lstm) / mean(blstm)).toFixed(2), writeUpFigures.speedup);
});

/** A run that gets to PER 0 at the given iterations on either grid. */
function runSolvedAt(kind: "blstm" | "lstm", seed: number, coarse: number, fine: number): Run {
  const rows = [[100, coarse], [10, fine]].flatMap(([every, solved]) =>
    Array.from({ length: 15 }, (_, n) => (n + 1) * every * (every === 10 ? 5 : 1)).map((iter) => ({
      every,
      iter,
      nll: 1,
      per: iter < solved ? 0.5 : 0,
      seqAcc: 0,
      infeasible: 0,
    }))
  );
  return { experiment: writeUpExperiment(kind, seed), rows };
}

Deno.test("headline() reads iterations, final PER and the ratio of means off the runs, in seed order", () => {
  const runs = [
    runSolvedAt("lstm", 1, 600, 500),
    runSolvedAt("blstm", 1, 300, 250),
    runSolvedAt("blstm", 0, 300, 200),
    runSolvedAt("lstm", 0, 500, 450),
  ];
  assertEquals(headline(runs), {
    seeds: [0, 1],
    coarse: { blstm: [300, 300], lstm: [500, 600] },
    fine: { blstm: [200, 250], lstm: [450, 500] },
    finalPer: { blstm: [0, 0], lstm: [0, 0] },
    speedup: { coarse: 550 / 300, fine: 475 / 225 },
  });
});

/** The verdicts on BLSTM, LSTM and their ratio, for runs at seed 0. */
const verdicts = (blstm: number, lstm: number) =>
  headlineTable([runSolvedAt("blstm", 0, blstm, blstm), runSolvedAt("lstm", 0, lstm, lstm)])
    .map(({ verdict }) => verdict);

Deno.test("headlineTable() judges each model by its own figures, then by who came first", () => {
  assertEquals(verdicts(300, 600), ["reproduced", "reproduced", "–"]); // the write-up's at seed 0
  assertEquals(verdicts(300, 700), ["reproduced", "same direction", "–"]);
  assertEquals(verdicts(200, 600), ["same direction", "reproduced", "–"]);
  assertEquals(verdicts(200, 700), ["same direction", "same direction", "–"]);
  assertEquals(verdicts(400, 400), ["not reproduced", "not reproduced", "–"]);
  assertEquals(verdicts(700, 500), ["not reproduced", "not reproduced", "–"]);
  assertEquals(verdicts(1e9, 1e9), ["not reproduced", "not reproduced", "–"]);
});

Deno.test("headlineTable() judges the ratio of all five seeds", () => {
  const ratio = (blstm: number, lstm: readonly number[]) => {
    const runs = lstm.flatMap((iter, seed) => [
      runSolvedAt("blstm", seed, blstm, blstm),
      runSolvedAt("lstm", seed, iter, iter),
    ]);
    const row = headlineTable(runs).at(-1)!;
    return [row["ours, every 100"], row["write-up, every 100"], row.verdict];
  };
  assertEquals(ratio(300, [600, 600, 500, 600, 500]), ["1.87×", "1.87×", "reproduced"]);
  assertEquals(ratio(300, [600, 600, 600, 600, 500]), ["1.93×", "1.87×", "same direction"]);
  assertEquals(ratio(300, [300, 300, 300, 300, 300]), ["1.00×", "1.87×", "not reproduced"]);
});

Deno.test("perTable() reproduces where every place does, and has no verdict where it does not get", () => {
  const run = (kind: "blstm" | "lstm", change: (iter: number, per: number) => number): Run => {
    const { experiment } = runSolvedAt(kind, 0, 1, 1);
    const rows = writeUpFigures.perByIteration[kind].map((per, n) => {
      const iter = 100 * (n + 1);
      return { every: 100, iter, nll: 1, per: change(iter, per), seqAcc: 0, infeasible: 0 };
    });
    return { experiment, rows };
  };
  const same = (_: number, per: number) => per;
  const of = (lstm: typeof same) =>
    perTable([run("blstm", same), run("lstm", lstm)]).map(({ verdict }) => verdict);
  assertEquals(of(same), Array(7).fill("reproduced"));
  const once = of((iter, per) => iter === 400 ? per + 0.001 : per);
  assertEquals(
    once.map((verdict) => verdict === "reproduced"),
    [1, 2, 3, 4, 5, 6, 7].map((n) => n !== 4),
  );
  assertEquals(once[3], "not reproduced");
});

Deno.test("headline() gives no ratio where a run never got there, and refuses a seed with one model", () => {
  const never = runSolvedAt("lstm", 0, 1e9, 1e9);
  const { coarse, finalPer, speedup } = headline([runSolvedAt("blstm", 0, 300, 200), never]);
  assertEquals([coarse.lstm, finalPer.lstm, speedup.coarse], [[undefined], [0.5], undefined]);
  assertThrows(() => headline([never]), RangeError, "no run of blstm at seed 0");
});

Deno.test("the shards of a sweep are a partition of it", () => {
  const all = Array.from({ length: 10 }, (_, n) => writeUpExperiment("lstm", n));
  for (const n of [1, 3, 10, 11]) {
    const parts = Array.from({ length: n }, (_, i) => shard(all, i + 1, n));
    assertEquals(parts.flat().map((e) => e.name).sort(), all.map((e) => e.name).sort());
  }
  for (const [i, n] of [[0, 2], [3, 2], [1.5, 2], [1, NaN]]) {
    assertThrows(() => shard(all, i, n), RangeError, `current values are ${i} and ${n}`);
  }
});
