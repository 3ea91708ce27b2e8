import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { type Context, inputNoise, type Layer, rnn, stack } from "lib/models/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { checkLayer } from "../support/layers.ts";
import { randomSequences } from "../support/matrices.ts";

const training = (seed: number): Context => ({ training: true, rng: new RandomState(seed) });

Deno.test("inputNoise() adds noise of its deviation and mean 0 to every value, in training", () => {
  const x = randomSequences(new RandomState(0), [300, 200], 20);
  const { data } = inputNoise(20, 0.6).forward({}, x, training(1)).y.frames;
  const noise = data.map((y, i) => y - x.frames.data[i]), n = noise.length;
  const mean = noise.reduce((sum, e) => sum + e) / n;
  const deviation = Math.sqrt(noise.reduce((sum, e) => sum + (e - mean) ** 2, 0) / n);
  assertLess(Math.abs(mean), 4 * 0.6 / Math.sqrt(n));
  assertLess(Math.abs(deviation - 0.6), 4 * 0.6 / Math.sqrt(2 * n));
});

Deno.test("inputNoise() is the identity outside training and at 0, and draws nothing there", () => {
  const x = randomSequences(new RandomState(2), [3, 2], 4), rng = new RandomState(7);
  const cases: [number, Context][] = [[0.5, {}], [0.5, { rng }], [0, { training: true, rng }]];
  for (const [deviation, ctx] of cases) {
    assertEquals(inputNoise(4, deviation).forward({}, x, ctx).y, x);
  }
  assertEquals(rng.random(), new RandomState(7).random());
});

Deno.test("inputNoise() with the same chance: every gradient agrees with differences of the loss", () => {
  const model = stack(inputNoise(3, 0.4) as Layer, rnn(3, 4) as Layer);
  const fixed: Layer = { ...model, forward: (params, x) => model.forward(params, x, training(5)) };
  const { maxRelativeError, checked, entries } = checkLayer(fixed, [4, 1, 6]);
  assertLess(maxRelativeError, 2e-7);
  assertEquals(checked, entries);
});

Deno.test("inputNoise() refuses what is no deviation, and training without chance", () => {
  for (const deviation of [-1, NaN, Infinity]) {
    assertThrows(() => inputNoise(2, deviation), RangeError, "finite and >= 0");
  }
  const x = randomSequences(new RandomState(0), [2], 2);
  assertThrows(() => inputNoise(2, 1).forward({}, x, { training: true }), TypeError, "rng");
});
