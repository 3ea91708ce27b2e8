import {
  addJointLoss,
  addLatticeGradient,
  emptyLattice,
  type JointInput,
  latticePath,
  latticeSum,
  withStripes,
} from "../criteria/mod.ts";
import { inSequence } from "../criteria/full_sum_loss.ts";
import { requireTarget } from "../criteria/transducer_lattice.ts";
import type { Layer } from "../models/mod.ts";
import {
  batchSize,
  type Matrix,
  matrix,
  type Params,
  rowSlice,
  sequenceAt,
  type Sequences,
  sequences,
} from "../numeric/mod.ts";
import { requireDecodeOptions } from "./decode.ts";
import { NotFiniteError, withinLimit } from "./not_finite.ts";
import { type Able, type LabelGradientOptions, requireNoHybrid } from "./system.ts";
import { greedySearch, transducerBeamSearch } from "./transducer_decode.ts";
import {
  requireLabelsPerFrame,
  transducerNetwork,
  type TransducerOptions,
} from "./transducer_network.ts";
import { type TransducerStream, transducerStream } from "./transducer_stream.ts";

/** Blank, in every transducer. */
const BLANK = 0;

/**
 * An encoder, a prediction network and what joins them.
 *
 * Forced alignment is the best path through the lattice: a label lies at the one frame of the encoder
 * that it is given at, and several may share one.
 */
export interface TransducerSystem extends Able<"labelGradients" | "align"> {
  /** From features to one row per frame. */
  readonly encoder: Layer;
  /** From the labels before to one row per label. */
  readonly prediction: Layer;
  /**
   * Recognises one sequence while it is heard, greedily: what `decode()` gives of the whole.
   *
   * @throws {RangeError} If the encoder looks ahead.
   */
  stream(params: Params): TransducerStream;
}

/**
 * A transducer: the encoder says what was heard, the prediction network what the labels so far lead to
 * expect, and a joint network, additive, tanh and linear, decides at every frame and after every
 * label between all labels and blank. Its loss is {@link transducerLoss}, by stripes of frames.
 *
 * Weights: see the prefixes "encoder.", "embedding", "prediction." and "joint.". Label 0 is blank.
 *
 * @param encoder Any layer over the features.
 * @param prediction A layer that runs frame by frame, such as `lstm` or `gru`: its input is the
 * embedding of a label, as wide as it says.
 * @throws {RangeError} If a size is not a whole number >= 1, `labelsPerFrame` more than 100, or the
 * prediction network looks ahead.
 *
 * @example
 * ```ts
 * import { lstm } from "lib/models/mod.ts";
 * import { transducer } from "lib/systems/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const system = transducer(lstm(2, 3), lstm(4, 5), { labels: 3, joint: 6 });
 * const params = system.init(new RandomState(0));
 * const batch = { x: sequences([matrix(2, 2), matrix(1, 2)]), targets: [[1, 2], [1, 2]] };
 * assertEquals(system.gradients(params, batch).infeasible, 0); // two labels fit into one frame
 * ```
 *
 * Source: Graves 2012; Graves, Mohamed & Hinton 2013, section 3.2.
 */
