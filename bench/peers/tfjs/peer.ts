/**
 * TensorFlow.js as a contender, on its WebAssembly backend: the one in plain JavaScript takes twenty
 * seconds for a step that takes half a second here.
 *
 * It has no CTC, so it trains with a plain cross-entropy against the phone of every frame, on padded
 * batches and without clipping. Its packages are in a deno.json and a deno.lock of their own, and are
 * imported by names that only those know: who does not run the benchmark never downloads them.
 *
 * @module
 */
import type { Matrix, Params } from "lib/numeric/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { streams } from "lib/training/mod.ts";
import { paddedBatches } from "../../padded.ts";
import { greedyCheck, greedyInputs, modelOf, type TrainWorkload } from "../../workloads.ts";
import { type Job, serve } from "../serve.ts";

const packages: Record<string, string> = {
  core: "@tensorflow/tfjs",
  wasm: "@tensorflow/tfjs-backend-wasm",
};
console.warn = () => {}; // it recommends itself for Node.js
const tf = await import(packages.core);
await import(packages.wasm);
await tf.setBackend("wasm");
await tf.ready();

function training(task: TrainWorkload): Job {
  const model = modelFor(task);
  const adam = tf.train.adam(3e-3, 0.9, 0.999, 1e-8);
  const batches = paddedBatches(task).map(({ x, labels, T, B }) => ({
    x: tf.tensor3d(singles(x.frames), [B, T, 8]),
    labels: tf.oneHot(tf.tensor2d(labels, [B, T], "int32"), 7),
  }));
  let steps = 0;
  const run = () => {
    const { x, labels } = batches[steps++ % batches.length];
    const loss = adam.minimize(
      () => tf.losses.softmaxCrossEntropy(labels, model.apply(x)),
      true,
    );
    const value = loss.dataSync()[0];
    loss.dispose();
    return value;
  };
  return { check: [run(), run(), run()], run };
}

/** The model of the task, with our initial weights. */
// deno-lint-ignore no-explicit-any
function modelFor(task: TrainWorkload): any {
  const { hidden: units, layers } = task;
  const initializers = { kernelInitializer: "zeros", recurrentInitializer: "zeros" };
  const recurrent = () =>
    tf.layers.lstm({
      units,
      returnSequences: true,
      recurrentActivation: "sigmoid",
      ...initializers,
    });
  const model = tf.sequential({
    layers: [
      ...Array.from({ length: layers }, (_, n) =>
        tf.layers.bidirectional({
          layer: recurrent(),
          mergeMode: "concat",
          ...(n === 0 ? { inputShape: [null, 8] } : {}),
        })),
      tf.layers.dense({ units: 7, kernelInitializer: "zeros" }),
    ],
  });
  const params: Params = modelOf(task).init(new RandomState(task.seed + streams.weights));
  const tensor = (m: Matrix) => m.rows === 1 ? tf.tensor1d(singles(m)) : matrixTensor(m);
  model.setWeights(Object.values(params).map(tensor)); // the same order as ours: kernel, recurrent, bias
  return model;
}

function singles({ data }: Matrix): Float32Array {
  return Float32Array.from(data);
}

// deno-lint-ignore no-explicit-any
function matrixTensor(m: Matrix): any {
  return tf.tensor2d(singles(m), [m.rows, m.cols]);
}

await serve({ versions: { Deno: Deno.version.deno, "TensorFlow.js": tf.version.tfjs } }, (task) => {
  if (task.kind === "train") return training(task);
  if (task.kind === "greedy") {
    const scores = matrixTensor(greedyInputs(task));
    const run = () => {
      const best = tf.argMax(scores, 1);
      const path: Int32Array = best.dataSync();
      best.dispose();
      const labels: number[] = [];
      for (let t = 0; t < path.length; t++) {
        if (path[t] !== 0 && (t === 0 || path[t] !== path[t - 1])) labels.push(path[t]);
      }
      return labels;
    };
    return { check: greedyCheck(run()), run };
  }
  return undefined;
});
