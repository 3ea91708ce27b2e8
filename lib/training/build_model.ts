import {
  bidirectional,
  blstm,
  ffnn,
  type FfnnInit,
  type Layer,
  linear,
  lstm,
  pyramid,
  rnn,
  stack,
  targetDelay,
  windowMlp,
} from "../models/mod.ts";
import { requireForm } from "../form/mod.ts";
import { modelForm } from "./experiment_form.ts";

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

/** Any model of an experiment. */
export type AnyModelOptions = ModelOptions | RnnModelOptions | MlpModelOptions | FfnnModelOptions;

/**
 * The model of an experiment: `inputs` bands in, `labels` scores out.
 *
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If the kind of model is unknown, or a size is not a whole number >= 1.
 */
export function buildModel(options: AnyModelOptions, inputs: number, labels: number): Layer {
  requireForm("Cannot build a model", modelForm, options);
  switch (options.kind) {
    case "blstm":
    case "lstm":
      return lstmModel(options, inputs, labels);
    case "brnn":
      return stack(bidirectional(rnn(inputs, options.hidden)), linear(2 * options.hidden, labels));
    case "rnn":
      return stack(rnn(inputs, options.hidden), linear(options.hidden, labels));
    case "mlp":
      return stack(
        windowMlp(inputs, options.hidden, options.radius),
        linear(options.hidden, labels),
      );
    case "ffnn":
      return ffnn(inputs, labels, { init: options.init });
  }
}

function lstmModel(options: ModelOptions, inputs: number, labels: number): Layer {
  const { kind, hidden, layers = 1, delay = 0, pyramid: halving = false, blankBias = 0 } = options;
  const [recurrent, width] = kind === "blstm" ? [blstm, 2 * hidden] : [lstm, hidden];
  const below = halving ? 2 * width : width;
  const hiddens = Array.from(
    { length: layers },
    (_, n) => recurrent(n === 0 ? inputs : below, hidden) as Layer,
  );
  const output = withBlankBias(linear(width, labels), blankBias);
  const model = halving ? stack(pyramid(...hiddens), output) : stack(...hiddens, output);
  return delay === 0 ? model : targetDelay(model, delay);
}

/** The output layer, with this bias of blank before training; the others start at 0. */
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
