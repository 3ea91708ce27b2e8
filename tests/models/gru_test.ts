import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { bidirectional, gru, type Layer, linear, stack } from "lib/models/mod.ts";
import { matrix, type Params, RandomState, sequences } from "lib/numeric/mod.ts";
import { type Experiment, train } from "lib/experiments/mod.ts";
import pytorch from "../fixtures/pytorch-gru.json" with { type: "json" };
import { smallExperiment } from "../support/experiments.ts";
import { checkLayer, randomParams } from "../support/layers.ts";
import { assertMatrixClose, fromRows, transposed } from "../support/matrices.ts";

type Tensors = Record<string, number[] | number[][]>;

/** PyTorch's `weight_ih_l0_reverse` … under our names; both biases stay. */
function ours(tensors: Tensors): Params {
  const directions = [["", "fwd."], ["_reverse", "bwd."]];
  return Object.fromEntries(directions.flatMap(([suffix, prefix]) => {
    const at = (name: string) => fromRows(tensors[`${name}_l0${suffix}`] as number[][]);
    const bias = (name: string) => {
      const values = tensors[`${name}_l0${suffix}`] as number[];
      return matrix(1, values.length, values);
    };
    return [
      [`${prefix}Wx`, transposed(at("weight_ih"))],
      [`${prefix}Wh`, transposed(at("weight_hh"))],
      [`${prefix}bx`, bias("bias_ih")],
      [`${prefix}bh`, bias("bias_hh")],
    ];
  }));
}

pytorch.cases.forEach(({ D, H, x, y, dy, dx, params, grads }, n) => {
  Deno.test(`bidirectional(gru()) equals PyTorch's, output and every gradient: case ${n}`, () => {
    const layer = bidirectional(gru(D, H)), weights = ours(params);
    const forward = layer.forward(weights, sequences([fromRows(x)]));
    assertMatrixClose(forward.y.frames, fromRows(y), 1e-12, "y");
    const back = layer.backward(weights, forward.cache, sequences([fromRows(dy)]));
    assertMatrixClose(back.dx().frames, fromRows(dx), 1e-12, "dx");
    const expected = ours(grads);
    assertEquals(Object.keys(back.grads).sort(), Object.keys(expected).sort());
    for (const [name, gradient] of Object.entries(expected)) {
      assertMatrixClose(back.grads[name], gradient, 1e-11, name);
    }
  });

  Deno.test(`gru() forwards equals the first half of PyTorch's output: case ${n}`, () => {
    const { "fwd.Wx": Wx, "fwd.Wh": Wh, "fwd.bx": bx, "fwd.bh": bh } = ours(params);
    const { y: forward } = gru(D, H).forward({ Wx, Wh, bx, bh }, sequences([fromRows(x)]));
    assertMatrixClose(forward.frames, fromRows(y.map((row) => row.slice(0, H))), 1e-12);
  });
});

Deno.test("a stack over gru(): every gradient agrees with differences of the loss", () => {
  const model = stack(bidirectional(gru(3, 2)) as Layer, linear(4, 3) as Layer);
  const { maxRelativeError, checked, entries } = checkLayer(model, [4, 1, 5]);
  assertLess(maxRelativeError, 2e-7);
  assertEquals(checked, entries);
});

Deno.test("gru() init: deviations 0.5/√D and 0.5/√H, in the order Wx, Wh, and no bias", () => {
  const [D, H] = [3, 5], rng = new RandomState(4);
  const { Wx, Wh, bx, bh } = gru(D, H).init(new RandomState(4));
  const drawn = (n: number, deviation: number) =>
    Array.from({ length: n }, () => rng.randn() * deviation);
  assertEquals([...Wx.data], drawn(D * 3 * H, 0.5 / Math.sqrt(D)));
  assertEquals([...Wh.data], drawn(H * 3 * H, 0.5 / Math.sqrt(H)));
  assertEquals([...bx.data, ...bh.data], Array(6 * H).fill(0));
});

Deno.test("gru() saturates at huge inputs rather than giving NaN", () => {
  const layer = gru(1, 2), params = randomParams(layer, 1);
  const { y, cache } = layer.forward(
    params,
    sequences([matrix(4, 1, [1e8, -1e8, 1e300, -1e300])]),
  );
  const { grads, dx } = layer.backward(params, cache, y);
  for (const m of [y.frames, dx().frames, ...Object.values(grads)]) {
    assert(m.data.every(Number.isFinite));
  }
});

Deno.test("gru() names the size, and the weight that is missing or misshaped", () => {
  assertThrows(() => gru(0, 4), RangeError, "gru(0, 4) as D must be a whole number >= 1");
  assertThrows(() => gru(3, 1.5), RangeError, "H must be a whole number >= 1");
  const layer = gru(3, 2), x = sequences([matrix(1, 3)]);
  const params = layer.init(new RandomState(0));
  for (const name of ["Wx", "Wh", "bx", "bh"]) {
    const { [name]: _, ...others } = params;
    assertThrows(() => layer.forward(others, x), RangeError, `the weight "${name}" of shape`);
    const wrong = { ...params, [name]: matrix(3, 5) };
    assertThrows(() => layer.forward(wrong, x), RangeError, `The weight "${name}" must have`);
  }
});

Deno.test("a bidirectional GRU learns, from the JSON of an experiment", async () => {
  const model = JSON.parse(`{ "kind": "layers", "layers": [
    { "kind": "bidirectional", "of": { "kind": "gru", "hidden": 8 } }, { "kind": "linear" }
  ] }`);
  const experiment: Experiment = smallExperiment({ model, iters: 60, batch: 8 });
  const rows = await Array.fromAsync(train(experiment));
  assertEquals(rows[0].iter, 1);
  assertEquals(rows.at(-1)!.iter, 60);
  assertLess(rows.at(-1)!.nll, 0.7 * rows[0].nll);
});
