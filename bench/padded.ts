import { logSoftmax } from "lib/numeric/kernels/mod.ts";
import { matrix, RandomState, sequenceAt, type Sequences, sequences } from "lib/numeric/mod.ts";
import { Adam, streams } from "lib/training/mod.ts";
import { modelOf, trainingBatches, type TrainWorkload } from "./workloads.ts";

/** A batch whose sequences are all as long as the longest: zeros follow the shorter ones. */
export interface PaddedBatch {
  /** [B · T, D] */
  readonly x: Sequences;
  /** [B · T] the true phone of every frame, 0 for silence and padding */
  readonly labels: Int32Array;
  readonly B: number;
  readonly T: number;
}

/** The batches of a training workload, padded. */
export function paddedBatches(task: TrainWorkload): PaddedBatch[] {
  return trainingBatches(task).map(({ x, alignment }) => {
    const B = x.offsets.length - 1, D = x.frames.cols;
    const lengths = Array.from({ length: B }, (_, b) => x.offsets[b + 1] - x.offsets[b]);
    const T = Math.max(...lengths);
    const labels = new Int32Array(B * T);
    const parts = lengths.map((_, b) => {
      labels.set(alignment!.subarray(x.offsets[b], x.offsets[b + 1]), b * T);
      const part = matrix(T, D);
      part.data.set(sequenceAt(x, b).data);
      return part;
    });
    return { x: sequences(parts), labels, B, T };
  });
}

/**
 * The losses of the first steps of what TensorFlow.js is timed on, by our own layers: mean
 * cross-entropy of every frame of the padded batch, nats, and Adam without clipping.
 */
export function crossEntropyLosses(task: TrainWorkload, steps: number): number[] {
  const model = modelOf(task);
  const params = model.init(new RandomState(task.seed + streams.weights));
  const adam = new Adam();
  return paddedBatches(task).slice(0, steps).map(({ x, labels }) => {
    const { y, cache } = model.forward(params, x);
    const { rows: N, cols: K, data } = y.frames;
    const logProbs = matrix(N, K), dy = matrix(N, K);
    logSoftmax(logProbs.data, data, N, K);
    let loss = 0;
    labels.forEach((label, n) => {
      loss -= logProbs.data[n * K + label] / N;
      for (let k = 0; k < K; k++) {
        dy.data[n * K + k] = (Math.exp(logProbs.data[n * K + k]) - (k === label ? 1 : 0)) / N;
      }
    });
    const { grads } = model.backward(params, cache, { frames: dy, offsets: y.offsets });
    adam.step(params, grads);
    return loss;
  });
}
