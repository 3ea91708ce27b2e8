import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  chain,
  conformer,
  type Context,
  conv1d,
  feedForward,
  type Layer,
  layerNorm,
  linear,
  relu,
  residual,
  specAugment,
  stack,
  swish,
} from "lib/models/mod.ts";
import { matrix, RandomState, sequenceAt, sequences, withWorkspace } from "lib/numeric/mod.ts";
import { checkLayer, randomParams } from "../support/layers.ts";
import { randomSequences } from "../support/matrices.ts";

const training = (seed: number): Context => ({ training: true, rng: new RandomState(seed) });

/** The layer as in training, with the same chance at every call. */
function fixed(layer: Layer, seed: number): Layer {
  return { ...layer, forward: (params, x) => layer.forward(params, x, training(seed)) };
}

const small = (rate: number) =>
  stack(
    specAugment(4, { timeShare: 0.5 }) as Layer,
    conv1d(4, 4, { kernel: 3, stride: 2, padding: 1 }) as Layer,
    conformer(4, 2, { kernel: 3, expansion: 2, dropout: rate }) as Layer,
    linear(4, 3) as Layer,
  );

Deno.test("a whole Conformer in training: every gradient agrees with differences of the loss", () => {
  const { maxRelativeError, checked, entries } = checkLayer(fixed(small(0.3), 5), [5, 2, 7]);
  assertLess(maxRelativeError, 2e-7);
  assertEquals(checked, entries);
});

Deno.test("a Conformer block in a workspace gives the bits that it gives on the heap", () => {
  const layer = small(0.3), params = randomParams(layer, 1);
  const x = randomSequences(new RandomState(2), [9, 4], 4);
  const run = (ctx: Context) => {
    const { y, cache } = layer.forward(params, x, ctx);
    const { grads, dx } = layer.backward(params, cache, y, ctx);
    return [y.frames, dx().frames, ...Object.values(grads)].map(({ data }) => data.slice());
  };
  const heap = run(training(3));
  assertEquals(withWorkspace((alloc) => run({ alloc, ...training(3) })), heap);
  assertEquals(withWorkspace((alloc) => run({ alloc, ...training(3) })), heap);
});

Deno.test("every matrix of a Conformer step comes from ctx.alloc", () => {
  const layer = small(0.1), params = randomParams(layer, 1), given = new Set<ArrayBuffer>();
  const alloc = (rows: number, cols: number) => {
    const m = matrix(rows, cols);
    given.add(m.data.buffer);
    return m;
  };
  const x = randomSequences(new RandomState(2), [9, 4], 4), ctx = { alloc, ...training(1) };
  const { y, cache } = layer.forward(params, x, ctx);
  const { grads, dx } = layer.backward(params, cache, y, ctx);
  for (const { data } of [y.frames, dx().frames, ...Object.values(grads)]) {
    assert(given.has(data.buffer));
  }
});

Deno.test("frames of one sequence of a Conformer do not see another, in training either", () => {
  const layer = conformer(4, 2, { kernel: 5 }), params = randomParams(layer, 1);
  const x = randomSequences(new RandomState(2), [6, 3], 4);
  const before = sequenceAt(layer.forward(params, x, training(1)).y, 0).data.slice();
  x.frames.data.fill(9, 6 * 4);
  assertEquals(sequenceAt(layer.forward(params, x, training(1)).y, 0).data, before);
});

Deno.test("weights of a Conformer have the names of its modules", () => {
  const params = conformer(4, 2).init(new RandomState(0)), names = Object.keys(params);
  // By default it convolves 31 frames, and is four times as wide inside
  assertEquals(params["convolution.depthwise.W"].rows, 31);
  assertEquals(params["before.feedForward.inner.W"].cols, 4 * 4);
  for (
    const name of [
      "before.norm.scale",
      "before.feedForward.inner.W",
      "attention.attention.Wr",
      "convolution.depthwise.W",
      "convolution.middle.shift",
      "after.feedForward.outer.b",
      "norm.shift",
    ]
  ) assert(names.includes(name), name);
  assertThrows(() => conformer(4, 3), RangeError, "heads must divide D = 4");
  assertThrows(() => conformer(4, 2, { kernel: 4 }), RangeError, "kernel must be odd: current");
  assertThrows(() => conformer(4, 2, { dropout: 1 }), RangeError, "p must be from 0 to below 1");
  assertThrows(() => feedForward(4, { expansion: 0 }), RangeError, "expansion must be a whole");
});

