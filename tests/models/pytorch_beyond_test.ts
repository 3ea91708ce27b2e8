import { assertEquals } from "@std/assert";
import { conv1d, conv2d, type Layer, layerNorm, selfAttention } from "lib/models/mod.ts";
import { type Matrix, matrix, type Params, sequences } from "lib/numeric/mod.ts";
import pytorch from "../fixtures/pytorch-beyond.json" with { type: "json" };
import { assertMatrixClose, fromRows, transposed } from "../support/matrices.ts";

interface Example {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly dy: Matrix;
  readonly dx: Matrix;
}

/** Output and every gradient of a layer at given weights, held against PyTorch's. */
function assertAgrees(layer: Layer, weights: Params, grads: Params, example: Example): void {
  const forward = layer.forward(weights, sequences([example.x]));
  assertMatrixClose(forward.y.frames, example.y, 1e-12, "y");
  assertEquals(layer.frames(example.x.rows), example.y.rows);
  const back = layer.backward(weights, forward.cache, { ...forward.y, frames: example.dy });
  assertMatrixClose(back.dx().frames, example.dx, 1e-11, "dx");
  assertEquals(Object.keys(back.grads).sort(), Object.keys(grads).sort());
  for (const [name, gradient] of Object.entries(grads)) {
    assertMatrixClose(back.grads[name], gradient, 1e-11, name);
  }
}

type Tables = { x: number[][]; y: number[][]; dy: number[][]; dx: number[][] };

function exampleOf({ x, y, dy, dx }: Tables): Example {
  return { x: fromRows(x), y: fromRows(y), dy: fromRows(dy), dx: fromRows(dx) };
}

/** PyTorch's conv1d weight [outputs, inputs/groups, kernel] as ours [kernel · inputs/groups, outputs]. */
function conv1dParams({ weight, bias }: { weight: number[][][]; bias: number[] }): Params {
  const [O, I, K] = [weight.length, weight[0].length, weight[0][0].length];
  const W = matrix(K * I, O);
  for (let k = 0; k < K; k++) {
    for (let i = 0; i < I; i++) {
      for (let o = 0; o < O; o++) W.data[(k * I + i) * O + o] = weight[o][i][k];
    }
  }
  return { W, b: fromRows(bias) };
}

pytorch.conv1d.forEach(({ inputs, outputs, params, grads, ...example }) => {
  const { kernel, stride, padding, groups } = example;
  Deno.test(`conv1d(): output and every gradient equal PyTorch's, kernel ${kernel}, stride ${stride}, padding ${padding}, ${groups} groups`, () => {
    const layer = conv1d(inputs, outputs, { kernel, stride, padding, groups });
    assertAgrees(layer, conv1dParams(params), conv1dParams(grads), exampleOf(example));
  });
});

/** Frames of [F, C] as rows. */
function flat(frames: number[][][]): Matrix {
  return fromRows(frames.map((frame) => frame.flat()));
}

/** PyTorch's conv2d weight [outputs, inputs, kt, kf] as ours [kt · kf · inputs, outputs]. */
function conv2dParams({ weight, bias }: { weight: number[][][][]; bias: number[] }): Params {
  const [O, I, T, F] = [
    weight.length,
    weight[0].length,
    weight[0][0].length,
    weight[0][0][0].length,
  ];
  const W = matrix(T * F * I, O);
  for (let t = 0; t < T; t++) {
    for (let f = 0; f < F; f++) {
      for (let i = 0; i < I; i++) {
        for (let o = 0; o < O; o++) {
          W.data[((t * F + f) * I + i) * O + o] = weight[o][i][t][f];
        }
      }
    }
  }
  return { W, b: fromRows(bias) };
}

pytorch.conv2d.forEach(({ frequencies, inputs, outputs, params, grads, ...example }) => {
  const [kernel, stride, padding] = [example.kernel, example.stride, example.padding].map((pair) =>
    pair as [number, number]
  );
  Deno.test(`conv2d(): output and every gradient equal PyTorch's, kernel ${kernel}, stride ${stride}`, () => {
    const { x, y, dy, dx } = example;
    const layer = conv2d(frequencies, inputs, outputs, { kernel, stride, padding });
    const tables = { x: flat(x), y: flat(y), dy: flat(dy), dx: flat(dx) };
    assertAgrees(layer, conv2dParams(params), conv2dParams(grads), tables);
  });
});

pytorch.layerNorm.forEach(({ eps, params, grads, ...example }) => {
  Deno.test("layerNorm(): output and every gradient equal PyTorch's", () => {
    const layer = layerNorm(params.weight.length, { epsilon: eps });
    const ours = ({ weight, bias }: typeof params) => ({
      scale: fromRows(weight),
      shift: fromRows(bias),
    });
    assertAgrees(layer as Layer, ours(params), ours(grads), exampleOf(example));
  });
});

type AttentionTensors = (typeof pytorch.selfAttention)[number]["params"];

/** PyTorch's rows query, key, value as matrices of their own, transposed. */
function attentionParams(tensors: AttentionTensors, D: number): Params {
  const { in_proj_weight: W, in_proj_bias: b } = tensors;
  const params: Params = {
    Wo: transposed(fromRows(tensors["out_proj.weight"])),
    bo: fromRows(tensors["out_proj.bias"]),
  };
  ["q", "k", "v"].forEach((letter, n) => {
    params[`W${letter}`] = transposed(fromRows(W.slice(n * D, (n + 1) * D)));
    params[`b${letter}`] = fromRows(b.slice(n * D, (n + 1) * D));
  });
  return params;
}

pytorch.selfAttention.forEach(({ T, width, heads, params, grads, ...example }) => {
  Deno.test(`selfAttention(): output and every gradient equal PyTorch's, ${T} frames, ${heads} heads`, () => {
    const layer = selfAttention(width, heads) as Layer;
    const [weights, expected] = [params, grads].map((tensors) => attentionParams(tensors, width));
    assertAgrees(layer, weights, expected, exampleOf(example));
  });
});
