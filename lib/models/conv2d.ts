import { convolution, type ConvolutionCache } from "./convolution.ts";
import { type Layer, requireUnits } from "./layer.ts";
import { unfoldedProducts } from "./unfolded_products.ts";
import { requireWindows, windowCount } from "./windows.ts";

/** Options of {@link conv2d}; a pair is [time, frequency], one number is both. */
export interface Conv2dOptions {
  /** Frames and frequencies in a window. */
  readonly kernel: number | readonly [number, number];
  /** Frames and frequencies from one window to the next; defaults to 1. */
  readonly stride?: number | readonly [number, number];
  /** Zeros beyond the ends of each sequence, and of each frame; defaults to 0. */
  readonly padding?: number | readonly [number, number];
}

/**
 * A convolution over time and frequency, the striding front end of speech models. A frame is laid out
 * as [frequencies, channels]: all channels of the lowest frequency, then of the next.
 *
 * y_{t, f} = Σᵢⱼ x_{t · stride + i - padding, f · stride' + j - padding'} W_{i, j} + b
 *
 * T frames become ⌊(T + 2 · padding - kernel) / stride⌋ + 1, frequencies likewise.
 *
 * Weights: W [kernel · kernel' · inputs, outputs], by time, then frequency, then channel, drawn from a
 * Gaussian of deviation 1/√rows; b [1, outputs], zero.
 *
 * @param frequencies Number of frequencies F of a frame; the layer takes F · inputs values.
 * @param inputs Channels of every frequency, 1 for plain features.
 * @param outputs Channels of every frequency of the output.
 * @throws {RangeError} If a size is out of range, or the frequencies are too few for a window;
 * forwards, if a sequence is too short for one.
 *
 * @example
 * ```ts
 * import { conv2d } from "lib/models/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const front = conv2d(80, 1, 4, { kernel: 3, stride: 2, padding: 1 });
 * assertEquals([front.inputs, front.outputs, front.frames(101)], [80, 40 * 4, 51]);
 * ```
 */
export function conv2d(
  frequencies: number,
  inputs: number,
  outputs: number,
  options: Conv2dOptions,
): Layer<ConvolutionCache> {
  const name = `conv2d(${frequencies}, ${inputs}, ${outputs})`;
  requireUnits(name, "frequencies", frequencies);
  requireUnits(name, "inputs", inputs);
  requireUnits(name, "outputs", outputs);
  const { kernel, stride = 1, padding = 0 } = options;
  const [time, frequency] = [0, 1].map((axis) => {
    const windows = {
      kernel: at(kernel, axis),
      stride: at(stride, axis),
      padding: at(padding, axis),
    };
    requireWindows(name, windows);
    return windows;
  });
  const places = windowCount(frequencies, frequency);
  if (places === 0) {
    throw new RangeError(
      `Cannot make ${name} as a window must fit into its frequencies: ` +
        `the window has ${frequency.kernel}, with ${frequency.padding} zeros at either end`,
    );
  }
  return convolution({
    name,
    inputs: frequencies * inputs,
    outputs: places * outputs,
    channels: outputs,
    time,
    rows: time.kernel * frequency.kernel * inputs,
  }, unfoldedProducts({ F: frequencies, C: inputs, time, frequency, groups: 1 }));
}

function at(size: number | readonly [number, number], axis: number): number {
  return typeof size === "number" ? size : size[axis];
}
