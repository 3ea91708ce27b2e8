import { sumRows } from "../numeric/kernels/mod.ts";
import {
  type Allocate,
  fillRows,
  type Matrix,
  matrix,
  paramAt,
  type Sequences,
  unset,
} from "../numeric/mod.ts";
import { type Layer, requireWidth } from "./layer.ts";
import { gaussian } from "./linear.ts";
import { windowCount, windowOffsets, type Windows } from "./windows.ts";

/** What the backward pass of a convolution needs. */
export interface ConvolutionCache {
  /** The input. */
  readonly x: Sequences;
  /** [B + 1] where sequences begin in the output */
  readonly offsets: Int32Array<ArrayBuffer>;
  /** The windows as rows, one matrix for every group; none where windows are read where they are. */
  readonly windows: readonly Matrix[];
}

/** What a convolution is, but for how its products are taken. */
export interface ConvolutionShape {
  readonly name: string;
  readonly inputs: number;
  /** Values of a frame of the output: all channels of all frequencies. */
  readonly outputs: number;
  readonly channels: number;
  readonly time: Windows;
  /** Rows of W, and how many of its values make one of the output. */
  readonly rows: number;
}

/** How a convolution multiplies windows with weights; what is written is added to. */
export interface WindowProducts {
  /** y += windows · W, and the windows where the backward pass needs them. */
  forward(
    y: Matrix,
    x: Sequences,
    W: Matrix,
    offsets: Int32Array,
    alloc: Allocate,
  ): readonly Matrix[];
  /** dW += windowsᵀ · dy */
  gradients(dW: Matrix, dy: Matrix, cache: ConvolutionCache, alloc: Allocate): void;
  /** dx += what dy · Wᵀ gives every place of a window */
  backward(dx: Matrix, dy: Matrix, W: Matrix, cache: ConvolutionCache, alloc: Allocate): void;
}

/** A convolution over time: shapes, checks and the bias; its products are given. */
export function convolution(
  shape: ConvolutionShape,
  products: WindowProducts,
): Layer<ConvolutionCache> {
  const { name, inputs, outputs, channels, time, rows } = shape;
  const places = outputs / channels;
  return {
    inputs,
    outputs,
    frames: (T) => windowCount(T, time),
    init: (rng) => ({
      W: gaussian(rng, rows, channels, 1 / Math.sqrt(rows)),
      b: matrix(1, channels),
    }),
    forward(params, x, { alloc = matrix } = {}) {
      requireWidth(name, x, inputs);
      const W = paramAt(params, "W", rows, channels), b = paramAt(params, "b", 1, channels);
      const offsets = windowOffsets(name, x.offsets, time);
      const y = unset(alloc, offsets[offsets.length - 1], outputs);
      fillRows(y, b.data);
      const windows = products.forward(y, x, W, offsets, alloc);
      return { y: { frames: y, offsets }, cache: { x, offsets, windows } };
    },
    backward(params, cache, dy, { alloc = matrix } = {}) {
      const { x, offsets } = cache;
      requireWidth(`${name} backwards`, dy, outputs, offsets[offsets.length - 1]);
      const W = paramAt(params, "W", rows, channels);
      const dW = alloc(rows, channels), db = alloc(1, channels);
      products.gradients(dW, dy.frames, cache, alloc);
      sumRows(db.data, dy.frames.data, dy.frames.rows * places, channels);
      return {
        grads: { W: dW, b: db },
        dx() {
          const dx = alloc(x.frames.rows, inputs);
          products.backward(dx, dy.frames, W, cache, alloc);
          return { frames: dx, offsets: x.offsets };
        },
      };
    },
  };
}
