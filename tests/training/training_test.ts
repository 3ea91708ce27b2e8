import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import {
  type EvaluationRow,
  type Experiment,
  largestSeed,
  train,
  Training,
} from "lib/experiments/mod.ts";
import { phonemeCorpus } from "lib/corpora/mod.ts";
import { ctcBatchLoss, softmaxOutput } from "lib/criteria/mod.ts";
import { greedyDecode } from "lib/decoding/mod.ts";
import { blankDiagnostics, labelErrorRate } from "lib/metrics/mod.ts";
import { copyParams, RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { framewiseOf } from "lib/systems/mod.ts";

async function rowsOf(rows: AsyncIterable<EvaluationRow>): Promise<EvaluationRow[]> {
  return await Array.fromAsync(rows);
}

Deno.test("the same experiment gives the same bits: rows and weights", async () => {
  const one = new Training(smallExperiment()), other = new Training(smallExperiment());
  const [rows, again] = [await rowsOf(one.rows()), await rowsOf(other.rows())];
  assertEquals(rows, again);
  assertEquals(one.params, other.params);
});

Deno.test("two trainings at the same time do not disturb each other", async () => {
  const alone = await rowsOf(train(smallExperiment()));
  const [a, b] = await Promise.all([
    rowsOf(train(smallExperiment())),
    rowsOf(train(smallExperiment({ model: { kind: "lstm", hidden: 5 }, batch: 4 }))),
  ]);
  assertEquals(a, alone);
  assertNotEquals(b, alone);
});

Deno.test("another seed, model or learning rate gives another training", async () => {
  const base = await rowsOf(train(smallExperiment()));
  const { optimizer } = smallExperiment();
  for (
    const change of [
      { seed: 4 },
      { model: { kind: "lstm", hidden: 4 } },
      { optimizer: { ...optimizer, lr: 1e-3 } },
    ] as Partial<Experiment>[]
  ) {
    const nll = (rows: EvaluationRow[]) => rows.map((row) => row.nll);
    assertNotEquals(nll(await rowsOf(train(smallExperiment(change)))), nll(base));
  }
});

Deno.test("rows come at iteration 1, at every multiple, and at the last", async () => {
  const iters = async (iters: number, every: number) => {
    const evaluations = [{ every, sequences: 1, stream: 1 }];
    return (await rowsOf(train(smallExperiment({ iters, evaluations })))).map((row) => row.iter);
  };
  assertEquals(await iters(12, 5), [1, 5, 10, 12]);
  assertEquals(await iters(10, 5), [1, 5, 10]);
  assertEquals(await iters(1, 5), [1]);
  assertEquals(await iters(3, 1), [1, 2, 3]);
});

Deno.test("a second grid of evaluations changes nothing of the first", async () => {
  const [coarse] = smallExperiment().evaluations;
  const fine = { every: 2, sequences: 3, stream: 2000003 };
  const both = await rowsOf(train(smallExperiment({ evaluations: [coarse, fine] })));
  assertEquals(both.filter((row) => row.every === 5), await rowsOf(train(smallExperiment())));
  assertEquals(
    both.filter((row) => row.every === 2).map((row) => row.iter),
    [1, 2, 4, 6, 8, 10, 12],
  );
});

Deno.test("nll is the loss of the batch before its step", async () => {
  const training = new Training(smallExperiment());
  const losses = Array.from({ length: 12 }, () => training.step().loss);
  const rows = await rowsOf(train(smallExperiment()));
  assertEquals(rows.map((row) => row.nll), rows.map((row) => losses[row.iter - 1]));
});

Deno.test("weights, training and evaluation each draw from a stream of their own", () => {
  const experiment = smallExperiment();
  const training = new Training(experiment);
  const { seed } = experiment;
  assertEquals(training.params, training.system.init(new RandomState(seed + 7)));
  const { x, targets } = phonemeCorpus(seed).batch(new RandomState(seed + 17), 3);
  const { y } = framewiseOf(training).layer.forward(training.params, x);
  assertAlmostEquals(training.step().loss, ctcBatchLoss(y, targets).loss, 1e-12);
});

Deno.test("evaluate() decodes as many sequences as asked for, and its stream runs on", () => {
  // Untrained weights decode to nonsense, all of it different.
  const experiment = smallExperiment();
  const training = new Training(experiment);
  const rng = new RandomState(experiment.seed + 1000003);
  const rates: number[] = [];
  for (let n = 0; n < 2; n++) {
    const { x, targets } = training.data.train.batch(rng, 7);
    const { y } = framewiseOf(training).layer.forward(training.params, x);
    const decoded = targets.map((_, b) => greedyDecode(sequenceAt(y, b)));
    const exact = decoded.filter((labels, b) => labels.join() === targets[b].join()).length;
    const per = labelErrorRate(decoded, targets);
    assertEquals(training.evaluate(experiment.evaluations[0]), { per, seqAcc: exact / 7 });
    rates.push(per);
  }
  assertNotEquals(rates[0], rates[1]);
});

Deno.test("evaluate() decodes what the model's output makes of its logits, a separated blank among them", () => {
  const experiment = smallExperiment({ criterion: { kind: "full-sum", separatedBlank: true } });
  const training = new Training(experiment);
  const { output } = framewiseOf(training).criterion;
  // Blank has the largest logit, and still less than half of the probability.
  training.params["1.W"].data.fill(0);
  training.params["1.b"].data.set([-0.5, -9, -9, -1, -9, -9, -9]);
  const [{ stream, sequences }] = experiment.evaluations;
  const { x, targets } = training.data.train.batch(
    new RandomState(experiment.seed + stream),
    sequences,
  );
  const logits = framewiseOf(training).layer.forward(training.params, x).y;
  const logProbs = { ...logits, frames: output.logProbs(logits.frames) };
  const per = (y: typeof logits) =>
    labelErrorRate(targets.map((_, b) => greedyDecode(sequenceAt(y, b))), targets);
  assertNotEquals(per(logProbs), per(logits));
  assertEquals(training.evaluate(experiment.evaluations[0]).per, per(logProbs));
});

Deno.test("break stops a training: not one step more is taken", async () => {
  const training = new Training(smallExperiment());
  for await (const row of training.rows()) {
    if (row.iter === 5) break;
  }
  const weights = copyParams(training.params);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(training.iter, 5);
  assertEquals(training.params, weights);
});

Deno.test("a stopped training goes on where it stopped", async () => {
  const training = new Training(smallExperiment());
  const rows: EvaluationRow[] = [];
  for await (const row of training.rows()) {
    rows.push(row);
    if (row.iter === 5) break;
  }
  rows.push(...await rowsOf(training.rows()));
  assertEquals(rows, await rowsOf(train(smallExperiment())));
});

Deno.test("the loop lets others run between evaluations", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 0);
  const evaluations = [{ every: 1, sequences: 1, stream: 1 }];
  await rowsOf(train(smallExperiment({ evaluations })));
  clearInterval(timer);
  assert(ticks >= 3, `${ticks} ticks`);
});

