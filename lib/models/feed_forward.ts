import { dropout } from "./dropout.ts";
import type { Layer } from "./layer.ts";
import { requireUnits } from "./layer.ts";
import { linear } from "./linear.ts";
import { chain } from "./stack.ts";
import { swish } from "./activations.ts";

/** Options of {@link feedForward}. */
export interface FeedForwardOptions {
  /** How many times as wide as D the hidden layer is; defaults to 4. */
  readonly expansion?: number;
  /** Probability of being dropped in training, of hidden values and of the output; defaults to 0. */
  readonly dropout?: number;
}

/**
 * Two linear layers with Swish between them, on every frame alone: y = swish(x W + b) W' + b'.
 *
 * Weights: "inner.W" [D, H], "inner.b" [1, H], "outer.W" [H, D] and "outer.b" [1, D] with
 * H = expansion · D, as {@link linear} draws them.
 *
 * @param D Width of the input and the output.
 * @throws {RangeError} If a size is not a whole number >= 1, or the dropout not from 0 to below 1.
 *
 * @example
 * ```ts
 * import { feedForward } from "lib/models/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { rows, cols } = feedForward(8).init(new RandomState(0))["inner.W"];
 * assertEquals([rows, cols], [8, 32]);
 * ```
 *
 * Source: Gulati et al. 2020, "Conformer", section 2.3.
 */
export function feedForward(D: number, options: FeedForwardOptions = {}): Layer<unknown[]> {
  const { expansion = 4, dropout: rate = 0 } = options;
  requireUnits(`feedForward(${D})`, "D", D);
  requireUnits(`feedForward(${D})`, "expansion", expansion);
  const H = expansion * D;
  return chain({
    inner: linear(D, H),
    swish: swish(H),
    hidden: dropout(H, rate),
    outer: linear(H, D),
    output: dropout(D, rate),
  });
}
