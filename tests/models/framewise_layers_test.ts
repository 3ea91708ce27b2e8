import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  bidirectional,
  conformer,
  conv1d,
  conv2d,
  dropout,
  feedForward,
  frameWindow,
  glu,
  gru,
  halveTime,
  type Layer,
  layerNorm,
  lstm,
  peepholeLstm,
  pyramid,
  relu,
  residual,
  rnn,
  selfAttention,
  specAugment,
  swish,
  tanh,
  targetDelay,
  windowMlp,
} from "lib/models/mod.ts";
import { matrix, RandomState, sequenceAt, sequences } from "lib/numeric/mod.ts";
import { checkLayer, randomParams } from "../support/layers.ts";
import { randomMatrix, randomSequences, rowSums } from "../support/matrices.ts";

/** Layers by what they are; the step of differences and the largest error, if not 1e-3 and 1e-7. */
const layers: [string, Layer, { epsilon?: number; most?: number }?][] = [
  ["rnn", rnn(3, 4) as Layer],
  ["brnn", bidirectional(rnn(2, 3)) as Layer],
  ["gru", gru(3, 4) as Layer],
  ["peepholeLstm", peepholeLstm(3, 4) as Layer],
  ["bidirectional gru", bidirectional(gru(2, 3)) as Layer],
  ["frameWindow", frameWindow(2, 2) as Layer],
  ["frameWindow wider than the sequences", frameWindow(1, 6) as Layer],
  ["tanh", tanh(3) as Layer],
  ["dropout, not in training", dropout(3, 0.5) as Layer],
  ["windowMlp", windowMlp(2, 3, 1) as Layer],
  ["halveTime", halveTime(2) as Layer],
  ["pyramid of three", pyramid(lstm(2, 2) as Layer, rnn(4, 3) as Layer, rnn(6, 2) as Layer)],
  ["targetDelay of an lstm", targetDelay(lstm(2, 3), 2) as Layer],
  ["targetDelay longer than a sequence", targetDelay(rnn(2, 3), 4) as Layer],
  ["conv1d", conv1d(2, 3, { kernel: 3, padding: 1 })],
  ["conv1d, stride 2", conv1d(2, 3, { kernel: 4, stride: 2, padding: 2 })],
  ["conv1d of two groups", conv1d(4, 6, { kernel: 3, stride: 2, padding: 1, groups: 2 })],
  ["conv1d, depthwise", conv1d(5, 5, { kernel: 3, padding: 1, groups: 5 })],
  ["conv1d, depthwise, stride 2", conv1d(3, 3, { kernel: 5, stride: 2, padding: 3, groups: 3 })],
  ["conv2d", conv2d(4, 2, 3, { kernel: [3, 2], stride: [2, 1], padding: [1, 0] })],
  ["conv2d, as wide as a frame", conv2d(3, 1, 2, { kernel: [1, 3] })],
  ["layerNorm", layerNorm(5) as Layer],
  ["relu", relu(4), { epsilon: 1e-6 }], // bent at 0
  ["swish", swish(4)],
  ["glu", glu(3)],
  ["residual", residual(rnn(3, 3), { scale: 0.5 }) as Layer],
  ["selfAttention", selfAttention(6, 3) as Layer],
  ["selfAttention with relative positions", selfAttention(6, 2, { relative: true }) as Layer, {
    epsilon: 2e-3,
  }],
  ["feedForward", feedForward(3, { expansion: 2 }) as Layer],
  ["conformer", conformer(4, 2, { kernel: 3, expansion: 1 }) as Layer, { most: 2e-7 }],
  [
    "conformer without positions",
    conformer(4, 1, { kernel: 5, expansion: 1, relative: false }) as Layer,
  ],
  ["specAugment, not in training", specAugment(3) as Layer],
];

for (const [name, layer, { epsilon, most = 1e-7 } = {}] of layers) {
  Deno.test(`${name}: every gradient agrees with differences of the loss`, () => {
    const { maxRelativeError, checked, entries } = checkLayer(layer, [3, 1, 6], { epsilon });
    assert(maxRelativeError < most, `error is ${maxRelativeError}`);
    assertEquals(checked, entries);
  });

  Deno.test(`${name}: a sequence alone or in a batch gives the same bits`, () => {
    const params = randomParams(layer, 1);
    const rng = new RandomState(2);
    const parts = [4, 1, 7].map((T) => randomMatrix(rng, T, layer.inputs));
    const { y } = layer.forward(params, sequences(parts));
    assertEquals(y.frames.cols, layer.outputs);
    parts.forEach((part, b) => {
      assertEquals(sequenceAt(y, b).data, layer.forward(params, sequences([part])).y.frames.data);
    });
  });

  Deno.test(`${name} refuses frames of another width, forwards and backwards`, () => {
    const params = randomParams(layer, 1);
    const x = randomSequences(new RandomState(2), [4], layer.inputs);
    const wrong = randomSequences(new RandomState(2), [4], layer.inputs + layer.outputs);
    assertThrows(() => layer.forward(params, wrong), RangeError, "its frames must have");
    const { cache } = layer.forward(params, x);
    assertThrows(() => layer.backward(params, cache, wrong), RangeError, "its frames must have");
  });
}