Deno.test("step() clips to the experiment's norm and says what it was before", () => {
  const { optimizer } = smallExperiment();
  const clipped = new Training(smallExperiment());
  const free = new Training(smallExperiment({ optimizer: { ...optimizer, clip: 1e9 } }));
  const [a, b] = [clipped.step(), free.step()];
  assertAlmostEquals(a.gradNorm, b.gradNorm, 1e-12);
  assert(a.gradNorm > 1, `norm is ${a.gradNorm}`);
  assertEquals(a.loss, b.loss);
  clipped.step(), free.step();
  assertNotEquals(clipped.params, free.params);
});

/** A training in which the targets of every other sequence are far longer than its frames. */
function crowdedTraining(which: (b: number) => boolean): Training {
  const training = new Training(smallExperiment({ iters: 5 }));
  const { train } = training.data;
  const draw = train.batch;
  train.batch = (rng, B) => {
    const batch = draw(rng, B);
    const targets = batch.targets.map((target, b) =>
      which(b) ? Array<number>(200).fill(1) : target
    );
    return { ...batch, targets };
  };
  return training;
}

Deno.test("targets that do not fit are counted in every row, and the loss stays that of the others", async () => {
  const training = crowdedTraining((b) => b === 1);
  const rows = await rowsOf(training.rows());
  assertEquals(rows.map(({ iter, infeasible }) => [iter, infeasible]), [[1, 1], [5, 5]]);
  assert(rows.every((row) => row.nll > 0 && row.nll < Infinity));
});

