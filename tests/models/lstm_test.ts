import { assert, assertEquals, assertThrows } from "@std/assert";
import { lstm } from "lib/models/mod.ts";
import { matrix, RandomState, sequenceAt, sequences } from "lib/numeric/mod.ts";
import { randomParams } from "../support/layers.ts";
import { assertMatrixClose, randomMatrix, randomSequences, rowSums } from "../support/matrices.ts";

const σ = (z: number) => 1 / (1 + Math.exp(-z));

Deno.test("lstm() of one cell follows its equations, step by step", () => {
  const params = {
    Wx: matrix(1, 4, [0.1, -0.2, 0.3, 0.4]),
    Wh: matrix(1, 4, [0.5, 0.6, -0.7, 0.8]),
    b: matrix(1, 4, [0.01, 1, -0.02, 0.03]),
  };
  const x = [1.5, -0.5, 2];
  let h = 0, c = 0;
  const expected = x.map((xt) => {
    const [i, f, g, o] = [0, 1, 2, 3].map((k) =>
      xt * params.Wx.data[k] + h * params.Wh.data[k] + params.b.data[k]
    );
    c = σ(f) * c + σ(i) * Math.tanh(g);
    h = σ(o) * Math.tanh(c);
    return h;
  });
  const { y } = lstm(1, 1).forward(params, sequences([matrix(3, 1, x)]));
  assertMatrixClose(y.frames, matrix(3, 1, expected), 1e-15);
});

Deno.test("lstm() starts every sequence of a batch afresh: alone or together, the same bits", () => {
  const layer = lstm(3, 4);
  const params = randomParams(layer, 1);
  const rng = new RandomState(2);
  const parts = [4, 1, 6].map((T) => randomMatrix(rng, T, 3));
  const { y } = layer.forward(params, sequences(parts));
  parts.forEach((part, b) => {
    assertEquals(sequenceAt(y, b).data, layer.forward(params, sequences([part])).y.frames.data);
  });
});

Deno.test("lstm() hears the past, never the future", () => {
  const layer = lstm(2, 3);
  const params = randomParams(layer, 1);
  const x = randomSequences(new RandomState(3), [6], 2);
  const { y } = layer.forward(params, x);
  x.frames.data[3 * 2] += 1;
  const { y: moved } = layer.forward(params, x);
  const change = rowSums(
    matrix(6, 3, y.frames.data.map((v, i) => Math.abs(v - moved.frames.data[i]))),
  );
  assertEquals(change.slice(0, 3), [0, 0, 0]);
  assert(change.slice(3).every((c) => c > 0));
});

Deno.test("lstm() init: forget gates open with bias 1, other biases 0, deviation 0.5/√D and 0.5/√H", () => {
  const { Wx, Wh, b } = lstm(16, 25).init(new RandomState(1));
  assertEquals([...b.data], Array.from({ length: 100 }, (_, j) => j >= 25 && j < 50 ? 1 : 0));
  const deviation = (data: Float64Array) =>
    Math.sqrt(data.reduce((s, w) => s + w * w, 0) / data.length);
  assert(Math.abs(deviation(Wx.data) - 0.5 / 4) < 0.01, `${deviation(Wx.data)}`);
  assert(Math.abs(deviation(Wh.data) - 0.5 / 5) < 0.01, `${deviation(Wh.data)}`);
});

Deno.test("lstm() leaves weights, inputs and output gradients as they are", () => {
  const layer = lstm(2, 3);
  const params = randomParams(layer, 1);
  const x = randomSequences(new RandomState(1), [3, 2], 2),
    dy = randomSequences(new RandomState(2), [3, 2], 3);
  const before = structuredClone([params, x, dy]);
  layer.backward(params, layer.forward(params, x).cache, dy);
  assertEquals([params, x, dy], before);
});

Deno.test("lstm() saturates at huge inputs rather than giving NaN", () => {
  const layer = lstm(1, 2);
  const params = randomParams(layer, 1);
  const x = sequences([matrix(4, 1, [1e8, -1e8, 1e300, -1e300])]);
  const { y, cache } = layer.forward(params, x);
  const { grads, dx } = layer.backward(params, cache, y);
  for (const m of [y.frames, dx().frames, grads.Wh, grads.b]) assert(m.data.every(Number.isFinite));
});

Deno.test("lstm() refuses sizes that are no whole numbers >= 1, and names them", () => {
  assertThrows(
    () => lstm(0, 4),
    RangeError,
    "lstm(0, 4) as D must be a whole number >= 1: current value is 0",
  );
  assertThrows(
    () => lstm(3, 1.5),
    RangeError,
    "H must be a whole number >= 1: current value is 1.5",
  );
  assertThrows(() => lstm(3, NaN), RangeError, "current value is NaN");
});

Deno.test("lstm() names the width it expects and the width it got, forwards and backwards", () => {
  const layer = lstm(3, 2);
  const params = layer.init(new RandomState(0));
  assertThrows(
    () => layer.forward(params, sequences([matrix(1, 4)])),
    RangeError,
    "lstm(3, 2) as its frames must have 3 values: they have 4",
  );
  const { cache } = layer.forward(params, sequences([matrix(1, 3)]));
  assertThrows(
    () => layer.backward(params, cache, sequences([matrix(1, 3)])),
    RangeError,
    "lstm(3, 2) backwards as its frames must have 2 values: they have 3",
  );
});

Deno.test("lstm() names the weight that is missing or misshaped", () => {
  const layer = lstm(3, 2), x = sequences([matrix(1, 3)]);
  const params = layer.init(new RandomState(0));
  for (const name of ["Wx", "Wh", "b"]) {
    const { [name]: _, ...others } = params;
    assertThrows(() => layer.forward(others, x), RangeError, `the weight "${name}" of shape`);
    assertThrows(
      () => layer.forward({ ...params, [name]: matrix(3, 5) }, x),
      RangeError,
      `The weight "${name}" must have shape [${params[name].rows}, 8]: it has [3, 5]`,
    );
  }
});
