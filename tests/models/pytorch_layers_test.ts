import { assertEquals } from "@std/assert";
import {
  bidirectional,
  type Layer,
  linear,
  pyramid,
  rnn,
  stack,
  windowMlp,
} from "lib/models/mod.ts";
import { matrix, type Params, sequences } from "lib/numeric/mod.ts";
import pytorch from "../fixtures/pytorch-layers.json" with { type: "json" };
import { assertMatrixClose, fromRows, transposed } from "../support/matrices.ts";

type Tensors = Record<string, number[] | number[][]>;

interface Example {
  x: number[][];
  dy: number[][];
  y: number[][];
  dx: number[][];
}

/** Output and every gradient of a layer at given weights, held against PyTorch's. */
function assertAgrees(layer: Layer, weights: Params, grads: Params, example: Example): void {
  const forward = layer.forward(weights, sequences([fromRows(example.x)]));
  assertMatrixClose(forward.y.frames, fromRows(example.y), 1e-12, "y");
  const dy = { frames: fromRows(example.dy), offsets: forward.y.offsets };
  const back = layer.backward(weights, forward.cache, dy);
  assertMatrixClose(back.dx().frames, fromRows(example.dx), 1e-12, "dx");
  assertEquals(Object.keys(back.grads).sort(), Object.keys(grads).sort());
  for (const [name, gradient] of Object.entries(grads)) {
    assertMatrixClose(back.grads[name], gradient, 1e-11, name);
  }
}

/**
 * PyTorch's `weight_ih_l0_reverse` … under our names. Of the weights the two biases are added; of
 * the gradients either is that of the sum.
 */
function rnnParams(tensors: Tensors, gradient: boolean, name: (n: string, dir: string) => string) {
  const params: Params = {};
  for (const key of Object.keys(tensors).filter((key) => key.startsWith("weight_ih_"))) {
    const [, suffix, n, reverse] = key.match(/^weight_ih_(l(\d)(_reverse)?)$/)!;
    const prefix = name(n, reverse ? "bwd." : "fwd.");
    const [bi, bh] = [tensors[`bias_ih_${suffix}`], tensors[`bias_hh_${suffix}`]] as number[][];
    params[`${prefix}Wx`] = transposed(fromRows(tensors[key]));
    params[`${prefix}Wh`] = transposed(fromRows(tensors[`weight_hh_${suffix}`]));
    params[`${prefix}b`] = matrix(1, bi.length, gradient ? bi : bi.map((b, i) => b + bh[i]));
  }
  return params;
}

for (const { D, H, layers, bidirectional: both, params, grads, ...example } of pytorch.rnn) {
  const name = `${layers} ${
    both ? "bidirectional" : "one-directional"
  } RNN, T = ${example.x.length}`;
  Deno.test(`${name}: output and every gradient equal PyTorch's`, () => {
    const layer = (inputs: number): Layer =>
      (both ? bidirectional(rnn(inputs, H)) : rnn(inputs, H)) as Layer;
    const inputs = (n: number) => n === 0 ? D : both ? 2 * H : H;
    const model = stack(...Array.from({ length: layers }, (_, n) => layer(inputs(n))));
    const named = (n: string, dir: string) => both ? `${n}.${dir}` : `${n}.`;
    const ours = (tensors: unknown, gradient: boolean) =>
      rnnParams(tensors as Tensors, gradient, named);
    assertAgrees(model as Layer, ours(params, false), ours(grads, true), example);
  });
}

/** PyTorch's Conv1d weight [H, D, 2r + 1] as ours [(2r + 1) D, H]. */
function windowWeight(conv: number[][][], D: number): ReturnType<typeof matrix> {
  const H = conv.length, n = conv[0][0].length;
  const W = matrix(n * D, H);
  for (let i = 0; i < n; i++) {
    for (let d = 0; d < D; d++) {
      for (let h = 0; h < H; h++) W.data[(i * D + d) * H + h] = conv[h][d][i];
    }
  }
  return W;
}

for (const { D, H, K, radius, ...example } of pytorch.windowMlp) {
  Deno.test(`window MLP of ±${radius} frames equals PyTorch's padded Conv1d, tanh and Linear`, () => {
    const model = stack(windowMlp(D, H, radius), linear(H, K));
    const ours = (W: number[][][], b: number[], out: number[][], outB: number[]): Params => ({
      "0.1.W": windowWeight(W, D),
      "0.1.b": fromRows(b),
      "1.W": transposed(fromRows(out)),
      "1.b": fromRows(outB),
    });
    const { conv, convBias, out, outBias, dConv, dConvBias, dOut, dOutBias } = example;
    const weights = ours(conv, convBias, out, outBias);
    assertAgrees(model as Layer, weights, ours(dConv, dConvBias, dOut, dOutBias), example);
  });
}

for (const { D, H, layers, ...example } of pytorch.pyramid) {
  Deno.test("a pyramid of bidirectional RNNs equals PyTorch's with a reshape between them", () => {
    const model = pyramid(bidirectional(rnn(D, H)) as Layer, bidirectional(rnn(4 * H, H)) as Layer);
    const ours = (kind: "params" | "grads"): Params =>
      Object.assign(
        {},
        ...layers.map((layer, n) =>
          rnnParams(layer[kind] as Tensors, kind === "grads", (_, dir) => `${2 * n}.${dir}`)
        ),
      );
    assertAgrees(model as Layer, ours("params"), ours("grads"), example);
  });
}
