import { type Form, number, optional, requireForm } from "../form/mod.ts";
import { copyParams, matrix, paramAt, type Params, requireFinite } from "../numeric/mod.ts";
import type { Optimizer, OptimizerState } from "./optimizer.ts";

/** Settings of {@link Sgd}. */
export interface SgdOptions {
  /** Learning rate η; defaults to 1e-4, as in the source. */
  lr?: number;
  /** μ, the share of the last move that goes on; defaults to 0.9, as in the source. */
  momentum?: number;
  /** λ, the share lr · λ of every weight that a step takes off; defaults to 0. */
  weightDecay?: number;
}

const sgdForm: Form<SgdOptions> = {
  is: "record",
  fields: {
    lr: optional(number({ above: 0 })),
    momentum: optional(number({ min: 0, below: 1 })),
    weightDecay: optional(number({ min: 0 })),
  },
};

/**
 * Gradient descent with momentum, with the last move as state.
 *
 * Δ ← μ Δ - η g;  θ ← θ + Δ
 *
 * Weight decay is apart from the gradient, as in {@link Adam}: each step first takes off
 * θ ← θ - η λ θ.
 *
 * @example
 * ```ts
 * import { matrix } from "lib/numeric/mod.ts";
 * import { Sgd } from "lib/training/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const sgd = new Sgd({ lr: 0.1, momentum: 0.5 }), params = { w: matrix(1, 1, [1]) };
 * for (const due of [0.8, 0.5]) { // moves of -0.2 and -0.3
 *   sgd.step(params, { w: matrix(1, 1, [2]) });
 *   assertAlmostEquals(params.w.data[0], due);
 * }
 * ```
 *
 * Source: Graves et al. 2006, section 5.2; Rumelhart, Hinton & Williams 1986.
 */
export class Sgd implements Optimizer {
  readonly #options: Required<SgdOptions>;
  #move: Params = {};
  #steps = 0;

  /**
   * Starts at rest.
   *
   * @throws {TypeError} If a setting is unknown or no number.
   * @throws {RangeError} If a setting is out of range.
   */
  constructor(options: SgdOptions = {}) {
    requireForm<SgdOptions>("Cannot make SGD", sgdForm, options);
    const { lr = 1e-4, momentum = 0.9, weightDecay = 0 } = options;
    this.#options = { lr, momentum, weightDecay };
  }

  /**
   * Moves `params` one step down the gradient, in place.
   *
   * @param lr Of this step; defaults to that of the settings.
   * @throws {RangeError} If a weight has no gradient, or one of another shape, or one that is not
   * finite; then no weight is moved.
   */
  step(params: Params, grads: Params, lr: number = this.#options.lr): void {
    for (const [name, { rows, cols }] of Object.entries(params)) {
      requireFinite(`The gradient of "${name}"`, paramAt(grads, name, rows, cols));
      if (name in this.#move) paramAt(this.#move, name, rows, cols);
    }
    const { momentum, weightDecay } = this.#options;
    this.#steps++;
    for (const [name, { data: theta, rows, cols }] of Object.entries(params)) {
      const move = (this.#move[name] ??= matrix(rows, cols)).data;
      const g = paramAt(grads, name, rows, cols).data;
      for (let i = 0; i < theta.length; i++) {
        move[i] = momentum * move[i] - lr * g[i];
        theta[i] += move[i] - lr * weightDecay * theta[i];
      }
    }
  }

  getState(): OptimizerState {
    return { steps: this.#steps, moments: { move: copyParams(this.#move) } };
  }

  setState({ steps, moments: { move } }: OptimizerState): void {
    this.#steps = steps;
    this.#move = copyParams(move);
  }
}
