import { type Fields, optional, whole } from "../form/mod.ts";
import { ffnn, type FfnnInit, gru, type Layer, lstm, rnn, windowMlp } from "../models/mod.ts";
import { scale, size as units } from "./bounds.ts";

/** A recurrent layer that runs from the first frame to the last. */
export interface RecurrentLayerOptions {
  /** Which one. */
  readonly kind: "lstm" | "rnn" | "gru";
  /** Number of cells or units H, the width of the output. */
  readonly hidden: number;
}

/** One hidden layer over a window of frames, see `windowMlp()`. */
export interface WindowLayerOptions {
  /** A hidden layer that sees a window of frames and nothing else. */
  readonly kind: "window";
  /** Number of units H, the width of the output. */
  readonly hidden: number;
  /** Frames seen to either side. */
  readonly radius: number;
}

/** A linear layer on every frame alone. */
export interface LinearLayerOptions {
  /** y = x W + b */
  readonly kind: "linear";
  /** Width of the output; defaults to the number of labels, which makes it the output layer. */
  readonly size?: number;
  /** How its weights start; defaults to `{ kind: "random" }`. */
  readonly init?: FfnnInit;
  /** Where the bias of output 0 starts, that of blank in an output layer; defaults to 0. */
  readonly blankBias?: number;
}

/** Any layer that holds no other. */
export type LeafLayerOptions = RecurrentLayerOptions | WindowLayerOptions | LinearLayerOptions;

/** What a layer costs, known before anything is built. */
export interface LayerSizes {
  /** Width of the output. */
  readonly outputs: number;
  /** Number of weights. */
  readonly weights: number;
  /** Values that a step makes for every frame, copies that go in and out among them; an upper bound. */
  readonly perFrame: number;
  /** Frames by which sequences grow. */
  readonly delay: number;
}

/** What a leaf brings along to be named in an experiment. */
export interface LeafLayer<Options> {
  /** The form of its options. */
  readonly fields: Fields<Omit<Options, "kind">>;
  /** The layer over `inputs` values a frame, in a model of `labels` scores. */
  build(options: Options, inputs: number, labels: number): Layer;
  /** What {@link LeafLayer.build} would need. */
  sizes(options: Options, inputs: number, labels: number): LayerSizes;
}
type LeafKind = LeafLayerOptions["kind"];
type OptionsOf<K, T = LeafLayerOptions> = T extends { readonly kind: infer All }
  ? K extends All ? T : never
  : never;

/** Every layer that holds no other, by the name that it has in an experiment. */
export const leafLayers: { readonly [K in LeafKind]: LeafLayer<OptionsOf<K>> } = {
  lstm: {
    fields: { hidden: units },
    build: ({ hidden }, inputs) => lstm(inputs, hidden),
    sizes: ({ hidden }, inputs) => recurrentSizes(inputs, hidden, 4, 3),
  },
  rnn: {
    fields: { hidden: units },
    build: ({ hidden }, inputs) => rnn(inputs, hidden),
    sizes: ({ hidden }, inputs) => recurrentSizes(inputs, hidden, 1, 3),
  },
  gru: {
    fields: { hidden: units },
    build: ({ hidden }, inputs) => gru(inputs, hidden),
    sizes: ({ hidden }, inputs) => recurrentSizes(inputs, hidden, 3, 5),
  },
  window: {
    fields: { hidden: units, radius: whole({ min: 0 }) },
    build: ({ hidden, radius }, inputs) => windowMlp(inputs, hidden, radius),
    sizes({ hidden, radius }, inputs) {
      const window = (2 * radius + 1) * inputs;
      const weights = (window + 1) * hidden;
      return { outputs: hidden, weights, perFrame: 2 * (window + inputs) + 6 * hidden, delay: 0 };
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
    sizes({ size }, inputs, labels) {
      const outputs = size ?? labels, weights = (inputs + 1) * outputs;
      // The scores themselves and their gradients are counted with the criterion.
      const perFrame = size === undefined ? inputs : 2 * (inputs + size);
      return { outputs, weights, perFrame, delay: 0 };
    },
  },
};

/** Gates and their gradients, hidden and other states; copies of what goes in and comes out. */
function recurrentSizes(D: number, H: number, gates: number, states: number): LayerSizes {
  return {
    outputs: H,
    weights: gates * H * (D + H + 1),
    perFrame: 2 * gates * H + states * H + 2 * D + 2 * H,
    delay: 0,
  };
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
