import { depthwiseBackward, depthwiseForward, depthwiseGradients } from "../numeric/kernels/mod.ts";
import { convolution, type ConvolutionCache, type WindowProducts } from "./convolution.ts";
import { type Layer, requireUnits } from "./layer.ts";
import { unfoldedProducts } from "./unfolded_products.ts";
import { requireWindows, type Windows } from "./windows.ts";

/** Options of {@link conv1d}. */
export interface Conv1dOptions {
  /** Number of frames in a window. */
  readonly kernel: number;
  /** Frames from one window to the next; defaults to 1. */
  readonly stride?: number;
  /** Frames of zeros before the first and after the last of every sequence; defaults to 0. */
  readonly padding?: number;
  /** Groups of columns that are kept apart; as many as inputs is a depthwise convolution. Defaults to 1. */
  readonly groups?: number;
}

/**
 * A convolution over time, as deep learning has it (a cross-correlation), with zeros beyond the ends
 * of each sequence:
 *
 * y_t = Σₖ x_{t · stride + k - padding} W_k + b
 *
 * T frames become ⌊(T + 2 · padding - kernel) / stride⌋ + 1. With groups, the g-th part of the
 * output sees the g-th part of the input alone.
 *
 * Weights: W [kernel · inputs/groups, outputs], the rows of the first frame of a window first, drawn
 * from a Gaussian of deviation 1/√rows; b [1, outputs], zero.
 *
 * @param inputs Width of the input.
 * @param outputs Width of the output.
 * @throws {RangeError} If a size is out of range, or the groups do not divide both widths; forwards,
 * if a sequence is too short for a window.
 *
 * @example
 * ```ts
 * import { conv1d } from "lib/models/mod.ts";
 * import { matrix, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = conv1d(1, 1, { kernel: 2, stride: 2 });
 * const params = { W: matrix(2, 1, [1, 10]), b: matrix(1, 1) };
 * const { y } = layer.forward(params, sequences([matrix(5, 1, [1, 2, 3, 4, 5])]));
 * assertEquals([...y.frames.data], [21, 43]);
 * assertEquals(layer.frames(5), 2);
 * ```
 */
export function conv1d(
  inputs: number,
  outputs: number,
  options: Conv1dOptions,
): Layer<ConvolutionCache> {
  const { kernel, stride = 1, padding = 0, groups = 1 } = options;
  const name = `conv1d(${inputs}, ${outputs})`;
  requireUnits(name, "inputs", inputs);
  requireUnits(name, "outputs", outputs);
  const time = { kernel, stride, padding };
  requireWindows(name, time);
  requireUnits(name, "groups", groups);
  if (inputs % groups !== 0 || outputs % groups !== 0) {
    throw new RangeError(
      `Cannot make ${name} as groups must divide inputs and outputs: current value is ${groups}`,
    );
  }
  const rows = kernel * inputs / groups;
  const frequency = { kernel: 1, stride: 1, padding: 0 };
  const products = groups > 1 && inputs === groups && outputs === groups
    ? depthwiseProducts(time)
    : unfoldedProducts({ F: 1, C: inputs, time, frequency, groups });
  return convolution({ name, inputs, outputs, channels: outputs, time, rows }, products);
}

/** Products where every column has a filter of its own: windows are read where they are. */
function depthwiseProducts({ kernel, stride, padding }: Windows): WindowProducts {
  type Pass = typeof depthwiseForward;
  /** Runs a pass sequence by sequence; `frames` and `moved` say which rows of its arrays are of one. */
  const pass = (
    run: Pass,
    arrays: readonly [Float64Array, Float64Array, Float64Array],
    places: readonly (Int32Array | undefined)[],
    [frames, moved]: readonly [Int32Array, Int32Array],
    D: number,
  ) => {
    for (let b = 0; b + 1 < frames.length; b++) {
      const [out, left, right] = arrays.map((array, n) => {
        const offsets = places[n];
        return offsets ? array.subarray(offsets[b] * D, offsets[b + 1] * D) : array;
      });
      const T = frames[b + 1] - frames[b], M = moved[b + 1] - moved[b];
      run(out, left, right, T, M, D, kernel, stride, padding);
    }
  };
  return {
    forward(y, x, W, offsets) {
      const places = [offsets, x.offsets, undefined];
      const arrays = [y.data, x.frames.data, W.data] as const;
      pass(depthwiseForward, arrays, places, [x.offsets, offsets], W.cols);
      return [];
    },
    gradients(dW, dy, { x, offsets }) {
      const places = [undefined, offsets, x.offsets];
      const arrays = [dW.data, dy.data, x.frames.data] as const;
      pass(depthwiseGradients, arrays, places, [x.offsets, offsets], dW.cols);
    },
    backward(dx, dy, W, { x, offsets }) {
      const places = [x.offsets, offsets, undefined];
      const arrays = [dx.data, dy.data, W.data] as const;
      pass(depthwiseBackward, arrays, places, [x.offsets, offsets], W.cols);
    },
  };
}
