import { adamStep } from "../numeric/kernels/mod.ts";
import { matrix, paramAt, type Params } from "../numeric/mod.ts";

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
}

/**
 * The Adam optimizer, with its running means as state.
 *
 * m ← β₁m + (1 - β₁)g;  v ← β₂v + (1 - β₂)g²;  θ ← θ - η · m/(1 - β₁ᵗ) / (√(v/(1 - β₂ᵗ)) + ε)
 *
 * Source: Kingma & Ba 2015, Algorithm 1.
 */
export class Adam {
  readonly #options: Required<AdamOptions>;
  readonly #mean: Params = {};
  readonly #square: Params = {};
  #steps = 0;

  /** @throws {RangeError} If a setting is out of range. */
  constructor({ lr = 3e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}) {
    if (!(lr > 0 && lr < Infinity)) {
      throw new RangeError(`Cannot make Adam as lr must be > 0: current value is ${lr}`);
    }
    for (const [name, beta] of Object.entries({ beta1, beta2 })) {
      if (!(beta >= 0 && beta < 1)) {
        throw new RangeError(
          `Cannot make Adam as ${name} must be from 0 to below 1: current value is ${beta}`,
        );
      }
    }
    if (!(epsilon > 0 && epsilon < Infinity)) {
      throw new RangeError(`Cannot make Adam as epsilon must be > 0: current value is ${epsilon}`);
    }
    this.#options = { lr, beta1, beta2, epsilon };
  }

  /**
   * Moves `params` one step down the gradient, in place.
   *
   * @throws {RangeError} If a weight has no gradient, or one of another shape.
   */
  step(params: Params, grads: Params): void {
    const { lr, beta1, beta2, epsilon } = this.#options;
    this.#steps++;
    const meanBias = 1 - beta1 ** this.#steps;
    const squareBias = 1 - beta2 ** this.#steps;
    for (const [name, { data: theta, rows, cols }] of Object.entries(params)) {
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
}