for (const [name, layer] of layers) {
  Deno.test(`${name} gives as many frames as its frames() says`, () => {
    const params = randomParams(layer, 1);
    for (let T = 1; T <= 9; T++) {
      const x = randomSequences(new RandomState(2), [T], layer.inputs);
      assertEquals(layer.forward(params, x).y.frames.rows, layer.frames(T), `${T} frames`);
    }
  });
}

/** Which output frames change when input frame `at` of a sequence of T frames does. */
function heardBy(layer: Layer, T: number, at: number): number[] {
  const params = randomParams(layer, 1);
  const x = randomSequences(new RandomState(3), [T], layer.inputs);
  const before = layer.forward(params, x).y.frames;
  x.frames.data[at * layer.inputs] += 1;
  const after = layer.forward(params, x).y.frames;
  const change = before.data.map((v, i) => Math.abs(v - after.data[i]));
  const sums = rowSums(matrix(before.rows, before.cols, change));
  return sums.flatMap((sum, t) => sum > 0 ? [t] : []);
}

Deno.test("what a layer hears: the past, the past and a delay, a window, pairs of frames", () => {
  assertEquals(heardBy(rnn(2, 3) as Layer, 6, 3), [3, 4, 5]);
  assertEquals(heardBy(targetDelay(rnn(2, 3), 2) as Layer, 6, 3), [1, 2, 3, 4, 5]);
  assertEquals(heardBy(windowMlp(2, 3, 1) as Layer, 6, 3), [2, 3, 4]);
  assertEquals(heardBy(windowMlp(2, 3, 0) as Layer, 6, 3), [3]);
  assertEquals(heardBy(halveTime(2) as Layer, 7, 6), [3]);
});

Deno.test("windows hold the frames around, and zeros beyond the ends of each sequence", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
      fc.nat(4),
      (lengths, radius) => {
        const x = randomSequences(new RandomState(1), lengths, 2);
        const { y } = frameWindow(2, radius).forward({}, x);
        lengths.forEach((T, b) => {
          const frames = sequenceAt(x, b), windows = sequenceAt(y, b);
          for (let t = 0; t < T; t++) {
            const expected: number[] = [];
            for (let at = t - radius; at <= t + radius; at++) {
              expected.push(...at < 0 || at >= T ? [0, 0] : frames.data.slice(2 * at, 2 * at + 2));
            }
            assertEquals(
              [...windows.data.slice(t * y.frames.cols, (t + 1) * y.frames.cols)],
              expected,
            );
          }
        });
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("a delay of 0 is the layer itself; one of d reads d frames of zeros at the end", () => {
  const layer = lstm(2, 3);
  const params = randomParams(layer, 4);
  const x = randomSequences(new RandomState(1), [5, 2], 2);
  assertEquals(targetDelay(layer, 0).forward(params, x).y, layer.forward(params, x).y);
  const padded = sequences([0, 1].map((b) => {
    const { data } = sequenceAt(x, b);
    return matrix(data.length / 2 + 3, 2, [...data, ...Array(6).fill(0)]);
  }));
  const late = layer.forward(params, padded).y;
  const { y } = targetDelay(layer, 3).forward(params, x);
  assertEquals([...y.offsets], [0, 5, 7]);
  for (const b of [0, 1]) assertEquals(sequenceAt(y, b).data, sequenceAt(late, b).data.slice(9));
});

Deno.test("layers name the size that is out of range", () => {
  assertThrows(() => rnn(0, 3), RangeError, "Cannot make rnn(0, 3) as D must be");
  assertThrows(
    () => rnn(2, 1.5),
    RangeError,
    "H must be a whole number >= 1: current value is 1.5",
  );
  assertThrows(() => frameWindow(2, -1), RangeError, "radius must be a whole number >= 0");
  assertThrows(() => frameWindow(0, 1), RangeError, "Cannot make frameWindow(0, 1) as D must be");
  assertThrows(() => windowMlp(2, 0, 1), RangeError, "K must be a whole number >= 1");
  assertThrows(() => tanh(NaN), RangeError, "Cannot make tanh(NaN)");
  assertThrows(() => halveTime(0), RangeError, "Cannot make halveTime(0)");
  assertThrows(() => targetDelay(rnn(1, 1), 0.5), RangeError, "delay must be a whole number >= 0");
  assertThrows(() => pyramid(), RangeError, "there must be at least 1");
  assertThrows(
    () => pyramid(rnn(2, 3) as Layer, rnn(3, 3) as Layer),
    RangeError,
    "layer 2 must take the 6 values",
  );
});
