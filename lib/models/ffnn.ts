import { matrix } from "../numeric/mod.ts";
import { linear } from "./linear.ts";

/** How the weights of a single-layer feed-forward network start; its bias starts at 0. */
export type FfnnInit =
  /** W = 0: every label is as likely as any other. */
  | { readonly kind: "zero" }
  /** W drawn from a Gaussian of deviation 1/√D, as {@link linear} draws it. */
  | { readonly kind: "random" }
  /** W = c · 1, which on one-hot features without noise is as good a model as c is large. */
  | { readonly kind: "identity"; readonly scale: number };

/**
 * The single-layer feed-forward network of the synthetic study, p(y | x) = softmax(x W + b), as a
 * layer that gives logits: {@link linear} with a choice of initial weights.
 *
 * @param D Width of the input.
 * @param K Number of labels; D where the start is the identity.
 * @param options.init Defaults to `{ kind: "random" }`.
 * @throws {RangeError} If the start is the identity and D is not K, or its scale is not finite.
 *
 * @example
 * ```ts
 * import { ffnn } from "lib/models/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const model = ffnn(2, 2, { init: { kind: "identity", scale: 5 } });
 * assertEquals([...model.init(new RandomState(0)).W.data], [5, 0, 0, 5]);
 * ```
 *
 * Source: the alignment paper, section 6.1, eq. 28.
 */
export function ffnn(
  D: number,
  K: number,
  options: { init?: FfnnInit } = {},
): ReturnType<typeof linear> {
  const { init = { kind: "random" } } = options;
  const layer = linear(D, K);
  switch (init.kind) {
    case "random":
      return layer;
    case "zero":
      return { ...layer, init: () => ({ W: matrix(D, K), b: matrix(1, K) }) };
    case "identity": {
      const { scale } = init;
      if (D !== K || !Number.isFinite(scale)) {
        throw new RangeError(
          `Cannot start ffnn(${D}, ${K}) at the identity as it must be as wide at both ends, ` +
            `with a finite scale: its scale is ${scale}`,
        );
      }
      const identity = () => {
        const W = matrix(D, D);
        for (let d = 0; d < D; d++) W.data[d * D + d] = scale;
        return W;
      };
      return { ...layer, init: () => ({ W: identity(), b: matrix(1, K) }) };
    }
    default:
      throw new RangeError(
        `Cannot start ffnn(${D}, ${K}) as the kind of init must be "zero", "random" or ` +
          `"identity": it is ${JSON.stringify((init as { kind: unknown }).kind)}`,
      );
  }
}
