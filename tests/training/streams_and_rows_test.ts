// Which stream of random numbers each part draws from, and what a row counts.
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { gradientAlignment, gradScore, viterbi } from "lib/alignment/mod.ts";
import { averageLogPosterior } from "lib/criteria/mod.ts";
import { RandomState, sequenceAt, type Sequences } from "lib/numeric/mod.ts";
import {
  buildCriterion,
  buildModel,
  type Evaluation,
  type Experiment,
  forcedAlignments,
  gradientAlignments,
  heldOutBatch,
  trainedModel,
  Training,
} from "lib/training/mod.ts";
import { accuracyByPosition } from "lib/metrics/mod.ts";
import { bestPath } from "lib/decoding/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { framewiseOf, gradientNorms } from "lib/systems/mod.ts";

const fullSum = (options: object): Partial<Experiment> => ({
  criterion: { kind: "full-sum", ...options } as Experiment["criterion"],
});

Deno.test("a static prior is counted on a stream of its own, in a training and in a trained model", () => {
  const experiment = smallExperiment(fullSum({ prior: { kind: "static", priorScale: 1 } }));
  const { seed, criterion } = experiment;
  const training = new Training(experiment);
  const { data, params } = training, { layer, criterion: own } = framewiseOf(training);
  const batch = data.train.batch(new RandomState(1), 3);
  const logits = layer.forward(params, batch.x).y;
  const lossFrom = (stream: number) =>
    buildCriterion(criterion, data, new RandomState(seed + stream)).loss(logits, batch);
  assertEquals(own.loss(logits, batch), lossFrom(900001));
  assertEquals(
    framewiseOf(trainedModel(experiment, params)).criterion.loss(logits, batch),
    lossFrom(900001),
  );
  assertNotEquals(lossFrom(17).loss, lossFrom(900001).loss);
});

Deno.test("dropout draws from a stream of its own in training, and nothing in evaluation", () => {
  const layers = (rate: number): Experiment["model"] => ({
    kind: "layers",
    layers: [{ kind: "dropout", rate }, { kind: "rnn", hidden: 3 }, { kind: "linear" }],
  });
  const experiment = smallExperiment({ model: layers(0.5) });
  const { seed } = experiment, training = new Training(experiment);
  const { system, params, data } = training;
  const rngs = [17, 800011].map((stream) => new RandomState(seed + stream));
  const none = new Training(smallExperiment({ model: layers(0) }));
  for (let step = 0; step < 3; step++) {
    const batch = data.train.batch(rngs[0], experiment.batch);
    const ctx = { training: true, rng: rngs[1] };
    const { loss } = system.gradients(params, batch, ctx);
    assertNotEquals(loss, system.gradients(params, batch).loss);
    training.evaluate(experiment.evaluations[0]);
    assertEquals(training.step().loss, loss);
    assertNotEquals(none.step().loss, loss);
  }
  const [grid] = experiment.evaluations;
  const same = new Training(smallExperiment({ model: layers(0), evaluations: [grid] }));
  Object.assign(same.params, params);
  const again = new Training(smallExperiment({ model: layers(0.5), evaluations: [grid] }));
  Object.assign(again.params, params);
  assertEquals(again.evaluate(grid), same.evaluate(grid));
});

Deno.test("blankBias is where the bias of blank starts, and no other label's", () => {
  for (const kind of ["lstm", "blstm"] as const) {
    const model = buildModel({ kind, hidden: 2, blankBias: 1.5 }, 3, 4);
    assertEquals([...model.init(new RandomState(0))["1.b"].data], [1.5, 0, 0, 0]);
  }
});

/** A training whose evaluations find what is given, one after the other. */
async function evaluated(stopAtPer: number, pers: readonly number[]): Promise<number[]> {
  const evaluations = [{ every: 1, sequences: 1, stream: 1 }];
  const training = new Training(smallExperiment({ stopAtPer, evaluations, iters: pers.length }));
  let n = 0;
  training.evaluate = (): Evaluation => ({ per: pers[n++], seqAcc: 0 });
  return (await Array.fromAsync(training.rows())).map(({ iter }) => iter);
}

