import type { Params } from "../numeric/mod.ts";
import type { BatchGradients } from "../systems/mod.ts";
import { clipGlobalNorm, globalNorm } from "./clip.ts";
import { DivergedError, wildWeight } from "./diverged.ts";
import type { StepResult } from "./evaluation_row.ts";
import type { Experiment } from "./experiment.ts";
import type { Optimizer } from "./optimizer.ts";
import { learningRate } from "./schedule.ts";

/**
 * Moves weights in place by the gradients of a batch, which are clipped in place.
 *
 * @param sequences How many the batch has.
 * @param by.step The step that this is, from 1.
 * @throws {DivergedError} If the loss, the gradient or a weight has left all bounds.
 */
export function moveWeights(
  params: Params,
  { loss, grads, infeasible }: BatchGradients,
  sequences: number,
  by: {
    readonly optimizer: Optimizer;
    readonly experiment: Pick<Experiment, "optimizer" | "iters">;
    readonly step: number;
  },
): StepResult {
  const { optimizer, step, experiment: { optimizer: { clip, lr, schedule }, iters } } = by;
  if (!(loss < Infinity) && infeasible < sequences) {
    throw new DivergedError(step, `the loss is ${loss}`);
  }
  const norm = globalNorm(grads);
  if (!Number.isFinite(norm)) {
    throw new DivergedError(step, `the norm of the gradient is ${norm}`);
  }
  const gradNorm = clipGlobalNorm(grads, clip, norm);
  optimizer.step(params, grads, learningRate(schedule, lr, step, iters));
  const wild = wildWeight(params);
  if (wild !== undefined) throw new DivergedError(step, wild);
  return { loss, infeasible, gradNorm };
}
