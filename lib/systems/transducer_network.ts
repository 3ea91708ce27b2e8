import type { JointOutput } from "../criteria/mod.ts";
import { type FrameStep, type Layer, linear } from "../models/mod.ts";
import {
  type Allocate,
  type Matrix,
  matrix,
  paramAt,
  type Params,
  paramsUnder,
  prefixParams,
  type RandomState,
  type Sequences,
} from "../numeric/mod.ts";
import { NotFiniteError } from "./not_finite.ts";

/** The sizes of what joins both sides of a transducer. */
export interface TransducerOptions {
  /** Number of labels K, blank (0) included. */
  readonly labels: number;
  /** Width J of the joint network. */
  readonly joint: number;
  /** The most labels that a decoder gives at one frame, up to 100; defaults to 5. */
  readonly labelsPerFrame?: number;
}

/** The most that `labelsPerFrame` may be: a network that never says blank would not come to an end. */
export const mostLabelsPerFrame = 100;

/**
 * Checks how many labels a decoder may give at one frame.
 *
 * @throws {RangeError} If it is not a whole number from 1 to {@link mostLabelsPerFrame}.
 */
export function requireLabelsPerFrame(what: string, labelsPerFrame: number): void {
  const inside = labelsPerFrame >= 1 && labelsPerFrame <= mostLabelsPerFrame;
  if (Number.isInteger(labelsPerFrame) && inside) return;
  throw new RangeError(
    `Cannot ${what} as labelsPerFrame must be a whole number from 1 to ${mostLabelsPerFrame}: ` +
      `current value is ${labelsPerFrame}`,
  );
}

/** One side of a transducer after its forward pass, projected to the joint network's width. */
export interface Side<Back = Params> {
  /** [n, J] per sequence, end to end */
  readonly y: Sequences;
  /** The gradients of its weights, given that of y. */
  backward(dy: Matrix): Back;
}

/** What labels were said, as far as a decoder goes. */
export interface PredictionState {
  /** [J] */
  readonly predicted: Float64Array;
  /** Of the prediction network. */
  readonly state: unknown;
}

/** A transducer with given weights, one step at a time. */
export interface TransducerSteps {
  /** Number of labels K. */
  readonly labels: number;
  /** The prediction network after no label, blank, or after one more. */
  after(label: number, before?: PredictionState): PredictionState;
  /** [K] log p(label or blank | frame, labels before), nats; encoded is [J] */
  logProbs(encoded: Float64Array, predicted: Float64Array): Float64Array;
}

/** The weights of a transducer and what runs on them; names are under a prefix for each part. */
export interface TransducerNetwork {
  /** All weights, drawn anew. */
  init(rng: RandomState): Params;
  /** Frames, through the encoder to the joint network. */
  encode(params: Params, x: Sequences, ctx?: { alloc?: Allocate }): Side<
    { grads: Params; dx: () => Sequences }
  >;
  /** Labels, after none of them, the first, … all of them. */
  predict(
    params: Params,
    targets: readonly (readonly number[])[],
    ctx?: { alloc?: Allocate },
  ): Side;
  /** The output layer of the joint network. */
  output(params: Params): JointOutput;
  /** The network with these weights, to be gone through one label or frame at a time. */
  steps(params: Params): TransducerSteps;
  /** The encoder frame by frame, to the joint network; undefined where it looks ahead. */
  readonly encodeStep?: (params: Params) => FrameStep;
}

/**
 * The parts of a transducer.
 *
 * Weights: those of the encoder under "encoder.", those of the prediction network under
 * "prediction."; "embedding" [K, E], the input of the prediction network for every label, in row 0
 * for none yet, drawn from a Gaussian of deviation 1; and of the joint network
 * tanh(encoder + prediction) → output the linear layers "joint.encoder.", "joint.prediction." and
 * "joint.output.".
 */
