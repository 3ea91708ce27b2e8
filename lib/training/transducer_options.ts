import { type Fields, type Form, optional, whole } from "../form/mod.ts";
import { gru, lstm } from "../models/mod.ts";
import { transducer, type TransducerSystem } from "../systems/mod.ts";
import { mostLabelsPerFrame } from "../systems/transducer_network.ts";
import { size } from "./bounds.ts";
import { buildEncoder, encoderOf } from "./encoder.ts";
import type { InputSizes, LayerSizes } from "./layer_sizes.ts";
import { type LayerOptions, layerSizes } from "./nested_layers.ts";

/** A transducer; the model of the experiment is its encoder, without an output layer of its own. */
export interface TransducerCriterion {
  /** The sum over all ways to spread labels over frames, see `transducer()`. */
  readonly kind: "transducer";
  /** What labels lead to expect. */
  readonly prediction: PredictionOptions;
  /** Width of the joint network. */
  readonly joint: number;
  /** The most labels that decoding gives at a frame, up to 100; defaults to 5. */
  readonly labelsPerFrame?: number;
}

/** The prediction network of a transducer. */
export interface PredictionOptions {
  /** Which layer runs over the labels. */
  readonly kind: "lstm" | "gru";
  /** Number of cells or units H. */
  readonly hidden: number;
  /** Width of a label's embedding; defaults to `hidden`. */
  readonly embedding?: number;
}

const prediction = { hidden: size, embedding: optional(size) };
const predictionForm: Form<PredictionOptions> = {
  is: "variants",
  of: { lstm: prediction, gru: prediction },
};

const WHAT = "a transducer";

/** What {@link TransducerCriterion} looks like. */
export const transducerFields: Fields<Omit<TransducerCriterion, "kind">> = {
  prediction: predictionForm,
  joint: size,
  labelsPerFrame: optional(whole({ min: 1, max: mostLabelsPerFrame })),
};

/**
 * The transducer of an experiment.
 *
 * @param model Layers written out. A last one that gives one score per label is left out: the joint
 * network takes its place.
 * @param data What it hears, and the labels with blank.
 * @throws {RangeError} If nothing is left of the model, or its output layer has options of its own.
 */
export function buildTransducer(
  { prediction: { kind, hidden, embedding = hidden }, joint, labelsPerFrame }: TransducerCriterion,
  model: LayerOptions,
  data: { readonly features: number; readonly labels: number },
): TransducerSystem {
  const { labels } = data;
  const options = { labels, joint, ...(labelsPerFrame && { labelsPerFrame }) };
  const encoder = buildEncoder(WHAT, model, data);
  return kind === "lstm"
    ? transducer(encoder, lstm(embedding, hidden), options)
    : transducer(encoder, gru(embedding, hidden), options);
}

/** What {@link buildTransducer} would need, and values for every label of a sequence. */
export function transducerSizes(
  { prediction: { kind, hidden, embedding = hidden }, joint }: TransducerCriterion,
  model: LayerOptions,
  input: InputSizes,
  labels: number,
): LayerSizes & { readonly perLabel: number } {
  const sizes = layerSizes({ kind: "layers", layers: encoderOf(WHAT, model) }, input, labels);
  const said = layerSizes({ kind, hidden }, { inputs: embedding, frames: 1 }, labels);
  const weights = labels * embedding + joint * (sizes.outputs + said.outputs + 2 + labels) + labels;
  return {
    ...sizes,
    weights: sizes.weights + said.weights + weights,
    values: sizes.values + sizes.frames * (4 * joint + 2 * sizes.outputs),
    perLabel: said.values + 4 * joint + 2 * (said.outputs + embedding),
  };
}
