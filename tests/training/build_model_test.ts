import { assertEquals, assertThrows } from "@std/assert";
import { type AnyModelOptions, buildModel } from "lib/training/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { randomSequences } from "../support/matrices.ts";

const frames = (options: AnyModelOptions, T: number) => {
  const model = buildModel(options, 3, 4);
  const { y } = model.forward(
    model.init(new RandomState(1)),
    randomSequences(new RandomState(2), [T], 3),
  );
  return [y.frames.rows, y.frames.cols];
};

Deno.test("every kind of model gives one row of scores per frame", () => {
  const kinds: AnyModelOptions[] = [
    { kind: "blstm", hidden: 2 },
    { kind: "lstm", hidden: 2, delay: 3 },
    { kind: "brnn", hidden: 2 },
    { kind: "rnn", hidden: 2 },
    { kind: "mlp", hidden: 2, radius: 1 },
    { kind: "ffnn" },
  ];
  for (const options of kinds) assertEquals(frames(options, 5), [5, 4], options.kind);
});

Deno.test("a pyramid halves time between layers", () => {
  assertEquals(frames({ kind: "blstm", hidden: 2, layers: 2, pyramid: true }, 7), [4, 4]);
  assertEquals(frames({ kind: "lstm", hidden: 2, layers: 3, pyramid: true }, 7), [2, 4]);
});

Deno.test("a delay of 0 and a single layer halved are the model itself", () => {
  const init = (options: AnyModelOptions) =>
    Object.values(buildModel(options, 3, 4).init(new RandomState(3))).map(({ data }) => data);
  const plain = init({ kind: "lstm", hidden: 2 });
  assertEquals(init({ kind: "lstm", hidden: 2, delay: 0 }), plain);
  assertEquals(init({ kind: "lstm", hidden: 2, delay: 4 }), plain);
  assertEquals(init({ kind: "lstm", hidden: 2, pyramid: true }), plain);
});

Deno.test("a delayed model answers from later frames, with the weights of the model itself", () => {
  const x = randomSequences(new RandomState(2), [5], 3);
  const answers = [0, 2].map((delay) => {
    const model = buildModel({ kind: "lstm", hidden: 2, delay }, 3, 4);
    return model.forward(model.init(new RandomState(1)), x).y.frames.data;
  });
  assertEquals(answers[1].slice(0, 12), answers[0].slice(8, 20));
});

Deno.test("sizes out of range are named", () => {
  assertThrows(
    () => buildModel({ kind: "lstm", hidden: 2, delay: -1 }, 3, 4),
    RangeError,
    "delay must be a whole number >= 0",
  );
  assertThrows(() => buildModel({ kind: "mlp", hidden: 0, radius: 1 }, 3, 4), RangeError);
  const blankBias = NaN;
  assertThrows(() => buildModel({ kind: "lstm", hidden: 2, blankBias }, 3, 4), RangeError, "NaN");
  assertThrows(() => buildModel({ kind: "mlp", hidden: 2, radius: 0.5 }, 3, 4), RangeError);
});
