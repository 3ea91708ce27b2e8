import { type Matrix, matrix, type Params, requireMatrix } from "../numeric/mod.ts";
import { type LabelGradientOptions, requireAble, type System } from "./system.ts";

/** Options of {@link gradientNorms}. */
export interface GradientNormOptions extends LabelGradientOptions {
  /** p of the norm, above 0; Infinity is the largest entry. Defaults to 0.1. */
  readonly p?: number;
}

/** log ‖0‖ is taken for that of the least number there is, so that sums over time stay finite. */
const LOG_LEAST = Math.log(Number.MIN_VALUE);

/**
 * How much every input frame matters for every label of a target:
 *
 * G[s, t] = log ‖ ∂ log p(a_s | a_1 … a_{s-1}, x) / ∂ x_t ‖_p
 *
 * with one backward pass through the system per label. A norm of 0 counts as the least positive
 * number, log -744.4.
 *
 * @param system One that gives the gradients of labels.
 * @param x [T, D] one sequence
 * @returns [L, T]; undefined if the target has no path in T frames.
 * @throws {RangeError} If p is not above 0, x is no sequence for the system, the target has a label
 * that it does not give, or blank is not one that it gives.
 *
 * @example
 * ```ts
 * import { ffnn } from "lib/models/mod.ts";
 * import { ctcCriterion, framewise, gradientNorms } from "lib/systems/mod.ts";
 * import { matrix, RandomState } from "lib/numeric/mod.ts";
 * import { assert } from "@std/assert";
 *
 * const layer = ffnn(2, 2, { init: { kind: "identity", scale: 3 } });
 * const system = framewise(layer, ctcCriterion());
 * const x = matrix(3, 2, [1, 0, 0, 1, 1, 0]); // silence, the label, silence
 * const G = gradientNorms(system, system.init(new RandomState(0)), x, [1])!;
 * assert(G.data[1] > G.data[0] && G.data[1] > G.data[2]);
 * ```
 *
 * Source: the alignment paper, eqs. 22, 23 and 49.
 */
export function gradientNorms(
  system: System,
  params: Params,
  x: Matrix,
  target: readonly number[],
  options: GradientNormOptions = {},
): Matrix | undefined {
  const { p, ...rest } = options;
  requireNorm(p);
  requireMatrix("take norms", x);
  const labels = requireAble("Cannot take norms", system, "labelGradients")
    .labelGradients(params, x, target, rest);
  if (labels === undefined) return undefined;
  if (labels.length === 0) return matrix(0, x.rows);
  return normsOverTime(labels.map((label) => label.dx()), { p });
}

/**
 * The log of the norm of every row of some gradients: row s of what is returned is that of the s-th.
 *
 * @param gradients [T, D] each
 * @returns [L, T]
 * @throws {RangeError} If p is not above 0.
 */
export function normsOverTime(
  gradients: readonly Matrix[],
  { p = 0.1 }: Pick<GradientNormOptions, "p"> = {},
): Matrix {
  requireNorm(p);
  if (gradients.length === 0) return matrix(0, 0);
  const [{ rows: T, cols: D }] = gradients, G = matrix(gradients.length, T);
  gradients.forEach(({ data }, s) => {
    for (let t = 0; t < T; t++) {
      const row = data.subarray(t * D, (t + 1) * D);
      G.data[s * T + t] = Math.max(logNorm(row, p), LOG_LEAST);
    }
  });
  return G;
}

function requireNorm(p = 1): void {
  if (p > 0) return;
  throw new RangeError(`Cannot take norms as p must be above 0: current value is ${p}`);
}

/**
 * log ‖v‖_p = 1/p log Σ |v|^p, by way of logarithms, so that small p does not underflow.
 *
 * @returns -Infinity for a vector of zeros.
 */
export function logNorm(v: ArrayLike<number>, p: number): number {
  let max = -Infinity;
  for (let d = 0; d < v.length; d++) max = Math.max(max, Math.log(Math.abs(v[d])));
  if (max === -Infinity || p === Infinity) return max;
  let sum = 0;
  for (let d = 0; d < v.length; d++) {
    if (v[d] !== 0) sum += Math.exp(p * (Math.log(Math.abs(v[d])) - max));
  }
  return max + Math.log(sum) / p;
}
