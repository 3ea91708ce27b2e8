import { type Fields, type Form, number, optional, whole } from "../form/mod.ts";
import { type AttentionOptions, type AttentionSystem, attentionSystem } from "../systems/mod.ts";
import { size } from "./bounds.ts";
import { buildEncoder, encoderOf } from "./encoder.ts";
import type { InputSizes, LayerSizes } from "./layer_sizes.ts";
import { type LayerOptions, layerSizes } from "./nested_layers.ts";

/**
 * An attention encoder–decoder; the model of the experiment is its encoder, without an output layer
 * of its own.
 */
export interface AttentionCriterion {
  /** One label after the other, each given those before it, see `attentionSystem()`. */
  readonly kind: "attention";
  /** Cells of the decoder. */
  readonly hidden: number;
  /** Width of the vector that stands for a label; defaults to `hidden`. */
  readonly embedding?: number;
  /** How the decoder listens. */
  readonly attention: AttentionOptions;
  /** ε of a uniform target; defaults to 0. */
  readonly labelSmoothing?: number;
  /** How often a step of training is given a label of the model's own; defaults to 0. */
  readonly scheduledSampling?: number;
  /** λ of a hybrid with CTC; defaults to 0, without. */
  readonly ctcWeight?: number;
}

const share = optional(number({ min: 0, max: 1 }));
const attentionForm: Form<AttentionOptions> = {
  is: "variants",
  of: {
    additive: { width: size },
    dot: { width: size },
    location: { width: size, reach: whole({ min: 0, max: 1000 }) },
    none: {},
  },
};

/** What {@link AttentionCriterion} looks like. */
export const attentionFields: Fields<Omit<AttentionCriterion, "kind">> = {
  hidden: size,
  embedding: optional(size),
  attention: attentionForm,
  labelSmoothing: optional(number({ min: 0, below: 1 })),
  scheduledSampling: share,
  ctcWeight: share,
};

const WHAT = "an attention encoder–decoder";

/**
 * The attention encoder–decoder of an experiment.
 *
 * @param model Layers written out.
 * @param data What it hears, and the labels, where 0 stands for the end.
 * @throws {RangeError} If nothing is left of the model, or its output layer has options of its own.
 */
export function buildAttention(
  { kind: _, embedding, ...options }: AttentionCriterion,
  model: LayerOptions,
  data: { readonly features: number; readonly labels: number },
): AttentionSystem {
  const { labels } = data;
  return attentionSystem(buildEncoder(WHAT, model, data), {
    ...options,
    labels,
    embedding: embedding ?? options.hidden,
  });
}

/** What {@link buildAttention} would need: of a sequence, of a label, and of a label and a frame. */
export function decoderSizes(
  { hidden: H, embedding: M = H, attention, ctcWeight = 0 }: AttentionCriterion,
  model: LayerOptions,
  input: InputSizes,
  labels: number,
): LayerSizes & { readonly perLabel: number; readonly perPair: number } {
  const sizes = layerSizes({ kind: "layers", layers: encoderOf(WHAT, model) }, input, labels);
  const E = sizes.outputs, A = attention.kind === "none" ? 0 : attention.width;
  const C = attention.kind === "none" ? 2 * E : E;
  const taps = attention.kind === "location" ? 2 * attention.reach + 1 : 0;
  const weights = labels * M + (M + C + H + 1) * 4 * H + (H + E + 2 + taps) * A +
    (H + C + 1) * labels + (ctcWeight > 0 ? (E + 1) * labels : 0);
  return {
    ...sizes,
    weights: sizes.weights + weights,
    values: sizes.values + sizes.frames * (2 * A + 3 * E + (ctcWeight > 0 ? 6 * labels : 0)),
    perLabel: 3 * (M + 2 * C) + 18 * H + 4 * A + 5 * labels,
    perPair: A === 0 ? 0 : A + 2,
  };
}
