import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { type Context, dropout, type Layer, linear, rnn, stack } from "lib/models/mod.ts";
import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
import { checkLayer } from "../support/layers.ts";
import { randomSequences } from "../support/matrices.ts";

const training = (seed: number): Context => ({ training: true, rng: new RandomState(seed) });

/** The layer as in training, with the same chance at every call. */
function fixed(layer: Layer, seed: number): Layer {
  return { ...layer, forward: (params, x) => layer.forward(params, x, training(seed)) };
}

Deno.test("dropout() with a fixed mask: every gradient agrees with differences of the loss", () => {
  const model = stack(
    dropout(3, 0.4) as Layer,
    rnn(3, 4) as Layer,
    dropout(4, 0.5) as Layer,
    linear(4, 2) as Layer,
  );
  for (const layer of [dropout(5, 0.4) as Layer, model]) {
    const { maxRelativeError, checked, entries } = checkLayer(fixed(layer, 5), [4, 1, 6]);
    assertLess(maxRelativeError, 2e-7);
    assertEquals(checked, entries);
  }
});

Deno.test("dropout() drops a share of p, and scales the others by 1/(1 - p)", () => {
  for (const p of [0.1, 0.5, 0.9]) {
    const x = randomSequences(new RandomState(0), [300, 200], 20);
    const { data } = dropout(20, p).forward({}, x, training(1)).y.frames;
    const n = data.length, dropped = data.filter((y) => y === 0).length;
    assertLess(Math.abs(dropped / n - p), 4 * Math.sqrt(p * (1 - p) / n));
    data.forEach((y, i) => assert(y === 0 || y === x.frames.data[i] * (1 / (1 - p))));
  }
});

Deno.test("dropout(): the mean over many draws is the input", () => {
  const [p, draws] = [0.3, 20_000], rng = new RandomState(3);
  const x = randomSequences(new RandomState(2), [2, 1], 3), sum = new Float64Array(9);
  for (let n = 0; n < draws; n++) {
    const { data } = dropout(3, p).forward({}, x, { training: true, rng }).y.frames;
    data.forEach((y, i) => sum[i] += y);
  }
  x.frames.data.forEach((value, i) => {
    const deviation = Math.abs(value) * Math.sqrt(p / (1 - p) / draws);
    assertLess(Math.abs(sum[i] / draws - value), 4 * deviation, `value ${i}`);
  });
});

Deno.test("dropout() is the identity outside training and at p = 0, and draws nothing there", () => {
  const x = randomSequences(new RandomState(2), [3, 2], 4), rng = new RandomState(7);
  const cases: [number, Context][] = [[0.5, {}], [0.5, { rng }], [0, { training: true, rng }]];
  for (const [p, ctx] of cases) {
    const layer = dropout(4, p), { y, cache } = layer.forward({}, x, ctx);
    assertEquals(y, x);
    assertEquals(layer.backward({}, cache, x, ctx).dx(), x);
  }
  assertEquals(rng.random(), new RandomState(7).random());
});

Deno.test("dropout() gives every frame a mask of its own, and the next batch other ones", () => {
  const layer = dropout(16, 0.5), rng = new RandomState(1);
  const x = sequences([matrix(2, 16, Array(32).fill(1))]);
  const drawn = [0, 1].flatMap(() => {
    const { data } = layer.forward({}, x, { training: true, rng }).y.frames;
    return [data.subarray(0, 16).join(), data.subarray(16).join()];
  });
  assertEquals(new Set(drawn).size, 4);
});

Deno.test("dropout() names what is out of range or missing", () => {
  for (const p of [-0.1, 1, 1.5, NaN]) {
    const message = `Cannot make dropout(3, ${p}) as p must be from 0 to below 1: current value`;
    assertThrows(() => dropout(3, p), RangeError, message);
  }
  assertThrows(() => dropout(3, "0.5" as unknown as number), RangeError, "p must be from 0");
  assertThrows(() => dropout(0, 0.5), RangeError, "D must be a whole number >= 1");
  const layer = dropout(3, 0.5), x = sequences([matrix(2, 3)]);
  assertThrows(
    () => layer.forward({}, x, { training: true }),
    TypeError,
    "Cannot train dropout(3, 0.5) as its context must have an rng: it is missing",
  );
  const { cache } = layer.forward({}, x, training(0));
  assertThrows(
    () => layer.backward({}, cache, sequences([matrix(1, 3)])),
    RangeError,
    "there must be 2 frames",
  );
});
