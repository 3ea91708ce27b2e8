import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  bidirectional,
  type Layer,
  linear,
  lstm,
  parameterCount,
  peepholeLstm,
  stack,
} from "lib/models/mod.ts";
import { useKernels } from "lib/numeric/kernels/mod.ts";
import { matrix, RandomState, sequences, sigmoid, withWorkspace } from "lib/numeric/mod.ts";
import { buildModel } from "lib/training/mod.ts";
import { checkLayer, randomParams } from "../support/layers.ts";
import { assertMatrixClose, randomSequences } from "../support/matrices.ts";

Deno.test("the network of Graves et al. 2006 has exactly 114,662 weights", () => {
  const network = stack(bidirectional(peepholeLstm(26, 100)) as Layer, linear(200, 62) as Layer);
  assertEquals(parameterCount(network), 114_662);
  const named = buildModel({ kind: "blstm", hidden: 100, peephole: true }, 26, 62);
  assertEquals(parameterCount(named), 114_662);
  assertEquals(named.init(new RandomState(7)), network.init(new RandomState(7)));
});

Deno.test("peepholeLstm(): every gradient agrees with differences of the loss", () => {
  const both = stack(bidirectional(peepholeLstm(3, 2)) as Layer, linear(4, 3) as Layer);
  for (const model of [peepholeLstm(3, 4) as Layer, peepholeLstm(1, 5) as Layer, both]) {
    for (const lengths of [[1], [4, 1, 5], [3, 6, 6, 2]]) {
      const { maxRelativeError, checked, entries } = checkLayer(model, lengths);
      assertLess(maxRelativeError, 2e-7);
      assertEquals(checked, entries);
    }
  }
});

Deno.test("peepholeLstm() is lstm() where its peepholes are 0, forwards and backwards", () => {
  const [D, H] = [4, 5], x = randomSequences(new RandomState(2), [3, 7, 1, 7], D);
  const plain = lstm(D, H), layer = peepholeLstm(D, H), weights = randomParams(plain, 3);
  const params = { ...weights, p: matrix(1, 3 * H) };
  const expected = plain.forward(weights, x), { y, cache } = layer.forward(params, x);
  assertMatrixClose(y.frames, expected.y.frames, 1e-12);
  const [theirs, ours] = [
    plain.backward(weights, expected.cache, y),
    layer.backward(params, cache, y),
  ];
  for (const [name, gradient] of Object.entries(theirs.grads)) {
    assertMatrixClose(ours.grads[name], gradient, 1e-11, name);
  }
  assertMatrixClose(ours.dx().frames, theirs.dx().frames, 1e-11);
  assert(ours.grads.p.data.every((value) => value !== 0));
});

Deno.test("one cell follows the equations: peepholes of i and f see the cell before, o's that of now", () => {
  const [Wx, Wh] = [matrix(1, 4, [0.3, -0.2, 0.9, 0.4]), matrix(1, 4, [0.5, 0.1, -0.7, 0.2])];
  const [p, b] = [matrix(1, 3, [0.8, -1.1, 0.6]), matrix(1, 4, [0.1, 1, 0, -0.3])];
  const inputs = [1, -2, 0.5];
  let c = 0, h = 0;
  const expected = inputs.map((x) => {
    const z = [0, 1, 2, 3].map((k) => x * Wx.data[k] + h * Wh.data[k] + b.data[k]);
    const i = sigmoid(z[0] + 0.8 * c), f = sigmoid(z[1] - 1.1 * c);
    c = f * c + i * Math.tanh(z[2]);
    return h = sigmoid(z[3] + 0.6 * c) * Math.tanh(c);
  });
  const { y } = peepholeLstm(1, 1).forward({ Wx, Wh, p, b }, sequences([matrix(3, 1, inputs)]));
  assertMatrixClose(y.frames, matrix(3, 1, expected), 1e-14);
});

Deno.test("a sequence is heard alike alone and among others, in a workspace and out of it", () => {
  const layer = peepholeLstm(3, 6), params = randomParams(layer, 5);
  const x = randomSequences(new RandomState(3), [4, 9, 1, 9, 2], 3);
  const together = layer.forward(params, x).y;
  withWorkspace((alloc) => {
    assertEquals([...layer.forward(params, x, { alloc }).y.frames.data], [...together.frames.data]);
  });
  for (let b = 0; b < 5; b++) {
    const [from, to] = [x.offsets[b], x.offsets[b + 1]];
    const alone = sequences([matrix(to - from, 3, [...x.frames.data.subarray(3 * from, 3 * to)])]);
    const { y } = layer.forward(params, alone);
    assertEquals([...y.frames.data], [...together.frames.data.subarray(6 * from, 6 * to)]);
  }
});

Deno.test("both twins of the kernels give the same cells, but for rounding", () => {
  const layer = bidirectional(peepholeLstm(3, 6)) as Layer, params = randomParams(layer, 5);
  const x = randomSequences(new RandomState(3), [4, 9], 3);
  const run = () => {
    const { y, cache } = layer.forward(params, x);
    return { y, ...layer.backward(params, cache, y).grads };
  };
  const { y, ...grads } = run(), before = useKernels("plain");
  try {
    const { y: plain, ...theirs } = run();
    assertMatrixClose(y.frames, plain.frames, 1e-12);
    for (const name of Object.keys(theirs)) {
      assertMatrixClose(grads[name as never], theirs[name as never], 1e-11, name);
    }
  } finally {
    useKernels(before);
  }
});

Deno.test("peepholeLstm() init: Wx, Wh, p in this order, and a bias of 1 at the forget gate", () => {
  const [D, H] = [3, 5], rng = new RandomState(4);
  const { Wx, Wh, p, b } = peepholeLstm(D, H).init(new RandomState(4));
  const drawn = (n: number, deviation: number) =>
    Array.from({ length: n }, () => rng.randn() * deviation);
  assertEquals([...Wx.data], drawn(D * 4 * H, 0.5 / Math.sqrt(D)));
  assertEquals([...Wh.data], drawn(H * 4 * H, 0.5 / Math.sqrt(H)));
  assertEquals([...p.data], drawn(3 * H, 0.5 / Math.sqrt(H)));
  assertEquals([...b.data], [0, 1, 0, 0].flatMap((value) => Array(H).fill(value)));
});

Deno.test("peepholeLstm() names the size, and the weight that is missing", () => {
  assertThrows(() => peepholeLstm(0, 2), RangeError, "peepholeLstm(0, 2)");
  const layer = peepholeLstm(2, 3), { p: _, ...params } = layer.init(new RandomState(1));
  assertThrows(() => layer.forward(params, sequences([matrix(1, 2)])), RangeError, "p");
});