export function transducer<E, P>(
  encoder: Layer<E>,
  prediction: Layer<P>,
  options: TransducerOptions,
): TransducerSystem {
  const { labels: K, labelsPerFrame = 5 } = options;
  requireLabelsPerFrame("make a transducer", labelsPerFrame);
  for (const [name, size] of Object.entries(options)) {
    if (Number.isSafeInteger(size) && size >= 1 || name === "labelsPerFrame") continue;
    throw new RangeError(
      `Cannot make a transducer as ${name} must be a whole number >= 1: current value is ${size}`,
    );
  }
  if (prediction.step === undefined) {
    throw new RangeError(
      "Cannot make a transducer as its prediction network must run frame by frame: it looks ahead",
    );
  }
  const network = transducerNetwork(encoder as Layer, prediction as Layer, options);
  const { output } = network;
  return {
    encoder: encoder as Layer,
    prediction: prediction as Layer,
    needs: [],
    init: (rng) => network.init(rng),
    frames: (T) => encoder.frames(T),
    gradients(params, { x, targets }, ctx) {
      const { alloc = matrix } = ctx ?? {};
      requireTargets(x, targets, K);
      const encoded = network.encode(params, x, ctx);
      const predicted = network.predict(params, targets, ctx);
      const last = output(params);
      const all = [encoded.y.frames, predicted.y.frames, last.W, last.b];
      if (!all.every((m) => withinLimit(m))) throw new NotFiniteError("an output is not finite");
      const [dEncoded, dPredicted, W, b] = all.map(({ rows, cols }) => alloc(rows, cols));
      let sum = 0, fitting = 0;
      targets.forEach((target, n) => {
        const [inside, said] = [encoded.y, predicted.y].map(({ offsets }) => offsets);
        const loss = addJointLoss(
          {
            encoded: rowSlice(dEncoded, inside[n], inside[n + 1]),
            predicted: rowSlice(dPredicted, said[n], said[n + 1]),
            W,
            b,
          },
          jointInput(encoded.y, predicted.y, n, last),
          target,
        );
        requireNumber(loss);
        if (loss === Infinity) return;
        sum += loss;
        fitting++;
      });
      for (const { data } of [dEncoded, dPredicted, W, b]) {
        for (let i = 0; i < data.length; i++) data[i] /= Math.max(1, fitting);
      }
      return {
        loss: fitting === 0 ? Infinity : sum / fitting,
        infeasible: targets.length - fitting,
        grads: {
          ...encoded.backward(dEncoded).grads,
          ...predicted.backward(dPredicted),
          "joint.output.W": W,
          "joint.output.b": b,
        },
      };
    },
    decode(params, x, decoding = {}, ctx) {
      requireDecodeOptions(decoding);
      const { beamWidth } = decoding, steps = network.steps(params);
      const { y } = network.encode(params, x, ctx);
      const decoded = Array.from({ length: batchSize(x) }, (_, n) => {
        const encoded = sequenceAt(y, n);
        if (beamWidth !== undefined) {
          const { labels, score } =
            transducerBeamSearch(steps, encoded, { ...decoding, beamWidth, labelsPerFrame })[0] ??
              { labels: [], score: -Infinity };
          return { labels, score };
        }
        const search = greedySearch(steps, labelsPerFrame);
        for (let t = 0; t < encoded.rows; t++) search.hear(rowSlice(encoded, t, t + 1).data);
        return { labels: search.given.map(({ label }) => label), score: search.score };
      });
      return { sequences: decoded };
    },
    align(params, x, targets, ctx) {
      requireTargets(x, targets, K);
      const encoded = network.encode(params, x, ctx), last = output(params);
      const predicted = network.predict(params, targets, ctx);
      return targets.map((target, n) => {
        const input = jointInput(encoded.y, predicted.y, n, last);
        const lattice = emptyLattice(input.encoded.rows, target, BLANK);
        fillLattice(input, lattice);
        const { logProb, frames } = latticePath(lattice), C = target.length + 1;
        requireNumber(logProb);
        const spans = frames.map((start, index) => ({
          index,
          label: target[index],
          start,
          end: start + 1,
          score: lattice.labels[start * C + index],
        }));
        return { score: logProb, spans };
      });
    },
    stream(params) {
      const { encodeStep } = network;
      if (encodeStep === undefined) {
        throw new RangeError(
          "Cannot stream as the encoder must run frame by frame: it looks ahead",
        );
      }
      const search = greedySearch(network.steps(params), labelsPerFrame);
      return transducerStream(encodeStep(params), search, encoder.inputs);
    },
    labelGradients(params, x, target, asked = {}) {
      requireLabelOptions(asked);
      requireTarget(target, BLANK, K);
      const { maskBlank = true } = asked;
      const encoded = network.encode(params, sequences([x]));
      const predicted = network.predict(params, [target]);
      const input = jointInput(encoded.y, predicted.y, 0, output(params));
      const logPrefix = [0, ...target.map((_, s) => prefixSum(input, target.slice(0, s + 1)))];
      if (logPrefix.some((logProb) => !(logProb > -Infinity))) return undefined;
      return target.map((_, s) => ({
        logProb: logPrefix[s + 1] - logPrefix[s],
        dx() {
          const d = matrix(input.encoded.rows, input.encoded.cols);
          addPrefixGradient(d, input, target.slice(0, s + 1), 1, maskBlank);
          if (s > 0) addPrefixGradient(d, input, target.slice(0, s), -1, maskBlank);
          return encoded.backward(d).dx().frames;
        },
      }));
    },
  };
}

