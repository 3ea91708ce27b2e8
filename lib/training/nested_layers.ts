import { type Fields, type Form, whole } from "../form/mod.ts";
import { bidirectional, type Layer, pyramid, stack, targetDelay } from "../models/mod.ts";
import {
  type LayerSizes,
  type LeafLayer,
  type LeafLayerOptions,
  leafLayers,
} from "./leaf_layers.ts";

/** Layers one after the other, see `stack()`. */
export interface LayersOptions {
  /** A stack, or one with time halved between any two layers, see `pyramid()`. */
  readonly kind: "layers" | "pyramid";
  /** From the input up; at least one. */
  readonly layers: readonly LayerOptions[];
}

/** A layer run both ways, see `bidirectional()`. */
export interface BidirectionalOptions {
  /** Two copies with weights of their own, side by side. */
  readonly kind: "bidirectional";
  /** The layer. */
  readonly of: LayerOptions;
}

/** A layer that hears some frames before it speaks, see `targetDelay()`. */
export interface DelayOptions {
  /** A target delay. */
  readonly kind: "delay";
  /** Number of frames. */
  readonly frames: number;
  /** The layer; it gives one frame for each it takes. */
  readonly of: LayerOptions;
}

/** Any layer that holds others. */
export type WrapperOptions = LayersOptions | BidirectionalOptions | DelayOptions;

/** Any layer, as a plain JSON value; layers nest. */
export type LayerOptions = LeafLayerOptions | WrapperOptions;

/** What a layer that holds others is made of: each of them over its inputs is a T. */
export type Part<T> = (options: LayerOptions, inputs: number) => T;
/** What a layer that holds others brings along to be named in an experiment. */
export interface WrapperLayer<Options> {
  /** The form of its options. */
  readonly fields: Fields<Omit<Options, "kind">>;
  /** The layer over `inputs` values a frame, made of its parts. */
  build(options: Options, inputs: number, part: Part<Layer>): Layer;
  /** What {@link WrapperLayer.build} would need. */
  sizes(options: Options, inputs: number, part: Part<LayerSizes>): LayerSizes;
}

type OptionsOf<K, T = WrapperOptions> = T extends { readonly kind: infer All }
  ? K extends All ? T : never
  : never;

const layersFields: Fields<Omit<LayersOptions, "kind">> = {
  layers: {
    is: "list",
    least: 1,
    get of() {
      return layerForm;
    },
  },
};

/** A stack of layers, between any two of which the width grows by a factor. */
const layersOf = (
  make: (...layers: Layer[]) => Layer,
  factor: number,
): WrapperLayer<LayersOptions> => ({
  fields: layersFields,
  build({ layers }, inputs, part) {
    const built: Layer[] = [];
    for (const options of layers) {
      const width = built.length === 0 ? inputs : factor * built[built.length - 1].outputs;
      built.push(part(options, width));
    }
    return make(...built);
  },
  sizes: ({ layers }, inputs, part) =>
    layers.reduce((below, options, n) => {
      const on = part(options, n === 0 ? inputs : factor * below.outputs);
      return {
        outputs: on.outputs,
        weights: below.weights + on.weights,
        perFrame: below.perFrame + on.perFrame,
        delay: below.delay + on.delay,
      };
    }, { outputs: inputs, weights: 0, perFrame: 0, delay: 0 }),
});

/** Every layer that holds others, by the name that it has in an experiment. */
export const wrapperLayers: { readonly [K in WrapperOptions["kind"]]: WrapperLayer<OptionsOf<K>> } =
  {
    layers: layersOf(stack, 1),
    pyramid: layersOf(pyramid, 2),
    bidirectional: {
      fields: {
        get of() {
          return layerForm;
        },
      },
      build: ({ of }, inputs, part) => bidirectional(part(of, inputs)),
      sizes({ of }, inputs, part) {
        const { outputs, weights, perFrame, delay } = part(of, inputs);
        return { outputs: 2 * outputs, weights: 2 * weights, perFrame: 2 * perFrame, delay };
      },
    },
    delay: {
      fields: {
        frames: whole({ min: 0 }),
        get of() {
          return layerForm;
        },
      },
      build: ({ of, frames }, inputs, part) => targetDelay(part(of, inputs), frames),
      sizes({ of, frames }, inputs, part) {
        const { delay, ...sizes } = part(of, inputs);
        return { ...sizes, delay: delay + frames };
      },
    },
  };

const kinds = { ...leafLayers, ...wrapperLayers };

/** What {@link LayerOptions} look like; the form holds itself. */
export const layerForm = {
  is: "variants",
  of: Object.fromEntries(Object.entries(kinds).map(([kind, { fields }]) => [kind, fields])),
} as Form<LayerOptions>;

/** The layer of options of the right form, over `inputs` values a frame, in a model of `labels` scores. */
export function buildLayer(options: LayerOptions, inputs: number, labels: number): Layer {
  if (isLeaf(options)) return leafOf(options).build(options, inputs, labels);
  return wrapperOf(options)
    .build(options, inputs, (part, width) => buildLayer(part, width, labels));
}

/** What {@link buildLayer} would need, from the options alone. */
export function layerSizes(options: LayerOptions, inputs: number, labels: number): LayerSizes {
  if (isLeaf(options)) return leafOf(options).sizes(options, inputs, labels);
  return wrapperOf(options)
    .sizes(options, inputs, (part, width) => layerSizes(part, width, labels));
}

function isLeaf(options: LayerOptions): options is LeafLayerOptions {
  return Object.hasOwn(leafLayers, options.kind);
}

/** The entry of the options' kind takes these options: types cannot say so. */
function leafOf({ kind }: LeafLayerOptions): LeafLayer<LeafLayerOptions> {
  return leafLayers[kind] as LeafLayer<LeafLayerOptions>;
}

function wrapperOf({ kind }: WrapperOptions): WrapperLayer<WrapperOptions> {
  return wrapperLayers[kind] as WrapperLayer<WrapperOptions>;
}
