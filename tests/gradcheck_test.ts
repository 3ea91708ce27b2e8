import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLessOrEqual,
} from "@std/assert";
import { gradcheck } from "lib/gradcheck.ts";
import { blstm, type Layer, linear, lstm, stack } from "lib/models/mod.ts";
import { copyParams, type Params, RandomState, type Sequences } from "lib/numeric/mod.ts";
import { checkLayer, randomParams, smoothCriterion } from "./support/layers.ts";
import { randomSequences } from "./support/matrices.ts";

// deno-lint-ignore no-explicit-any -- a layer's cache is its own business
const layers: Record<string, () => Layer<any>> = {
  "linear(3, 2)": () => linear(3, 2),
  "lstm(3, 5)": () => lstm(3, 5),
  "lstm(1, 1)": () => lstm(1, 1),
  "blstm(3, 4)": () => blstm(3, 4),
  "stack(lstm(3, 2), linear(2, 3))": () => stack(lstm(3, 2), linear(2, 3)),
  "stack(blstm(2, 3), blstm(6, 2), linear(4, 3))": () =>
    stack(blstm(2, 3), blstm(6, 2), linear(4, 3)),
};

for (const [name, layer] of Object.entries(layers)) {
  for (const lengths of [[1], [4], [1, 5, 2], [3, 1, 1]]) {
    Deno.test(`${name} has the gradients of its forward pass, all weights and inputs, lengths ${lengths}`, () => {
      const { maxRelativeError, checked, entries } = checkLayer(layer(), lengths);
      assertLessOrEqual(maxRelativeError, 2e-7);
      assertEquals(checked, entries);
    });
  }
}

const x = () => randomSequences(new RandomState(5), [3, 2], 3);

/** lstm(3, 4) whose backward pass is spoilt by `spoil`. */
function spoilt(spoil: (grads: Params, dx: Sequences) => void): Layer<unknown> {
  const honest = lstm(3, 4) as Layer<unknown>;
  return {
    ...honest,
    backward(params, cache, dy) {
      const { grads, dx } = honest.backward(params, cache, dy);
      const spoiltDx = dx();
      spoil(grads, spoiltDx);
      return { grads, dx: () => spoiltDx };
    },
  };
}

const check = (layer: Layer<unknown>) =>
  gradcheck(layer, smoothCriterion(6), randomParams(layer, 7), x());

Deno.test("gradcheck() passes the layer that the following tests spoil", () => {
  assertLessOrEqual(check(spoilt(() => {})).maxRelativeError, 2e-7);
});

for (const name of ["Wx", "Wh", "b"]) {
  Deno.test(`gradcheck() fails when one entry of the gradient of ${name} is off by a thousandth`, () => {
    const report = check(spoilt((grads) => grads[name].data[5] *= 1.001));
    assertGreater(report.maxRelativeError, 1e-4);
    const worst = report.points.filter((point) => point.error > 1e-5);
    assertEquals(worst.map(({ tensor, place }) => [tensor, place]), [[name, 5]]);
  });
}

Deno.test("gradcheck() fails when one entry of dx has the wrong sign", () => {
  const report = check(spoilt((_, dx) => dx.frames.data[4] *= -1));
  assertAlmostEquals(report.maxRelativeError, 1, 1e-6);
});

Deno.test("gradcheck() fails when the recurrent gradient is left out", () => {
  assertGreater(check(spoilt((grads) => grads.Wh.data.fill(0))).maxRelativeError, 0.9);
});

Deno.test("gradcheck() fails on a single NaN, in either measure", () => {
  const layer = spoilt((grads) => grads.b.data[0] = NaN);
  for (const measure of ["sum", "max"] as const) {
    const report = gradcheck(layer, smoothCriterion(6), randomParams(layer, 7), x(), { measure });
    assert(Number.isNaN(report.maxRelativeError) && !(report.maxRelativeError <= 2e-7));
  }
});

Deno.test("gradcheck() fails on a gradient that is too short", () => {
  const layer = spoilt((grads) => grads.b = { data: new Float64Array(3), rows: 1, cols: 3 });
  assertEquals(check(layer).maxRelativeError, NaN);
});

Deno.test("gradcheck() fails where the loss is Infinity, as for a target that does not fit", () => {
  const criterion = (y: Sequences) => ({ loss: Infinity, dy: y });
  assertEquals(
    gradcheck(linear(3, 2), criterion, randomParams(linear(3, 2), 1), x()).maxRelativeError,
    NaN,
  );
});

Deno.test("gradcheck() puts every weight and input back", () => {
  const layer = blstm(3, 2);
  const params = randomParams(layer, 8), input = x();
  const before = copyParams(params), inputBefore = input.frames.data.slice();
  gradcheck(layer, smoothCriterion(9), params, input);
  assertEquals(params, before);
  assertEquals(input.frames.data, inputBefore);
});

Deno.test("both stencils are exact for a cubic's derivative to their order", () => {
  // d/dW Σ y³ at y = x W: the error of 3 points is ε² · 3rd derivative / 6, that of 5 points is none.
  const layer = linear(1, 1);
  const params = {
    W: { data: new Float64Array([1]), rows: 1, cols: 1 },
    b: { data: new Float64Array([0]), rows: 1, cols: 1 },
  };
  const one = {
    frames: { data: new Float64Array([1]), rows: 1, cols: 1 },
    offsets: new Int32Array([0, 1]),
  };
  const cubic = ({ frames, offsets }: Sequences) => ({
    loss: frames.data[0] ** 3,
    dy: { frames: { ...frames, data: frames.data.map((y) => 3 * y * y) }, offsets },
  });
  const numeric = (stencil: 3 | 5) =>
    gradcheck(layer, cubic, params, one, { stencil, epsilon: 0.1 }).points[0].numeric;
  assertAlmostEquals(numeric(3), 3.01, 1e-12);
  assertAlmostEquals(numeric(5), 3, 1e-12);
});

Deno.test("a sample takes that many entries of every weight, drawn from its stream, and no input", () => {
  const layer = lstm(3, 4);
  const run = (seed: number) => {
    const sample = { perTensor: 6, rng: new RandomState(seed) };
    return gradcheck(layer, smoothCriterion(1), randomParams(layer, 1), x(), { sample }).points;
  };
  const places = (seed: number) => run(seed).map(({ tensor, place }) => `${tensor} ${place}`);
  assertEquals(
    run(1).map((point) => point.tensor),
    ["Wx", "Wh", "b"].flatMap((name) => Array(6).fill(name)),
  );
  assertEquals(new Set(places(1)).size, 18);
  assertEquals(places(1), places(1));
  assert(places(1).join() !== places(2).join());
});
