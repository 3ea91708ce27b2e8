import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { train, Training } from "lib/experiments/mod.ts";
import { type AnyModelOptions, buildModel } from "lib/training/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { randomSequences } from "../support/matrices.ts";

const model: AnyModelOptions = JSON.parse(`{ "kind": "layers", "layers": [
  { "kind": "specAugment", "timeWidth": 3, "bandWidth": 1 },
  { "kind": "conv2d", "channels": 4, "kernel": 3, "stride": 2, "padding": 1 },
  { "kind": "relu" },
  { "kind": "conformer", "heads": 4, "kernel": 5, "expansion": 2, "dropout": 0.05 },
  { "kind": "linear" }
] }`);
const optimizer = { ...smallExperiment().optimizer, lr: 5e-3 };

Deno.test("a Conformer with CTC learns, from the JSON of an experiment", async () => {
  const experiment = smallExperiment({
    model,
    optimizer,
    iters: 150,
    batch: 8,
    evaluations: [{ every: 150, sequences: 40, stream: 1 }],
  });
  const rows = await Array.fromAsync(train(experiment));
  assertEquals(rows.map(({ iter }) => iter), [1, 150]);
  assertLess(rows[1].nll, 0.4 * rows[0].nll);
  assertLess(rows[1].per, 0.5 * rows[0].per);
});

Deno.test("two trainings of a Conformer give the same bits, SpecAugment and dropout among them", () => {
  const [one, other] = [0, 1].map(() => {
    const training = new Training(smallExperiment({ model, optimizer }));
    return [1, 2, 3].map(() => training.step());
  });
  assertEquals(one, other);
});

Deno.test("a front end in an experiment halves time and bands, and names a width that does not fit", () => {
  const built = buildModel(model, 8, 7);
  const { y } = built.forward(
    built.init(new RandomState(1)),
    randomSequences(new RandomState(2), [9], 8),
  );
  assertEquals([y.frames.rows, y.frames.cols, built.frames(9)], [5, 7, 5]);
  const layers = (...layers: object[]) =>
    ({ kind: "layers", layers: [...layers, { kind: "linear" }] }) as AnyModelOptions;
  assertThrows(
    () => buildModel(layers({ kind: "conv2d", channels: 2, inputChannels: 3, kernel: 3 }), 8, 7),
    RangeError,
    "inputChannels of a conv2d must divide the 8 values below it: current value is 3",
  );
  assertThrows(
    () => buildModel(layers({ kind: "selfAttention", heads: 3 }), 8, 7),
    RangeError,
    "heads must divide D = 8",
  );
  assertThrows(
    () => buildModel(layers({ kind: "residual", of: { kind: "linear", size: 3 } }), 8, 7),
    RangeError,
    "it gives 3 values for 8",
  );
  assertThrows(
    () => buildModel(layers({ kind: "conformer", heads: 2, dropot: 0.1 }), 8, 7),
    TypeError,
    'did you mean "dropout"?',
  );
});
