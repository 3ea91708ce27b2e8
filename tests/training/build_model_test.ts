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

const weights = (options: AnyModelOptions) => buildModel(options, 5, 5).init(new RandomState(7));
const output = { kind: "linear" } as const;
const rnn = { kind: "rnn", hidden: 3 } as const, lstm = { kind: "lstm", hidden: 3 } as const;
const bothWays = { kind: "bidirectional", of: lstm } as const;
const abbreviations: [AnyModelOptions, AnyModelOptions][] = [
  [{ kind: "blstm", hidden: 3 }, { kind: "layers", layers: [bothWays, output] }],
  [{ kind: "brnn", hidden: 3 }, {
    kind: "layers",
    layers: [{ kind: "bidirectional", of: rnn }, output],
  }],
  [{ kind: "rnn", hidden: 3 }, { kind: "layers", layers: [rnn, output] }],
  [{ kind: "mlp", hidden: 3, radius: 2 }, {
    kind: "layers",
    layers: [{ kind: "window", hidden: 3, radius: 2 }, output],
  }],
  [{ kind: "lstm", hidden: 3, delay: 2, layers: 2, blankBias: 4 }, {
    kind: "delay",
    frames: 2,
    of: { kind: "layers", layers: [lstm, lstm, { kind: "linear", blankBias: 4 }] },
  }],
  [{ kind: "blstm", hidden: 3, layers: 2, pyramid: true }, {
    kind: "layers",
    layers: [{ kind: "pyramid", layers: [bothWays, bothWays] }, output],
  }],
];
for (const [short, long] of abbreviations) {
  Deno.test(`${JSON.stringify(short)} stands for nested layers: same names, same bits`, () => {
    assertEquals(weights(short), weights(long));
    const x = randomSequences(new RandomState(2), [4, 1, 6], 5);
    const [one, other] = [short, long].map((options) =>
      buildModel(options, 5, 5).forward(weights(options), x).y
    );
    assertEquals(one, other);
  });
}

Deno.test("a start of the output layer is the ffnn's", () => {
  const init = { kind: "identity", scale: 2 } as const;
  const { "0.W": W } = weights({ kind: "layers", layers: [{ kind: "linear", init }] });
  assertEquals(W, weights({ kind: "ffnn", init }).W);
});

Deno.test("layers that do not end in one score per label are refused", () => {
  assertThrows(
    () => buildModel({ kind: "layers", layers: [rnn] }, 8, 7),
    RangeError,
    "Cannot build a model as its last layer must give 7 scores, one per label: it gives 3",
  );
});

Deno.test("a key that a nested layer does not know is placed, and the nearest named", () => {
  const typo = { kind: "layers", layers: [{ kind: "bidirectional", of: { ...rnn, hiden: 3 } }] };
  assertThrows(
    () => buildModel(typo as unknown as AnyModelOptions, 8, 7),
    TypeError,
    'Cannot build a model as "hiden" is no key of layers[0].of: did you mean "hidden"?',
  );
  assertThrows(
    () => buildModel({ kind: "layers", layers: [] }, 8, 7),
    RangeError,
    "layers must be a list of at least 1",
  );
  assertThrows(
    () => buildModel({ kind: "layers", layers: [{ kind: "lsmt" }] } as never, 8, 7),
    RangeError,
    'layers[0].kind must be "lstm", "rnn"',
  );
});
