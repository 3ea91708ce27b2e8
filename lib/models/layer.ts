import { type Params, type RandomState, requireSequences, type Sequences } from "../numeric/mod.ts";
import type { Context } from "./context.ts";
import type { Stepping } from "./frame_step.ts";

/**
 * A differentiable function of sequences. It holds no weights and no state: the weights come in as
 * `params`, and what the backward pass needs travels in `cache`.
 */
export interface Layer<Cache = unknown> extends Partial<Stepping> {
  /** Width D of its input. */
  readonly inputs: number;
  /** Width of its output. */
  readonly outputs: number;
  /** Draws new weights. */
  init(rng: RandomState): Params;
  /** The output y, and what {@link Layer.backward} needs to know. */
  forward(params: Params, x: Sequences, ctx?: Context): { y: Sequences; cache: Cache };
  /**
   * Given the gradient `dy` of a loss with respect to y, its gradients with respect to every weight
   * and, when `dx` is called, to x: training never asks the first layer for it. It works on what
   * `ctx.alloc` gave, and must be called while that lives.
   */
  backward(
    params: Params,
    cache: Cache,
    dy: Sequences,
    ctx?: Context,
  ): { grads: Params; dx: () => Sequences };
  /** How many frames come out for T that go in, so that subsampling is known before anything runs. */
  frames(T: number): number;
}

/** Whether a layer gives one frame for each it takes. */
export function keepsFrames(layer: Pick<Layer, "frames">): boolean {
  return [1, 2, 1000].every((T) => layer.frames(T) === T);
}

/**
 * Checks the batch that a layer is given: how it is laid out, its width, and where they are known
 * its frames.
 *
 * @param rows Number of frames that it must have, as of a gradient; defaults to any.
 * @throws {RangeError} Naming the layer, what was found and what was expected.
 */
export function requireWidth(layer: string, x: Sequences, width: number, rows?: number): void {
  requireSequences(`run ${layer}`, x);
  if (x.frames.cols !== width) {
    throw new RangeError(
      `Cannot run ${layer} as its frames must have ${width} values: they have ${x.frames.cols}`,
    );
  }
  if (rows !== undefined && x.frames.rows !== rows) {
    throw new RangeError(
      `Cannot run ${layer} as there must be ${rows} frames, as there were forwards: ` +
        `there are ${x.frames.rows}`,
    );
  }
}

/**
 * Checks the size of a layer.
 *
 * @throws {RangeError} If it is not a whole number >= 1.
 */
export function requireUnits(layer: string, name: string, size: number): void {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(
      `Cannot make ${layer} as ${name} must be a whole number >= 1: current value is ${size}`,
    );
  }
}
