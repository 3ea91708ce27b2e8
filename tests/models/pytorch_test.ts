import { assertEquals } from "@std/assert";
import { blstm, type Layer, lstm, stack } from "lib/models/mod.ts";
import { matrix, type Params, sequences } from "lib/numeric/mod.ts";
import pytorch from "../fixtures/pytorch-lstm.json" with { type: "json" };
import { assertMatrixClose, fromRows, transposed } from "../support/matrices.ts";

type Tensors = Record<string, number[] | number[][]>;

/** Our name of PyTorch's `_l0`, `_l1_reverse`, …: "0.", "1.bwd.", … */
function prefixOf(suffix: string, bidirectional: boolean): string {
  const [, n, reverse] = suffix.match(/^l(\d)(_reverse)?$/)!;
  return `${n}.${!bidirectional ? "" : reverse ? "bwd." : "fwd."}`;
}

/** PyTorch's tensors under our names: matrices transposed, the two biases added into one. */
function ours(tensors: Tensors, bidirectional: boolean): Params {
  const params: Params = {};
  for (const name of Object.keys(tensors).filter((name) => name.startsWith("weight_ih_"))) {
    const suffix = name.slice("weight_ih_".length);
    const prefix = prefixOf(suffix, bidirectional);
    const [bi, bh] = [tensors[`bias_ih_${suffix}`], tensors[`bias_hh_${suffix}`]] as number[][];
    params[`${prefix}Wx`] = transposed(fromRows(tensors[name]));
    params[`${prefix}Wh`] = transposed(fromRows(tensors[`weight_hh_${suffix}`]));
    params[`${prefix}b`] = matrix(1, bi.length, bi.map((b, i) => b + bh[i]));
  }
  return params;
}

function modelOf(D: number, H: number, layers: number, bidirectional: boolean): Layer<unknown> {
  const layer = (inputs: number) => (bidirectional ? blstm : lstm)(inputs, H) as Layer;
  const outputs = bidirectional ? 2 * H : H;
  return stack(...Array.from({ length: layers }, (_, n) => layer(n === 0 ? D : outputs))) as Layer;
}

for (const { T, D, H, layers, bidirectional, x, dy, y, dx, params, grads } of pytorch.cases) {
  const name = `${layers} ${bidirectional ? "bidirectional" : "one-directional"} LSTM, T = ${T}`;

  Deno.test(`${name}: output and every gradient equal PyTorch's`, () => {
    const model = modelOf(D, H, layers, bidirectional);
    const weights = ours(params as Tensors, bidirectional);
    const forward = model.forward(weights, sequences([fromRows(x)]));
    assertMatrixClose(forward.y.frames, fromRows(y), 1e-10, "y");

    const back = model.backward(weights, forward.cache, sequences([fromRows(dy)]));
    assertMatrixClose(back.dx().frames, fromRows(dx), 1e-10, "dx");
    // Both biases have the gradient of their sum, so that ours is that of either.
    const halves = (grads: Tensors) =>
      Object.fromEntries(
        Object.entries(grads).map(([name, value]) =>
          name.startsWith("bias") ? [name, (value as number[]).map((g) => g / 2)] : [name, value]
        ),
      );
    const expected = ours(halves(grads as Tensors), bidirectional);
    assertEquals(Object.keys(back.grads).sort(), Object.keys(expected).sort());
    for (const [name, gradient] of Object.entries(expected)) {
      assertMatrixClose(back.grads[name], gradient, 1e-10, name);
    }
  });
}

Deno.test("PyTorch's cases are one direction, two directions and two layers", () => {
  assertEquals(
    pytorch.cases.map(({ layers, bidirectional }) => [layers, bidirectional]),
    [[1, false], [1, true], [2, true]],
  );
});
