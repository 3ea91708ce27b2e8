import { type Fields, type Form, optional, type VariantAt, whole } from "../form/mod.ts";
import { bidirectional, type Layer, pyramid, residual, stack, targetDelay } from "../models/mod.ts";
import { scale } from "./bounds.ts";
import { type InputSizes, type LayerSizes, residualSizes, sizesOfAll } from "./layer_sizes.ts";
import { type LeafLayer, leafLayers } from "./leaf_layers.ts";
import type { LeafLayerOptions } from "./leaf_options.ts";

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

/** A layer with a way around it, see `residual()`. */
export interface ResidualOptions {
  /** What goes in, and the layer's output added to it. */
  readonly kind: "residual";
  /** The layer; it gives as many values and frames as it takes. */
  readonly of: LayerOptions;
  /** Factor of the layer; defaults to 1. */
  readonly scale?: number;
}

/** Any layer that holds others. */
export type WrapperOptions = LayersOptions | BidirectionalOptions | DelayOptions | ResidualOptions;

/** Any layer, as a plain JSON value; layers nest. */
export type LayerOptions = LeafLayerOptions | WrapperOptions;

/** What a layer that holds others is made of: each of them over what goes in is a T. */
export type Part<In, T> = (options: LayerOptions, input: In) => T;
/** What a layer that holds others brings along to be named in an experiment. */
export interface WrapperLayer<Options> {
  /** The form of its options. */
  readonly fields: Fields<Omit<Options, "kind">>;
  /** The layer over `inputs` values a frame, made of its parts. */
  build(options: Options, inputs: number, part: Part<number, Layer>): Layer;
  /** What {@link WrapperLayer.build} would need. */
  sizes(options: Options, input: InputSizes, part: Part<InputSizes, LayerSizes>): LayerSizes;
}

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
  sizes({ layers }, input, part) {
    // Where time is halved, frames are counted as they were: an upper bound.
    return sizesOfAll(
      input,
      layers.map((options, n) => ({ inputs, frames }) => {
        return part(options, { inputs: n === 0 ? inputs : factor * inputs, frames });
      }),
    );
  },
});

/** Every layer that holds others, by the name that it has in an experiment. */
export const wrapperLayers: {
  readonly [K in WrapperOptions["kind"]]: WrapperLayer<VariantAt<WrapperOptions, K>>;
} = {
  layers: layersOf(stack, 1),
  pyramid: layersOf(pyramid, 2),
  bidirectional: {
    fields: {
      get of() {
        return layerForm;
      },
    },
    build: ({ of }, inputs, part) => bidirectional(part(of, inputs)),
    sizes({ of }, input, part) {
      const { outputs, weights, values, frames } = part(of, input);
      // Columns are turned round on their way in and out.
      const copies = 2 * (input.frames * input.inputs + frames * outputs);
      return { outputs: 2 * outputs, weights: 2 * weights, values: 2 * values + copies, frames };
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
    sizes({ of, frames: delay }, { inputs, frames }, part) {
      const longer = frames + delay,
        { outputs, weights, values } = part(of, { inputs, frames: longer });
      // Shifted input and output, and gradients of both.
      const copies = longer * (2 * inputs + 4 * outputs);
      return { outputs, weights, values: values + copies, frames };
    },
  },
  residual: {
    fields: {
      get of() {
        return layerForm;
      },
      scale: optional(scale),
    },
    build: ({ of, scale }, inputs, part) => residual(part(of, inputs), { scale }),
    sizes: ({ of }, input, part) => residualSizes(input, part(of, input)),
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
export function layerSizes(options: LayerOptions, input: InputSizes, labels: number): LayerSizes {
  if (isLeaf(options)) return leafOf(options).sizes(options, input, labels);
  return wrapperOf(options)
    .sizes(options, input, (part, below) => layerSizes(part, below, labels));
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
