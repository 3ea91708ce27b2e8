/**
 * The headline training step and its parts: `deno bench bench/step_bench.ts`.
 *
 * @module
 */
import { ctcBatchLoss } from "lib/criteria/mod.ts";
import { Training, writeUpExperiment } from "lib/experiments/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { Adam, clipGlobalNorm, streams } from "lib/training/mod.ts";
import { useKernels } from "lib/numeric/kernels/mod.ts";
import { framewiseOf } from "lib/systems/mod.ts";

const experiment = writeUpExperiment("blstm", 0);

for (const twin of twins()) {
  const group = `headline step: batch 16, H = 24, ${twin} kernels`;
  const bench = (name: string, run: () => void) =>
    Deno.bench({
      name,
      group,
      baseline: name === "whole step",
      fn(context) {
        useKernels(twin);
        context.start();
        run();
        context.end();
      },
    });

  useKernels(twin);
  const whole = new Training(experiment);
  const single = new Training(experiment);
  const { params } = single, { train } = single.data, { layer: model } = framewiseOf(single);
  const rng = new RandomState(experiment.seed + streams.training);
  const { x, targets } = train.batch(rng, experiment.batch);
  const { y, cache } = model.forward(params, x);
  const { dLogits } = ctcBatchLoss(y, targets);
  const { grads } = model.backward(params, cache, dLogits);
  const adam = new Adam(experiment.optimizer);

  bench("whole step", () => whole.step());
  bench("data", () => train.batch(rng, experiment.batch));
  bench("forward", () => model.forward(params, x));
  bench("CTC", () => ctcBatchLoss(y, targets));
  bench("backward", () => model.backward(params, cache, dLogits));
  bench("clip and Adam", () => {
    clipGlobalNorm(grads, experiment.optimizer.clip);
    adam.step(params, grads);
  });
}

/** The kernels available here: SIMD only where WebAssembly has it. */
function twins(): ("simd" | "plain")[] {
  const before = useKernels("plain");
  return before === "simd" ? ["simd", "plain"] : ["plain"];
}
