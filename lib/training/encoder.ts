import { type Layer, stack } from "../models/mod.ts";
import { buildLayer, type LayerOptions } from "./nested_layers.ts";

/**
 * The layers of a model below its output layer, where it has one.
 *
 * @param what The system whose encoder they are, such as "a transducer".
 * @throws {RangeError} If the output layer has options of its own.
 */
export function encoderOf(what: string, model: LayerOptions): readonly LayerOptions[] {
  const layers = model.kind === "layers" ? model.layers : [model];
  const top = layers[layers.length - 1];
  if (top.kind !== "linear" || top.size !== undefined) return layers;
  for (const option of ["init", "blankBias"] as const) {
    if (top[option] === undefined) continue;
    throw new RangeError(
      `Cannot build ${what} as its encoder must have no output layer: the ${option} of its ` +
        `last layer would be left out`,
    );
  }
  return layers.slice(0, -1);
}

/**
 * The encoder of a model written out layer by layer. A last layer that gives one score per label is
 * left out: what the system has of its own takes its place.
 *
 * @throws {RangeError} If nothing is left of the model, or its output layer has options of its own.
 */
export function buildEncoder(
  what: string,
  model: LayerOptions,
  { features, labels }: { readonly features: number; readonly labels: number },
): Layer {
  const layers: Layer[] = [];
  for (const options of encoderOf(what, model)) {
    layers.push(buildLayer(options, layers.at(-1)?.outputs ?? features, labels));
  }
  if (layers.length > 0) return stack(...layers);
  throw new RangeError(
    `Cannot build ${what} as its encoder must have a layer below the output: it has none`,
  );
}
