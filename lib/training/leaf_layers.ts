import { type Fields, flag, number, optional, type VariantAt, whole } from "../form/mod.ts";
import {
  conformer,
  conv1d,
  conv2d,
  dropout,
  feedForward,
  ffnn,
  gru,
  inputNoise,
  type Layer,
  layerNorm,
  lstm,
  peepholeLstm,
  relu,
  rnn,
  selfAttention,
  specAugment,
  swish,
  windowMlp,
} from "../models/mod.ts";
import { scale, size as units } from "./bounds.ts";
import {
  activationSizes,
  attentionSizes,
  conformerSizes,
  convolutionSizes,
  depthwiseSizes,
  feedForwardSizes,
  type InputSizes,
  layerNormSizes,
  type LayerSizes,
  linearSizes,
  maskSizes,
  recurrentSizes,
  withPeepholes,
} from "./layer_sizes.ts";
import type { LeafLayerOptions } from "./leaf_options.ts";

/** What a leaf brings along to be named in an experiment. */
export interface LeafLayer<Options> {
  /** The form of its options. */
  readonly fields: Fields<Omit<Options, "kind">>;
  /** The layer over `inputs` values a frame, in a model of `labels` scores. */
  build(options: Options, inputs: number, labels: number): Layer;
  /** What {@link LeafLayer.build} would need. */
  sizes(options: Options, input: InputSizes, labels: number): LayerSizes;
}

const some = whole({ min: 0 });
const rate = number({ min: 0, below: 1 });
const windows = { kernel: units, stride: optional(units), padding: optional(some) };

/** Every layer that holds no other, by the name that it has in an experiment. */
export const leafLayers: {
  readonly [K in LeafLayerOptions["kind"]]: LeafLayer<VariantAt<LeafLayerOptions, K>>;
} = {
  lstm: {
    fields: { hidden: units, peephole: optional(flag) },
    build: ({ hidden, peephole }, inputs) => (peephole ? peepholeLstm : lstm)(inputs, hidden),
    sizes({ hidden, peephole = false }, input) {
      const sizes = recurrentSizes(input, hidden, 4, 3);
      return peephole ? withPeepholes(sizes, hidden) : sizes;
    },
  },
  rnn: {
    fields: { hidden: units },
    build: ({ hidden }, inputs) => rnn(inputs, hidden),
    sizes: ({ hidden }, input) => recurrentSizes(input, hidden, 1, 3),
  },
  gru: {
    fields: { hidden: units },
    build: ({ hidden }, inputs) => gru(inputs, hidden),
    sizes: ({ hidden }, input) => recurrentSizes(input, hidden, 3, 5),
  },
  window: {
    fields: { hidden: units, radius: some },
    build: ({ hidden, radius }, inputs) => windowMlp(inputs, hidden, radius),
    sizes({ hidden, radius }, { inputs, frames }) {
      const window = (2 * radius + 1) * inputs;
      const weights = (window + 1) * hidden;
      const values = frames * (2 * (window + inputs) + 6 * hidden);
      return { outputs: hidden, weights, values, frames };
    },
  },
  linear: {
    fields: {
      size: optional(units),
      init: optional({ is: "variants", of: { zero: {}, random: {}, identity: { scale } } }),
      blankBias: optional(scale),
    },
    build({ size, init, blankBias = 0 }, inputs, labels) {
      return withBlankBias(ffnn(inputs, size ?? labels, { init }), blankBias);
    },
    sizes({ size }, input, labels) {
      const sizes = linearSizes(input, size ?? labels);
      // The scores themselves and their gradients are counted with the criterion.
      return size === undefined ? { ...sizes, values: input.frames * input.inputs } : sizes;
    },
  },
  dropout: {
    fields: { rate },
    build: ({ rate }, inputs) => dropout(inputs, rate),
    sizes: (_, input) => maskSizes(input),
  },
  inputNoise: {
    fields: { deviation: number({ min: 0, max: 1e6 }) },
    build: ({ deviation }, inputs) => inputNoise(inputs, deviation),
    sizes: (_, input) => maskSizes(input),
  },
  conv1d: {
    fields: { size: units, ...windows, groups: optional(units) },
    build: ({ size, ...options }, inputs) => conv1d(inputs, size, options),
    sizes({ size, kernel, stride = 1, padding = 0, groups = 1 }, input) {
      const time = { kernel, stride, padding };
      if (groups > 1 && groups === input.inputs && groups === size) {
        return depthwiseSizes(input, time);
      }
      const frequency = { kernel: 1, stride: 1, padding: 0 };
      const channels = [input.inputs, size] as const;
      return convolutionSizes(input, { time, frequency, channels, groups });
    },
  },
  conv2d: {
    fields: { channels: units, inputChannels: optional(units), ...windows },
    build({ channels, inputChannels = 1, ...options }, inputs) {
      return conv2d(frequencies(inputs, inputChannels), inputChannels, channels, options);
    },
    sizes({ channels: to, inputChannels = 1, kernel, stride = 1, padding = 0 }, input) {
      const time = { kernel, stride, padding }, channels = [inputChannels, to] as const;
      return convolutionSizes(input, { time, frequency: time, channels, groups: 1 });
    },
  },
  layerNorm: {
    fields: {},
    build: (_, inputs) => layerNorm(inputs),
    sizes: (_, input) => layerNormSizes(input),
  },
  relu: {
    fields: {},
    build: (_, inputs) => relu(inputs),
    sizes: (_, input) => activationSizes(input),
  },
  swish: {
    fields: {},
    build: (_, inputs) => swish(inputs),
    sizes: (_, input) => activationSizes(input),
  },
  selfAttention: {
    fields: { heads: units, relative: optional(flag) },
    build: ({ heads, ...options }, inputs) => selfAttention(inputs, heads, options),
    sizes: ({ heads, relative = false }, input) => attentionSizes(input, heads, relative),
  },
  feedForward: {
    fields: { expansion: optional(units), dropout: optional(rate) },
    build: (options, inputs) => feedForward(inputs, options),
    sizes: ({ expansion = 4, dropout = 0 }, input) => feedForwardSizes(input, expansion, dropout),
  },
  conformer: {
    fields: {
      heads: units,
      kernel: optional(units),
      expansion: optional(units),
      dropout: optional(rate),
      relative: optional(flag),
    },
    build: ({ heads, ...options }, inputs) => conformer(inputs, heads, options),
    sizes({ heads, kernel = 31, expansion = 4, dropout = 0, relative = true }, input) {
      return conformerSizes(input, { heads, kernel, expansion, dropout, relative });
    },
  },
  specAugment: {
    fields: {
      timeMasks: optional(some),
      timeWidth: optional(some),
      timeShare: optional(number({ min: 0, max: 1 })),
      bandMasks: optional(some),
      bandWidth: optional(some),
    },
    build: (options, inputs) => specAugment(inputs, options),
    sizes: (_, input) => maskSizes(input),
  },
};

/** How many frequencies a frame has. */
function frequencies(inputs: number, channels: number): number {
  if (inputs % channels === 0) return inputs / channels;
  throw new RangeError(
    `Cannot build a model as the inputChannels of a conv2d must divide the ${inputs} values ` +
      `below it: current value is ${channels}`,
  );
}

/** The output layer; the bias of blank starts at `blankBias` instead of 0. */
function withBlankBias<Cache>(output: Layer<Cache>, blankBias: number): Layer<Cache> {
  return {
    ...output,
    init(rng) {
      const params = output.init(rng);
      params.b.data[0] = blankBias;
      return params;
    },
  };
}