export function transducerNetwork(
  encoder: Layer,
  prediction: Layer,
  { labels: K, joint: J }: TransducerOptions,
): TransducerNetwork {
  const fromEncoder = linear(encoder.outputs, J), fromPrediction = linear(prediction.outputs, J);
  const output = linear(J, K), E = prediction.inputs;
  const under = (params: Params, prefix: string) => paramsUnder(params, `${prefix}.`);
  const encoderStep = encoder.step?.bind(encoder),
    predictionStep = prediction.step!.bind(prediction);
  return {
    init(rng) {
      const parts = { encoder, prediction, "joint.encoder": fromEncoder };
      const more = { "joint.prediction": fromPrediction, "joint.output": output };
      const drawn = Object.entries({ ...parts, ...more })
        .map(([name, layer]) => prefixParams(layer.init(rng), `${name}.`));
      const embedding = matrix(K, E);
      for (let i = 0; i < embedding.data.length; i++) embedding.data[i] = rng.randn();
      return Object.assign({ embedding }, ...drawn);
    },
    encode(params, x, ctx) {
      const of = under(params, "encoder"), to = under(params, "joint.encoder");
      const encoded = encoder.forward(of, x, ctx);
      const joined = fromEncoder.forward(to, encoded.y, ctx);
      return {
        y: joined.y,
        backward(dy) {
          const top = fromEncoder.backward(to, joined.cache, { ...joined.y, frames: dy }, ctx);
          const { grads, dx } = encoder.backward(of, encoded.cache, top.dx(), ctx);
          const projection = prefixParams(top.grads, "joint.encoder.");
          return { grads: { ...prefixParams(grads, "encoder."), ...projection }, dx };
        },
      };
    },
    predict(params, targets, ctx) {
      const { alloc = matrix } = ctx ?? {};
      const of = under(params, "prediction"), to = under(params, "joint.prediction");
      const embedding = paramAt(params, "embedding", K, E);
      const said = targets.flatMap((target) => [0, ...target]);
      const offsets = new Int32Array(targets.length + 1);
      targets.forEach((target, b) => offsets[b + 1] = offsets[b] + target.length + 1);
      const frames = alloc(said.length, E);
      said.forEach((k, n) => frames.data.set(embedding.data.subarray(k * E, (k + 1) * E), n * E));
      const predicted = prediction.forward(of, { frames, offsets }, ctx);
      const joined = fromPrediction.forward(to, predicted.y, ctx);
      return {
        y: joined.y,
        backward(dy) {
          const top = fromPrediction.backward(to, joined.cache, { ...joined.y, frames: dy }, ctx);
          const { grads, dx } = prediction.backward(of, predicted.cache, top.dx(), ctx);
          const dEmbedding = alloc(K, E), { data } = dx().frames;
          said.forEach((k, n) => {
            for (let e = 0; e < E; e++) dEmbedding.data[k * E + e] += data[n * E + e];
          });
          return {
            embedding: dEmbedding,
            ...prefixParams(grads, "prediction."),
            ...prefixParams(top.grads, "joint.prediction."),
          };
        },
      };
    },
    output: (params) => ({
      W: paramAt(params, "joint.output.W", J, K),
      b: paramAt(params, "joint.output.b", 1, K),
    }),
    steps(params) {
      const embedding = paramAt(params, "embedding", K, E);
      const predict = predictionStep(under(params, "prediction"));
      const project = fromPrediction.step!(under(params, "joint.prediction"));
      const finish = output.step!(under(params, "joint.output"));
      return {
        labels: K,
        after(label, before) {
          const x = embedding.data.subarray(label * E, (label + 1) * E);
          const { y, state } = predict(x, before?.state);
          return { predicted: project(y).y, state };
        },
        logProbs: (encoded, predicted) =>
          logSoftmaxOf(finish(encoded.map((e, j) => Math.tanh(e + predicted[j]))).y),
      };
    },
    ...(encoderStep && {
      encodeStep(params) {
        const step = encoderStep(under(params, "encoder"));
        const project = fromEncoder.step!(under(params, "joint.encoder"));
        return (x, before) => {
          const { y, state } = step(x, before);
          return { y: project(y).y, state };
        };
      },
    }),
  };
}

/** In place. */
function logSoftmaxOf(logits: Float64Array): Float64Array {
  let max = -Infinity, sum = 0;
  for (let k = 0; k < logits.length; k++) max = Math.max(max, logits[k]);
  for (let k = 0; k < logits.length; k++) sum += Math.exp(logits[k] - max);
  if (Number.isNaN(sum)) throw new NotFiniteError("an output is not finite");
  const logSum = Math.log(sum);
  for (let k = 0; k < logits.length; k++) logits[k] = logits[k] - max - logSum;
  return logits;
}
