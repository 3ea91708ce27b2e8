import { windowCount, type Windows } from "../models/windows.ts";

/** What a layer costs, known before anything is built. */
export interface LayerSizes {
  /** Width of the output. */
  readonly outputs: number;
  /** Number of weights, copies that a step makes of them among them. */
  readonly weights: number;
  /** Values that a step makes for a sequence, copies that go in and out among them; an upper bound. */
  readonly values: number;
  /** Frames of a sequence that come out; an upper bound. */
  readonly frames: number;
}

/** What goes into a layer: values of a frame, and frames of the longest sequence. */
export interface InputSizes {
  /** D, the values of a frame. */
  readonly inputs: number;
  /** T of the longest sequence. */
  readonly frames: number;
}

/** Layers one after the other. */
export function sizesOfAll(
  input: InputSizes,
  layers: readonly ((input: InputSizes) => LayerSizes)[],
): LayerSizes {
  let sum: LayerSizes = { outputs: input.inputs, weights: 0, values: 0, frames: input.frames };
  for (const layer of layers) {
    const on = layer({ inputs: sum.outputs, frames: sum.frames });
    sum = { ...on, weights: sum.weights + on.weights, values: sum.values + on.values };
  }
  return sum;
}

/** A layer that keeps width and frames, with so many weights, and values for every frame. */
export function flatSizes(
  { inputs, frames }: InputSizes,
  weights: number,
  perFrame: number,
): LayerSizes {
  return { outputs: inputs, weights, values: frames * perFrame, frames };
}

/** Gates and their gradients, hidden and other states; copies of what goes in and comes out. */
export function recurrentSizes(
  { inputs: D, frames }: InputSizes,
  H: number,
  gates: number,
  states: number,
): LayerSizes {
  const perFrame = 2 * gates * H + states * H + 2 * D + 2 * H;
  return { ...flatSizes({ inputs: H, frames }, gates * H * (D + H + 1), perFrame) };
}

/** An LSTM with peepholes: their weights, a copy of Wh each way, and a row of every sequence. */
export function withPeepholes(sizes: LayerSizes, H: number): LayerSizes {
  return { ...sizes, weights: sizes.weights + 3 * H + 4 * H * H, values: sizes.values + 11 * H };
}

/** What {@link linear} makes: output and gradient of the input. */
export function linearSizes({ inputs, frames }: InputSizes, size: number): LayerSizes {
  const weights = (inputs + 1) * size;
  return { outputs: size, weights, values: frames * 2 * (inputs + size), frames };
}

/** Windows as rows, and their gradients; with groups, all of it once more, part by part. */
export function convolutionSizes(
  { inputs, frames }: InputSizes,
  { time, frequency, channels, groups }: {
    readonly time: Windows;
    readonly frequency: Windows;
    readonly channels: readonly [number, number];
    readonly groups: number;
  },
): LayerSizes {
  const [from, to] = channels;
  const M = windowCount(frames, time), places = windowCount(inputs / from, frequency);
  const rows = time.kernel * frequency.kernel * from;
  const parts = groups > 1 ? 2 : 1;
  return {
    outputs: places * to,
    weights: parts * (rows / groups + 1) * to,
    values: 2 * M * places * (rows + 2 * parts * to) + 2 * frames * inputs,
    frames: M,
  };
}

/** A convolution in which every column has a filter of its own: windows are read where they are. */
export function depthwiseSizes({ inputs: D, frames }: InputSizes, time: Windows): LayerSizes {
  const M = windowCount(frames, time);
  const values = (2 * M + frames) * D;
  return { outputs: D, weights: (time.kernel + 1) * D, values, frames: M };
}

/** Output, normal values, gradient, and a factor. */
export function layerNormSizes(input: InputSizes): LayerSizes {
  return flatSizes(input, 2 * input.inputs, 3 * input.inputs + 1);
}

/** Output, mask and gradient. */
export function maskSizes(input: InputSizes): LayerSizes {
  return flatSizes(input, 0, 3 * input.inputs);
}

/** Output and gradient of a function of every value alone. */
export function activationSizes(input: InputSizes): LayerSizes {
  return flatSizes(input, 0, 2 * input.inputs);
}

/** A layer with a way around it: sum, gradient above and below. */
export function residualSizes(
  { inputs: D, frames }: InputSizes,
  layer: LayerSizes,
): LayerSizes {
  return { ...layer, values: layer.values + 3 * frames * D };
}

/** Queries, keys, values, distances and their gradients; every frame to every frame, by head. */
export function attentionSizes(input: InputSizes, heads: number, relative: boolean): LayerSizes {
  const { inputs: D, frames: T } = input;
  const pairs = relative ? heads + 2 : heads + 1, perFrame = relative ? 23 * D : 13 * D;
  return flatSizes(input, (relative ? 5 : 4) * D * (D + 2), perFrame + pairs * T);
}

/** Hidden values, what Swish makes of them and their gradients; masks where some are dropped. */
export function feedForwardSizes(
  input: InputSizes,
  expansion: number,
  dropout: number,
): LayerSizes {
  const D = input.inputs, H = expansion * D, masks = dropout > 0 ? 3 * (H + D) : 0;
  return flatSizes(input, 2 * D * H + H + D, 4 * H + 2 * D + masks);
}

/** The modules of a Conformer block. */
export function conformerSizes(
  input: InputSizes,
  { heads, kernel, expansion, dropout, relative }: {
    readonly heads: number;
    readonly kernel: number;
    readonly expansion: number;
    readonly dropout: number;
    readonly relative: boolean;
  },
): LayerSizes {
  const D = input.inputs;
  const module = (...layers: ((input: InputSizes) => LayerSizes)[]) => (input: InputSizes) => {
    const masks = dropout > 0 ? [maskSizes] : [];
    return residualSizes(input, sizesOfAll(input, [layerNormSizes, ...layers, ...masks]));
  };
  const half = module((input) => feedForwardSizes(input, expansion, dropout));
  return sizesOfAll(input, [
    half,
    module((input) => attentionSizes(input, heads, relative)),
    module(
      (input) => linearSizes(input, 2 * D),
      ({ frames }) => flatSizes({ inputs: D, frames }, 0, 3 * D), // the gated linear unit
      (input) => depthwiseSizes(input, { kernel, stride: 1, padding: (kernel - 1) / 2 }),
      layerNormSizes,
      activationSizes,
      (input) => linearSizes(input, D),
    ),
    half,
    layerNormSizes,
  ]);
}
