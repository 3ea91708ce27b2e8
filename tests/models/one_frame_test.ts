import { assert, assertEquals } from "@std/assert";
import { ctcBatchLoss } from "lib/criteria/mod.ts";
import { blstm, type Layer, linear, lstm, stack } from "lib/models/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { randomSequences } from "../support/matrices.ts";

for (
  const [name, model] of [
    ["lstm", stack(lstm(3, 4), linear(4, 3))],
    ["blstm", stack(blstm(3, 4), linear(8, 3))],
  ] as [string, Layer][]
) {
  Deno.test(`sequences of one frame go through ${name} and CTC, forwards and backwards`, () => {
    const params = model.init(new RandomState(1));
    const x = randomSequences(new RandomState(2), [1, 1, 1], 3);
    const { y, cache } = model.forward(params, x);
    // One frame holds one label or none; two labels do not fit.
    const { loss, dLogits, infeasible } = ctcBatchLoss(y, [[2], [], [1, 2]]);
    assert(loss > 0 && loss < Infinity, `loss is ${loss}`);
    assertEquals(infeasible, 1);
    const { grads, dx } = model.backward(params, cache, dLogits);
    const dFrames = [...dx().frames.data];
    assertEquals(dFrames.slice(6), [0, 0, 0]);
    assert(dFrames.slice(0, 6).every((g) => Number.isFinite(g) && g !== 0));
    for (const [name, { data }] of Object.entries(grads)) {
      assert(data.every(Number.isFinite), name);
      // Nothing comes before the first frame, so that Wh and the forget gates learn nothing.
      if (name.endsWith("Wh")) assert(data.every((g) => g === 0), name);
    }
  });
}
