import { requireForm } from "../form/mod.ts";
import type { FfnnInit, Layer } from "../models/mod.ts";
import { modelForm } from "./experiment_form.ts";
import {
  buildLayer,
  type DelayOptions,
  type LayerOptions,
  type LayersOptions,
} from "./nested_layers.ts";

/** LSTM layers with a linear output layer on top. */
export interface ModelOptions {
  /** Whether layers run both ways or forwards only. */
  readonly kind: "blstm" | "lstm";
  /** Number of cells H, per direction and layer. */
  readonly hidden: number;
  /** Number of recurrent layers; defaults to 1. */
  readonly layers?: number;
  /** Frames that the network hears before it speaks, see {@link targetDelay}; defaults to 0. */
  readonly delay?: number;
  /** Whether time is halved between layers, see {@link pyramid}; defaults to false. */
  readonly pyramid?: boolean;
  /** Whether gates see the cell, see `peepholeLstm()`; defaults to false. */
  readonly peephole?: boolean;
  /** Score of blank, label 0, before training, against 0 for the others; defaults to 0. */
  readonly blankBias?: number;
}

/** One plain recurrent layer with a linear output layer on top. */
export interface RnnModelOptions {
  /** Whether the layer runs both ways or forwards only. */
  readonly kind: "brnn" | "rnn";
  /** Number of units H, per direction. */
  readonly hidden: number;
}

/** One hidden layer over a window of frames, with a linear output layer on top. */
export interface MlpModelOptions {
  /** A multilayer perceptron. */
  readonly kind: "mlp";
  /** Number of units H. */
  readonly hidden: number;
  /** Frames seen to either side. */
  readonly radius: number;
}

/** The linear output layer alone. */
export interface FfnnModelOptions {
  /** A feed-forward network without a hidden layer. */
  readonly kind: "ffnn";
  /** How its weights start; defaults to `{ kind: "random" }`. */
  readonly init?: FfnnInit;
}

/**
 * Any model of an experiment: layers that nest, the last of them `{ kind: "linear" }`, or one of
 * the abbreviations, which bring their output layer along.
 */
export type AnyModelOptions =
  | ModelOptions
  | RnnModelOptions
  | MlpModelOptions
  | FfnnModelOptions
  | LayersOptions
  | DelayOptions;

/**
 * The model of an experiment: `inputs` bands in, `labels` scores out.
 *
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If the kind of a layer is unknown, a size is not a whole number >= 1, or the
 * last layer gives anything but one score per label.
 *
 * @example
 * ```ts
 * import { buildModel } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const recurrent = { kind: "bidirectional", of: { kind: "rnn", hidden: 24 } } as const;
 * const model = buildModel({ kind: "layers", layers: [recurrent, { kind: "linear" }] }, 8, 7);
 * assertEquals([model.inputs, model.outputs], [8, 7]);
 * ```
 */
export function buildModel(options: AnyModelOptions, inputs: number, labels: number): Layer {
  requireForm("Cannot build a model", modelForm, options);
  const model = buildLayer(expanded(options), inputs, labels);
  if (model.outputs === labels) return model;
  throw new RangeError(
    `Cannot build a model as its last layer must give ${labels} scores, one per label: ` +
      `it gives ${model.outputs}`,
  );
}

/** The layers that a model stands for, where it is an abbreviation. */
export function expanded(options: AnyModelOptions): LayerOptions {
  switch (options.kind) {
    case "blstm":
    case "lstm":
      return expandedLstm(options);
    case "brnn":
      return layers(bothWays({ kind: "rnn", hidden: options.hidden }), { kind: "linear" });
    case "rnn":
      return layers({ kind: "rnn", hidden: options.hidden }, { kind: "linear" });
    case "mlp":
      return layers({ ...options, kind: "window" }, { kind: "linear" });
    case "ffnn":
      return { kind: "linear", init: options.init };
    default:
      return options;
  }
}

function expandedLstm(options: ModelOptions): LayerOptions {
  const { kind, hidden, layers: n = 1, delay = 0, pyramid = false } = options;
  const { peephole, blankBias } = options;
  const one: LayerOptions = { kind: "lstm", hidden, peephole };
  const all = Array<LayerOptions>(n).fill(kind === "blstm" ? bothWays(one) : one);
  const below: LayerOptions[] = pyramid ? [{ kind: "pyramid", layers: all }] : all;
  const model = layers(...below, { kind: "linear", blankBias });
  return delay === 0 ? model : { kind: "delay", frames: delay, of: model };
}

function layers(...layers: LayerOptions[]): LayersOptions {
  return { kind: "layers", layers };
}

function bothWays(of: LayerOptions): LayerOptions {
  return { kind: "bidirectional", of };
}
