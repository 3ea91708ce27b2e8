import { assert, assertEquals, assertThrows } from "@std/assert";
import { bidirectional, blstm, lstm } from "lib/models/mod.ts";
import {
  type Matrix,
  matrix,
  paramsUnder,
  RandomState,
  sequenceAt,
  sequences,
} from "lib/numeric/mod.ts";
import { randomParams } from "../support/layers.ts";
import { randomMatrix, randomSequences } from "../support/matrices.ts";

const rowsOf = ({ data, rows, cols }: Matrix) =>
  Array.from({ length: rows }, (_, r) => [...data.subarray(r * cols, (r + 1) * cols)]);

Deno.test("blstm() is one LSTM forwards and one over the mirrored sequence, side by side", () => {
  const layer = blstm(3, 2), params = randomParams(layer, 1);
  const rng = new RandomState(2);
  const parts = [5, 1, 3].map((T) => randomMatrix(rng, T, 3));
  const mirrored = parts.map((part) => matrix(part.rows, 3, rowsOf(part).reverse().flat()));
  const { y } = layer.forward(params, sequences(parts));
  const { y: fwd } = lstm(3, 2).forward(paramsUnder(params, "fwd."), sequences(parts));
  const { y: bwd } = lstm(3, 2).forward(paramsUnder(params, "bwd."), sequences(mirrored));
  parts.forEach((_, b) => {
    const back = rowsOf(sequenceAt(bwd, b)).reverse();
    const expected = rowsOf(sequenceAt(fwd, b)).map((row, t) => [...row, ...back[t]]);
    assertEquals(rowsOf(sequenceAt(y, b)), expected);
  });
});

Deno.test("blstm() hears the whole sequence at every frame, and no other sequence", () => {
  const layer = blstm(2, 2), params = randomParams(layer, 1);
  const x = randomSequences(new RandomState(3), [3, 4], 2);
  const before = rowsOf(layer.forward(params, x).y.frames);
  x.frames.data[4 * 2] += 1;
  const after = rowsOf(layer.forward(params, x).y.frames);
  const moved = before.map((row, t) => row.join() !== after[t].join());
  assertEquals(moved, [false, false, false, true, true, true, true]);
});

Deno.test("blstm() draws the forward weights before the backward ones", () => {
  const params = blstm(3, 2).init(new RandomState(4));
  const rng = new RandomState(4), layer = lstm(3, 2);
  assertEquals(paramsUnder(params, "fwd."), layer.init(rng));
  assertEquals(paramsUnder(params, "bwd."), layer.init(rng));
});

Deno.test("bidirectional() takes any layer and is twice as wide", () => {
  const nested = bidirectional(blstm(3, 2));
  assertEquals([nested.inputs, nested.outputs], [3, 8]);
  const params = nested.init(new RandomState(0));
  assert("bwd.fwd.Wh" in params);
  assertEquals(nested.forward(params, sequences([matrix(4, 3)])).y.frames.cols, 8);
});

Deno.test("blstm() names a weight of wrong shape, a wrong width, and a wrong size", () => {
  const layer = blstm(3, 2), params = layer.init(new RandomState(0));
  const x = sequences([matrix(2, 3)]);
  const { "bwd.Wh": _, ...others } = params;
  assertThrows(() => layer.forward(others, x), RangeError, 'the weight "Wh" of shape [2, 8]');
  assertThrows(
    () => layer.forward({ ...params, "bwd.b": matrix(1, 7) }, x),
    RangeError,
    "must have shape [1, 8]: it has [1, 7]",
  );
  assertThrows(
    () => layer.forward(params, sequences([matrix(2, 5)])),
    RangeError,
    "3 values: they have 5",
  );
  const { cache } = layer.forward(params, x);
  assertThrows(
    () => layer.backward(params, cache, sequences([matrix(2, 2)])),
    RangeError,
    "bidirectional layer backwards as its frames must have 4 values: they have 2",
  );
  assertThrows(() => blstm(3, 0), RangeError, "H must be a whole number >= 1: current value is 0");
});
