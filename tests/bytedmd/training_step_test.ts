import { assert, assertEquals, assertLess } from "@std/assert";
import { ctcTopology } from "lib/alignment/mod.ts";
import { ctcCost, movementCost, traceTrainingStep } from "lib/bytedmd/mod.ts";
import { ctcVariants } from "lib/criteria/variants/mod.ts";
import { Training } from "lib/experiments/mod.ts";
import { kernelsInUse } from "lib/numeric/kernels/mod.ts";
import { batchSize, copyParams, RandomState } from "lib/numeric/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { randomMatrix } from "../support/matrices.ts";
import { framewiseOf } from "lib/systems/mod.ts";

const sum = (values: Readonly<Record<string, number>>) =>
  Object.values(values).reduce((a, b) => a + b, 0);

for (const [kind, directions] of [["blstm", 2], ["lstm", 1]] as const) {
  Deno.test(`a traced step of ${kind} reads every weight as often as the products say`, () => {
    const H = 4;
    const experiment = smallExperiment({ model: { kind, hidden: H } });
    const training = new Training(experiment), corpus = training.data;
    const { params } = training, { layer: model } = framewiseOf(training);
    const kept = copyParams(params), twin = kernelsInUse();
    const batch = corpus.train.batch(new RandomState(1), 2);
    const { cost, byTensor, bySection, readsByTensor } = movementCost(
      traceTrainingStep(model, params, batch),
    );
    const N = batch.x.frames.rows, B = batchSize(batch.x), D = corpus.features, K = corpus.labels;
    // Forward, backward, and once by Adam; nobody asks for the gradient of the input, and the first
    // frame has no hidden state before it.
    assertEquals(readsByTensor["Wx"], directions * D * 4 * H * (N + 1));
    assertEquals(readsByTensor["Wh"], directions * H * 4 * H * (2 * (N - B) + 1));
    assertEquals(readsByTensor["Wy"], directions * H * K * (2 * N + 1));
    assertEquals(readsByTensor["Adam v"], 2 * sum(sizes(params))); // in its mean, in the step
    assertEquals(Object.keys(bySection), ["forward", "CTC", "backward", "update"]);
    assertEquals(sum(byTensor), cost);
    assertEquals(Object.values(bySection).map(sum).reduce((a, b) => a + b), cost);
    for (const name of ["α", "β", "emission", "occupancy", "log p"]) {
      assertEquals(bySection["CTC"][name], byTensor[name]);
    }
    for (
      const name of ["gates", "c", "tanh c", "h", "dz", "dWx", "dWh", "dWy", "logits", "dLogits"]
    ) {
      assert(byTensor[name] > 0, `${name} has no cost`);
    }
    assertEquals(Object.keys(byTensor).filter((name) => name.startsWith("#")), []);
    assertEquals([params, kernelsInUse()], [kept, twin]);
  });
}

function sizes(params: Training["params"]): Record<string, number> {
  return Object.fromEntries(Object.entries(params).map(([name, m]) => [name, m.data.length]));
}

Deno.test("another way to compute CTC changes the cost of CTC, and hardly that of the rest", () => {
  const training = new Training(smallExperiment()), corpus = training.data;
  const { params } = training, { layer: model } = framewiseOf(training);
  const batch = corpus.train.batch(new RandomState(1), 1);
  const [tables, fused] = (["tables", "fused"] as const).map((name) =>
    movementCost(traceTrainingStep(model, params, batch, { ctc: ctcVariants[name] })).bySection
  );
  assertLess(sum(fused["CTC"]), 0.8 * sum(tables["CTC"]));
  assertEquals(fused["forward"], tables["forward"]);
  assertEquals(fused["update"], tables["update"]);
});

Deno.test("fusing β and checkpoints of α move less and hold less, the more the longer", () => {
  const price = (T: number) => {
    const logits = randomMatrix(new RandomState(T), T, 5);
    const topology = ctcTopology(Array.from({ length: T / 8 }, (_, i) => 1 + i % 4));
    return Object.entries(ctcVariants).map(([name, variant]) => {
      const { cost, peak } = ctcCost(variant, logits, topology);
      return [name, { cost, peak }] as const;
    });
  };
  const [short, long] = [32, 160].map((T) => Object.fromEntries(price(T)));
  for (const name of ["fused", "checkpointed", "rescaled", "lean"]) {
    assertLess(long[name].cost / long["tables"].cost, short[name].cost / short["tables"].cost);
    assertLess(long[name].cost, long["tables"].cost / 3);
  }
  assertLess(long["checkpointed"].peak, long["fused"].peak / 2);
  assertLess(long["fused"].peak, long["tables"].peak / 2);
});

Deno.test("a traced step clips to a norm of 1 unless it is told otherwise", () => {
  const training = new Training(smallExperiment()), corpus = training.data;
  const { params } = training, { layer: model } = framewiseOf(training);
  const batch = corpus.train.batch(new RandomState(1), 1);
  const events = (options?: { clip: number }) =>
    traceTrainingStep(model, params, batch, options).events.length;
  assertEquals(events(), events({ clip: 1 }));
  assert(events() > events({ clip: 1e9 }));
});