Deno.test("a batch in which no target fits has loss Infinity and moves no weight", () => {
  const training = crowdedTraining(() => true);
  const before = copyParams(training.params);
  assertEquals(training.step(), { loss: Infinity, infeasible: 3, gradNorm: 0 });
  assertEquals(training.params, before);
});

Deno.test("an experiment with a value out of range is refused before it starts", () => {
  const { optimizer } = smallExperiment();
  const cases: [Partial<Experiment>, string][] = [
    [{ seed: -1 }, `seed must be a whole number from 0 to ${largestSeed}: current value is -1`],
    [{ seed: 0.5 }, "current value is 0.5"],
    [{ seed: largestSeed + 1 }, `current value is ${largestSeed + 1}`],
    [{ batch: 0 }, "batch must be a whole number >= 1: current value is 0"],
    [{ iters: 1.5 }, "iters must be a whole number >= 1: current value is 1.5"],
    [{ model: { kind: "blstm", hidden: 0 } }, "model.hidden must be a whole number >= 1"],
    [{ model: { kind: "gru" as "lstm", hidden: 3 } }, 'kind must be "blstm", "lstm", "brnn"'],
    [{ optimizer: { ...optimizer, lr: 0 } }, "lr must be > 0: current value is 0"],
    [{ corpus: { kind: "phonemes", noise: -1 } }, "noise must be >= 0: current value is -1"],
    [{ evaluations: [{ every: 0, sequences: 1, stream: 1 }] }, "every must be a whole number >= 1"],
    [
      { evaluations: [{ every: 1, sequences: 0, stream: 1 }] },
      "sequences must be a whole number >= 1",
    ],
  ];
  for (const [change, message] of cases) {
    assertThrows(() => new Training(smallExperiment(change)), RangeError, message);
  }
});

Deno.test("the largest seed trains, all its streams within 32 bits", () => {
  assert(new Training(smallExperiment({ seed: largestSeed })).step().loss > 0);
});

Deno.test("evaluate() refuses a grid that is not the experiment's own", () => {
  const training = new Training(smallExperiment());
  assertThrows(
    () => training.evaluate({ every: 5, sequences: 7, stream: 1 }),
    RangeError,
    "one of the experiment's own",
  );
});

Deno.test("a grid that asks for blanks gets them beside the same row as without", async () => {
  const [grid] = smallExperiment().evaluations;
  const evaluations = [{ ...grid, blanks: true }];
  const rows = await rowsOf(train(smallExperiment({ evaluations })));
  const bare = rows.map(({ blanks: _, ...row }) => row);
  assertEquals(bare, await rowsOf(train(smallExperiment())));

  // The same sequences in one batch.
  const experiment = smallExperiment({ evaluations, batch: 3 });
  const training = new Training(experiment);
  const { x, targets, alignment } = training.data.train.batch(
    new RandomState(experiment.seed + evaluations[0].stream),
    evaluations[0].sequences,
  );
  const { y } = framewiseOf(training).layer.forward(training.params, x);
  const logProbs = { ...y, frames: softmaxOutput.logProbs(y.frames) };
  assertEquals(
    training.evaluate(evaluations[0]).blanks,
    blankDiagnostics(logProbs, { targets, alignment: alignment! }),
  );
});
