import { assertEquals, assertThrows } from "@std/assert";
import { blstm, conv1d, halveTime, linear, lstm, stack } from "lib/models/mod.ts";
import { matrix, paramsUnder, RandomState, sequences } from "lib/numeric/mod.ts";
import { randomSequences } from "../support/matrices.ts";

Deno.test("stack() feeds each layer the output of the one before, its weights under its number", () => {
  const model = stack(blstm(3, 2), lstm(4, 3), linear(3, 5));
  const params = model.init(new RandomState(1));
  const x = randomSequences(new RandomState(2), [4, 2], 3);
  const one = blstm(3, 2).forward(paramsUnder(params, "0."), x);
  const two = lstm(4, 3).forward(paramsUnder(params, "1."), one.y);
  const three = linear(3, 5).forward(paramsUnder(params, "2."), two.y);
  assertEquals(model.forward(params, x).y, three.y);
  assertEquals([model.inputs, model.outputs], [3, 5]);
});

Deno.test("stack() draws its layers' weights in order, from one stream", () => {
  const params = stack(lstm(3, 2), linear(2, 5)).init(new RandomState(3));
  const rng = new RandomState(3);
  assertEquals(paramsUnder(params, "0."), lstm(3, 2).init(rng));
  assertEquals(paramsUnder(params, "1."), linear(2, 5).init(rng));
  assertEquals(Object.keys(params), ["0.Wx", "0.Wh", "0.b", "1.W", "1.b"]);
});

Deno.test("stack() keeps the weights of layers 1 and 10 apart", () => {
  const model = stack(...Array.from({ length: 11 }, () => linear(1, 1)));
  const params = model.init(new RandomState(0));
  for (let n = 0; n < 11; n++) params[`${n}.W`].data[0] = n === 1 ? 3 : n === 10 ? 5 : 1;
  assertEquals(model.forward(params, sequences([matrix(1, 1, [2])])).y.frames.data[0], 30);
});

Deno.test("stack() names the layer that does not fit on the one below", () => {
  assertThrows(
    () => stack(blstm(8, 24), linear(24, 7)),
    RangeError,
    "layer 1 must take the 48 values that layer 0 gives: it takes 24",
  );
  assertThrows(() => stack(), RangeError, "at least 1");
});

Deno.test("stack() lets a layer's complaints about weights through", () => {
  const model = stack(lstm(3, 2), linear(2, 5));
  const { "1.b": _, ...params } = model.init(new RandomState(0));
  assertThrows(
    () => model.forward(params, sequences([matrix(1, 3)])),
    RangeError,
    'the weight "b" of shape [1, 5]',
  );
});

Deno.test("stack() knows how many frames come out of all its layers", () => {
  const model = stack(
    conv1d(2, 3, { kernel: 3, stride: 2 }),
    halveTime(3),
    linear(6, 2),
    halveTime(2),
  );
  assertEquals([3, 11, 12, 100].map((T) => model.frames(T)), [1, 2, 2, 13]);
  const x = randomSequences(new RandomState(1), [11], 2);
  assertEquals(model.forward(model.init(new RandomState(0)), x).y.frames.rows, 2);
});
