import { adamStep } from "../numeric/kernels/mod.ts";
import { type Form, number, optional, requireForm } from "../form/mod.ts";
import { copyParams, matrix, paramAt, type Params, requireFinite } from "../numeric/mod.ts";
import type { Optimizer, OptimizerState } from "./optimizer.ts";

/** Settings of {@link Adam}. */
export interface AdamOptions {
  /** Learning rate η; defaults to 3e-3. */
  lr?: number;
  /** Decay β₁ of the mean gradient; defaults to 0.9. */
  beta1?: number;
  /** Decay β₂ of the mean squared gradient; defaults to 0.999. */
  beta2?: number;
  /** ε, added to the root of the mean squared gradient; defaults to 1e-8. */
  epsilon?: number;
  /** λ, the share lr · λ of every weight that a step takes off; defaults to 0. */
  weightDecay?: number;
}

const adamForm: Form<AdamOptions> = {
  is: "record",
  fields: {
    lr: optional(number({ above: 0 })),
    beta1: optional(number({ min: 0, below: 1 })),
    beta2: optional(number({ min: 0, below: 1 })),
    epsilon: optional(number({ above: 0 })),
    weightDecay: optional(number({ min: 0 })),
  },
};

/**
 * The Adam optimizer, with its running means as state.
 *
 * m ← β₁m + (1 - β₁)g;  v ← β₂v + (1 - β₂)g²;  θ ← θ - η · m/(1 - β₁ᵗ) / (√(v/(1 - β₂ᵗ)) + ε)
 *
 * With weight decay it is AdamW: each step first takes off θ ← θ - η λ θ, apart from the gradient
 * and its means. It decays biases as it does matrices: Algorithm 2 of its source knows one vector of
 * weights, and PyTorch's `AdamW` decays all it is given, so that the same λ means the same.
 *
 * @example
 * ```ts
 * import { matrix } from "lib/numeric/mod.ts";
 * import { Adam } from "lib/training/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const params = { W: matrix(1, 2, [1, 1]) };
 * new Adam({ lr: 0.1 }).step(params, { W: matrix(1, 2, [5, -0.01]) });
 * assertAlmostEquals(params.W.data[0], 0.9); // the first step is as long as lr, up or down
 * assertAlmostEquals(params.W.data[1], 1.1, 1e-6);
 * ```
 *
 * Source: Kingma & Ba 2015, Algorithm 1; Loshchilov & Hutter 2019, Algorithm 2.
 */
export class Adam implements Optimizer {
  readonly #options: Required<AdamOptions>;
  #mean: Params = {};
  #square: Params = {};
  #steps = 0;

  /**
   * Starts with means of zero.
   *
   * @throws {TypeError} If a setting is unknown or no number.
   * @throws {RangeError} If a setting is out of range.
   */
  constructor(options: AdamOptions = {}) {
    requireForm<AdamOptions>("Cannot make Adam", adamForm, options);
    const { lr = 3e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
    this.#options = { lr, beta1, beta2, epsilon, weightDecay };
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
      if (name in this.#mean) paramAt(this.#mean, name, rows, cols);
    }
    const { beta1, beta2, epsilon, weightDecay } = this.#options;
    this.#steps++;
    const meanBias = 1 - beta1 ** this.#steps;
    const squareBias = 1 - beta2 ** this.#steps;
    for (const [name, { data: theta, rows, cols }] of Object.entries(params)) {
      if (weightDecay > 0) {
        for (let i = 0; i < theta.length; i++) theta[i] -= lr * weightDecay * theta[i];
      }
      adamStep(
        theta,
        (this.#mean[name] ??= matrix(rows, cols)).data,
        (this.#square[name] ??= matrix(rows, cols)).data,
        paramAt(grads, name, rows, cols).data,
        lr,
        beta1,
        beta2,
        epsilon,
        meanBias,
        squareBias,
      );
    }
  }

  getState(): OptimizerState {
    const moments = { mean: copyParams(this.#mean), square: copyParams(this.#square) };
    return { steps: this.#steps, moments };
  }

  setState({ steps, moments: { mean, square } }: OptimizerState): void {
    this.#steps = steps;
    this.#mean = copyParams(mean);
    this.#square = copyParams(square);
  }
}
