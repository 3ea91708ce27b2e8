import { assertEquals } from "@std/assert";
import {
  bidirectional,
  dropout,
  gru,
  type Layer,
  linear,
  lstm,
  peepholeLstm,
  pyramid,
  rnn,
  stack,
  tanh,
} from "lib/models/mod.ts";
import { RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { randomParams } from "../support/layers.ts";
import { assertClose, randomSequences } from "../support/matrices.ts";

const layers: Record<string, Layer> = {
  "lstm(3, 5)": lstm(3, 5) as Layer,
  "peepholeLstm(3, 5)": peepholeLstm(3, 5) as Layer,
  "gru(3, 5)": gru(3, 5) as Layer,
  "rnn(3, 5)": rnn(3, 5) as Layer,
  "linear(3, 2)": linear(3, 2) as Layer,
  "a stack": stack(
    lstm(3, 4) as Layer,
    dropout(4, 0.5) as Layer,
    gru(4, 3) as Layer,
    tanh(3) as Layer,
    linear(3, 2) as Layer,
  ) as Layer,
};

for (const [name, layer] of Object.entries(layers)) {
  Deno.test(`step() of ${name} gives frame for frame what forward() gives, and leaves states alone`, () => {
    const params = randomParams(layer, 1), step = layer.step!(params);
    const x = randomSequences(new RandomState(2), [6], 3);
    const y = layer.forward(params, x).y.frames;
    const rows = Array.from({ length: 6 }, (_, t) => x.frames.data.slice(3 * t, 3 * t + 3));
    let state: unknown;
    const before: unknown[] = [];
    rows.forEach((row, t) => {
      before.push(state);
      const stepped = step(row, state);
      assertClose(stepped.y, y.data.subarray(t * y.cols, (t + 1) * y.cols), 1e-14, `frame ${t}`);
      state = stepped.state;
    });
    const again = step(rows[3], before[3]).y;
    assertClose(
      again,
      sequenceAt({ frames: y, offsets: x.offsets }, 0).data.subarray(3 * y.cols, 4 * y.cols),
      1e-14,
    );
  });
}

Deno.test("a layer that looks ahead has no step(), nor has a stack with one", () => {
  const both = bidirectional(lstm(3, 2)) as Layer;
  assertEquals(both.step, undefined);
  assertEquals(stack(both, linear(4, 2) as Layer).step, undefined);
  assertEquals(pyramid(lstm(3, 2) as Layer, lstm(4, 2) as Layer).step, undefined);
});