type Output = JointInput["output"];
type Lattice = ReturnType<typeof emptyLattice>;

/** Both sides of sequence n. */
function jointInput(
  encoded: Sequences,
  predicted: Sequences,
  n: number,
  output: Output,
): JointInput {
  return { encoded: sequenceAt(encoded, n), predicted: sequenceAt(predicted, n), output };
}

function fillLattice(input: JointInput, lattice: Lattice): void {
  withStripes(input, lattice, undefined, ({ frames, forward }) => {
    for (let t = 0; t < input.encoded.rows; t += frames) forward(t);
  });
}

/** log p(the labelling starts with this prefix | x), nats: over all paths to its last label. */
function prefixSum(input: JointInput, prefix: readonly number[]): number {
  const lattice = emptyLattice(input.encoded.rows, prefix, BLANK, { prefix: true });
  fillLattice(input, lattice);
  const { logProb } = latticeSum(lattice);
  requireNumber(logProb);
  return logProb;
}

/** @throws {NotFiniteError} If weights are so large that a log-probability is NaN. */
function requireNumber(logProb: number): void {
  if (Number.isNaN(logProb)) throw new NotFiniteError("an output is not finite");
}

/** dEncoded += sign · ∂ log p(prefix | x) / ∂ encoded */
function addPrefixGradient(
  dEncoded: Matrix,
  input: JointInput,
  prefix: readonly number[],
  sign: number,
  maskBlank: boolean,
): void {
  const like = ({ rows, cols }: Matrix) => matrix(rows, cols);
  const { encoded, predicted, output: { W, b } } = input;
  const of = { encoded: like(encoded), predicted: like(predicted), W: like(W), b: like(b) };
  const lattice = emptyLattice(encoded.rows, prefix, BLANK, { prefix: true });
  withStripes(input, lattice, undefined, (stripes) => {
    for (let t = 0; t < encoded.rows; t += stripes.frames) stripes.forward(t);
    addLatticeGradient(of, stripes, lattice, latticeSum(lattice), { maskBlank });
  });
  const { data } = of.encoded; // of the sum's negative log
  for (let i = 0; i < data.length; i++) dEncoded.data[i] -= sign * data[i];
}

function requireTargets(x: Sequences, targets: readonly (readonly number[])[], K: number): void {
  if (targets.length !== batchSize(x)) {
    throw new RangeError(
      `Cannot run a transducer as there must be one target for each of its ${batchSize(x)} ` +
        `sequences: there are ${targets.length}`,
    );
  }
  targets.forEach((target, b) => inSequence(b, () => requireTarget(target, BLANK, K)));
}

/** A prefix of a transducer ends where its last label is given: there is no other reading of it. */
function requireLabelOptions(
  { prefix, priorScale = 0, blank = BLANK, ...rest }: LabelGradientOptions,
): void {
  requireNoHybrid(rest);
  const refuse = (name: string, due: string, value: unknown): never => {
    throw new RangeError(
      `Cannot take gradients as ${name} of a transducer must be ${due}: it is ${value}`,
    );
  };
  if (prefix === "partial") refuse("prefix", '"entered"', '"partial"');
  if (priorScale !== 0) refuse("priorScale", "0", priorScale);
  if (blank !== BLANK) refuse("blank", String(BLANK), blank);
}
