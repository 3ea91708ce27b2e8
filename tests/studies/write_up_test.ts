import { assertEquals, assertThrows } from "@std/assert";
import { type KeyedRun, runName, storeOf, streams } from "lib/experiments/mod.ts";
import {
  claims,
  curvesOf,
  gather,
  headlineTable,
  type Kind,
  kinds,
  perTable,
  published,
  results,
  speedup,
  sweep,
  writeUpExperiment,
} from "lib/studies/write_up/mod.ts";
import runs from "../../results/write-up.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
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
  Deno.test(`what is published of ${kind} agree with the write-up's own run at seed 0`, () => {
    const { evals } = writeUp[kind];
    const pers = evals.filter(({ iter }) => iter >= 100 && iter <= 700).map(({ per }) =>
      +per.toFixed(3)
    );
    assertEquals<readonly number[]>(published.perByIteration[kind], pers);
    const solved = evals.find(({ per }) => per <= 0.05)!.iter;
    assertEquals(published.iterationsToSolve[kind][0], solved);
    assertEquals(published.finalPer[kind][0], +evals.at(-1)!.per.toFixed(3));
  });
}

Deno.test("the write-up's 1.87 is the ratio of its own means", () => {
  const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;
  const { blstm, lstm } = published.iterationsToSolve;
  assertEquals(+(mean(lstm) / mean(blstm)).toFixed(2), published.speedup);
});

Deno.test("write-up: ten trainings, BLSTM first, under the names that results/ knows", () => {
  const entries = sweep.entries([0, 1, 2, 3, 4]);
  assertEquals([sweep.seeds, entries.length], [5, 10]);
  assertEquals(entries.every(({ keepsWeights }) => keepsWeights), true);
  assertEquals(runName(entries[0].experiment), "write-up-blstm-seed0-54f17ebf");
  assertEquals(
    entries.map(({ experiment }) => runName(experiment)).sort(),
    runs.runs.map(({ experiment }) => runName(experiment as typeof entries[0]["experiment"]))
      .sort(),
  );
});

interface Solved {
  readonly coarse: number;
  readonly fine?: number;
  readonly iters?: number;
}

/** A run that gets to PER 0 at the given iterations on either grid. */
function runSolvedAt(
  kind: Kind,
  seed: number,
  { coarse, fine = coarse, iters = 1500 }: Solved,
): KeyedRun<{ kind: Kind; seed: number }> {
  const rows = [[100, coarse], [10, fine]].flatMap(([every, solved]) =>
    Array.from({ length: iters / 100 }, (_, n) => (n + 1) * every * (every === 10 ? 5 : 1)).map((
      iter,
    ) => ({ every, iter, nll: 1, per: iter < solved ? 0.5 : 0, seqAcc: 0, infeasible: 0 }))
  );
  return {
    key: { kind, seed },
    run: { experiment: writeUpExperiment(kind, seed, { iters }), rows },
  };
}

/** What five trainings of each model come to. */
const five = (blstm: readonly number[], lstm: readonly number[], iters = 1500) =>
  gather(
    [0, 1, 2, 3, 4].flatMap((seed) => [
      runSolvedAt("blstm", seed, { coarse: blstm[seed], iters }),
      runSolvedAt("lstm", seed, { coarse: lstm[seed], iters }),
    ]),
  );
const { blstm, lstm } = published.iterationsToSolve;

Deno.test("gather() reads iterations, final PER and the ratio of means off the runs, in seed order", () => {
  const found = gather([
    runSolvedAt("lstm", 1, { coarse: 600, fine: 500 }),
    runSolvedAt("blstm", 1, { coarse: 300, fine: 250 }),
    runSolvedAt("blstm", 0, { coarse: 300, fine: 200 }),
    runSolvedAt("lstm", 0, { coarse: 500, fine: 450 }),
  ]);
  assertEquals([found.seeds, found.iters], [[0, 1], 1500]);
  assertEquals([found.blstm.coarse, found.lstm.coarse], [[300, 300], [500, 600]]);
  assertEquals([found.blstm.fine, found.lstm.fine], [[200, 250], [450, 500]]);
  assertEquals([found.blstm.finalPer, found.lstm.finalPer], [[0, 0], [0, 0]]);
  assertEquals(found.blstm.pers, [0.5, 0.5, 0, 0, 0, 0, 0]);
  assertEquals([speedup(found, "coarse"), speedup(found, "fine")], [550 / 300, 475 / 225]);
  assertEquals(curvesOf(found).map(({ name }) => name), ["BLSTM", "BLSTM", "LSTM", "LSTM"]);
});

Deno.test("gather() counts a run that never got there as never, and refuses a seed with one model", () => {
  const never = runSolvedAt("lstm", 0, { coarse: 1e9 });
  const found = gather([runSolvedAt("blstm", 0, { coarse: 300 }), never]);
  assertEquals([found.lstm.coarse, found.lstm.finalPer], [[Infinity], [0.5]]);
  const last = headlineTable(found).at(-1)!;
  assertEquals([last["ours, every 100"], last.verdict], ["–", "–"]);
  assertThrows(() => gather([never]), RangeError, "no run of blstm at seed 0");
});

Deno.test("headlineTable() judges each model by its own figures, and their ratio as it is printed", () => {
  const verdicts = (...of: Parameters<typeof five>) =>
    headlineTable(five(...of)).map(({ verdict }) => verdict);
  const [yes, no] = ["reproduced", "not reproduced"];
  assertEquals(verdicts(blstm, lstm), [yes, yes, yes]);
  assertEquals(verdicts(blstm, [700, ...lstm.slice(1)]), [yes, no, no]);
  assertEquals(verdicts([200, ...blstm.slice(1)], lstm), [no, yes, no]);
  assertEquals(verdicts(blstm, lstm.toReversed().toSorted()), [yes, no, yes]);
});

Deno.test("headlineTable() has no verdict on trainings that the write-up did not run", () => {
  const short = headlineTable(five(blstm, lstm, 600));
  const one = headlineTable(gather(kinds.map((kind) => runSolvedAt(kind, 7, { coarse: 300 }))));
  for (const rows of [short, one]) {
    assertEquals(rows.map(({ verdict }) => verdict), ["–", "–", "–"]);
  }
  assertEquals(one[0]["final PER, write-up"], "–");
});

Deno.test("perTable() judges iteration by iteration, and has no verdict where a training did not get", () => {
  const verdicts = (change: (pers: readonly number[]) => readonly number[]) => {
    const found = five(blstm, lstm);
    const [of, changed] = [published.perByIteration.blstm, change(published.perByIteration.lstm)];
    const table = perTable({
      blstm: { ...found.blstm, pers: of },
      lstm: { ...found.lstm, pers: changed },
    });
    return table.map(({ verdict }) => verdict);
  };
  const all = Array(7).fill("reproduced");
  assertEquals(verdicts((pers) => pers), all);
  assertEquals(verdicts((pers) => pers.with(3, 0.367)), all.with(3, "not reproduced"));
  assertEquals(verdicts((pers) => pers.slice(0, 6)), all.with(6, "–"));
});

Deno.test("write-up: the stored runs give the stated verdict, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results(storeOf({ "write-up": runs })));
});