Deno.test("a training stops after two evaluations in a row at stopAtPer itself, or below", async () => {
  assertEquals(await evaluated(0.05, [1, 0.05, 0.05, 0]), [1, 2, 3]);
  assertEquals(await evaluated(0.05, [1, 0.05, 0.051, 0.05, 0.04, 0]), [1, 2, 3, 4, 5]);
  assertEquals(await evaluated(0, [0, 1, 0, 0, 1]), [1, 2, 3, 4]);
  assertEquals(await evaluated(0.05, [0.051, 0.051, 0.051]), [1, 2, 3]);
});

Deno.test("seqAcc is the share of sequences decoded without an error", () => {
  // Features without noise: the identity decodes all but repeated letters.
  const training = new Training(smallExperiment({
    corpus: { kind: "words", words: ["ab", "aab"], wordsPerSequence: [1, 1] },
    model: { kind: "ffnn", init: { kind: "identity", scale: 9 } },
    evaluations: [{ every: 1, sequences: 40, stream: 1 }],
  }));
  const { targets } = training.data.train.batch(new RandomState(training.experiment.seed + 1), 40);
  const short = targets.filter((target) => target.length === 2).length;
  assert(short > 10 && short < 30);
  const { seqAcc } = training.evaluate(training.experiment.evaluations[0]);
  assertEquals(seqAcc, short / 40);
});

Deno.test("accuracies by place know where sequences end, however they are batched", () => {
  const experiment = smallExperiment({
    evaluations: [{ every: 1, sequences: 7, stream: 5, frames: { places: 3 } }],
    batch: 2,
  });
  const training = new Training(experiment);
  const { x, alignment } = training.data.train.batch(new RandomState(experiment.seed + 5), 7);
  const path = bestPath(framewiseOf(training).layer.forward(training.params, x).y.frames);
  assertEquals(
    training.evaluate(experiment.evaluations[0]).frames?.byPosition,
    accuracyByPosition(path, alignment!, x.offsets, 3),
  );
});

Deno.test("forcedAlignments() are the best paths with shift and prior, one by one", () => {
  const training = new Training(smallExperiment({ corpus: { kind: "words" } }));
  const batch = heldOutBatch(training, 4);
  const logPrior = averageLogPosterior([batch.logProbs.frames]);
  const all = [{}, { blankShift: -0.3 }, { priorScale: 2 }, { blankShift: 0.3, priorScale: 1 }]
    .map((options) => {
      const one = batch.topologies.map((topology, b) =>
        viterbi(sequenceAt(batch.logProbs, b), topology, { ...options, logPrior })
      );
      assertEquals(forcedAlignments(batch, options), one);
      return JSON.stringify(one);
    });
  assertEquals(new Set(all).size, all.length);
});

Deno.test("gradientAlignments() pass every option on, and go through the model's own output", () => {
  const training = new Training(
    smallExperiment({ ...fullSum({ separatedBlank: true }), model: { kind: "blstm", hidden: 3 } }),
  );
  for (let step = 0; step < 10; step++) training.step();
  const evaluated = heldOutBatch(training, 2);
  const { batch } = evaluated;
  const { system, params } = training;
  const x = (b: number): Sequences["frames"] => sequenceAt(batch.x, b);
  const all = [{}, { p: 1 }, { maskBlank: true }, { maskBlank: false }, { blankScore: -1 }]
    .map((options) => {
      const one = batch.targets.map((target, b) => {
        const G = gradientNorms(system, params, x(b), target, options)!;
        return gradientAlignment(gradScore(G, options), batch.targets[b]);
      });
      assertEquals(gradientAlignments(training, evaluated, "grad-score", options), one);
      return JSON.stringify(one);
    });
  assert(new Set(all).size >= 4, `${new Set(all).size} different`); // a default is among them
});