Deno.test("layerNorm() gives frames of mean 0 and variance 1, whatever their size", () => {
  const layer = layerNorm(8), params = layer.init(new RandomState(0));
  for (const scale of [1, 1e3, 1e6]) {
    const x = randomSequences(new RandomState(1), [4], 8);
    x.frames.data.forEach((value, i) => x.frames.data[i] = scale * (value + 5));
    const { data } = layer.forward(params, x).y.frames;
    for (let t = 0; t < 4; t++) {
      const frame = [...data.subarray(8 * t, 8 * t + 8)];
      assertAlmostEquals(frame.reduce((a, b) => a + b), 0, 1e-8);
      assertAlmostEquals(frame.reduce((sum, y) => sum + y * y, 0) / 8, 1, 1e-4);
    }
  }
  const { y } = layer.forward(params, sequences([matrix(1, 8, Array(8).fill(7))]));
  assertEquals([...y.frames.data], Array(8).fill(0));
  const near = layerNorm(2), small = sequences([matrix(1, 2, [0, 2e-3])]);
  const [, due] = near.forward(near.init(new RandomState(0)), small).y.frames.data;
  assertAlmostEquals(due, 1e-3 / Math.sqrt(1e-6 + 1e-5), 1e-12);
  assertThrows(() => layerNorm(0), RangeError, "D must be a whole number >= 1");
  assertThrows(() => layerNorm(2, { epsilon: 0 }), RangeError, "epsilon must be a finite number");
});

Deno.test("chain() is stack() with names, and names the layer that does not fit", () => {
  const x = randomSequences(new RandomState(1), [3], 2);
  const named = chain({ inner: linear(2, 3), relu: relu(3) }),
    numbered = stack(linear(2, 3), relu(3));
  const params = named.init(new RandomState(4));
  assertEquals(Object.keys(params), ["inner.W", "inner.b"]);
  const { y } = numbered.forward(numbered.init(new RandomState(4)), x);
  assertEquals(named.forward(params, x).y, y);
  assertThrows(
    () => chain({ inner: linear(2, 3), outer: linear(2, 3) }),
    RangeError,
    "layer outer must take the 3 values that layer inner gives: it takes 2",
  );
  assertThrows(() => chain({}), RangeError, "there must be at least 1");
});

Deno.test("residual() refuses a layer of another shape, and a scale that is no number", () => {
  assertThrows(() => residual(linear(2, 3)), RangeError, "it gives 3 values for 2");
  const strided = conv1d(2, 2, { kernel: 3, stride: 2, padding: 1 });
  assertThrows(() => residual(strided), RangeError, "and 500 frames for 1000");
  assertThrows(() => residual(swish(2), { scale: NaN }), RangeError, "current value is NaN");
});

Deno.test("swish and relu saturate at huge inputs rather than giving NaN", () => {
  const x = sequences([matrix(1, 4, [1e300, -1e300, 800, -800])]);
  for (const layer of [swish(4), relu(4)]) {
    const { y, cache } = layer.forward({}, x);
    assertEquals([...y.frames.data].map((value) => value + 0), [1e300, 0, 800, 0]);
    const { data } = layer.backward({}, cache, x).dx().frames;
    assert(data.every(Number.isFinite));
  }
});

/** How many numbers a layer draws for a batch in training. */
function drawnBy(layer: Layer, frames: number): number {
  const rng = new RandomState(0);
  let drawn = 0;
  const counting = Object.assign(Object.create(rng), {
    random() {
      drawn++;
      return rng.random();
    },
  });
  const x = randomSequences(new RandomState(1), [frames], layer.inputs);
  layer.forward(randomParams(layer, 1), x, { training: true, rng: counting });
  return drawn;
}

Deno.test("dropout is on hidden values and outputs of both feed-forward layers, of attention and convolution", () => {
  const [N, D, expansion] = [3, 4, 2];
  assertEquals(drawnBy(feedForward(D, { expansion, dropout: 0.1 }), N), N * (expansion * D + D));
  const block = conformer(D, 2, { kernel: 3, expansion, dropout: 0.1 }) as Layer;
  assertEquals(drawnBy(block, N), N * (2 * (expansion * D + D) + D + D));
  assertEquals(drawnBy(conformer(D, 2) as Layer, N), 0);
});

Deno.test("a Conformer block adds half of what each of its feed-forward layers gives", () => {
  const [D, x] = [4, randomSequences(new RandomState(3), [2], 4)], block = conformer(D, 2);
  const params = Object.fromEntries(
    Object.entries(block.init(new RandomState(0)))
      .map(([name, { rows, cols }]) => [name, matrix(rows, cols)]),
  );
  params["norm.scale"].data.fill(1);
  const [before, after] = [[1, 2, 3, 5], [-4, 0.5, 7, 1]];
  params["before.feedForward.outer.b"].data.set(before);
  params["after.feedForward.outer.b"].data.set(after);
  const sums = x.frames.data.map((value, i) => value + (before[i % D] + after[i % D]) / 2);
  const norm = layerNorm(D);
  const due = norm.forward(norm.init(new RandomState(0)), sequences([matrix(2, D, sums)])).y;
  const { data } = block.forward(params, x).y.frames;
  data.forEach((value, i) => assertAlmostEquals(value, due.frames.data[i], 1e-12));
});
