import type { Matrix } from "../numeric/mod.ts";

/** How the gradients of a full sum are balanced across labels. */
export interface NormalizedGradient {
  /** Which frames v̄ is estimated on; defaults to "batch". */
  readonly over?: "batch" | "sequence";
  /** v̄_min, the least factor; defaults to 0.5. */
  readonly minimum?: number;
  /** v̄_max, the largest factor, which labels that do not occur get; defaults to 1.1. */
  readonly maximum?: number;
}

/**
 * The factors that balance the gradient across labels:
 *
 * f[k] = min(max(1 / (v̄[k] K), v̄_min), v̄_max), with v̄ the mean of the soft alignment
 *
 * Where no factor is clamped, Σₜ v[t, k] f[k] = T / K for every label: each pulls as hard as any
 * other. The whole gradient for the bias, Σₜ (p[t, k] - v[t, k]) f[k], is uniform over the labels
 * only where it is 0: the sum of its parts divided by f is Σₜₖ p - v = 0, whatever f > 0 is.
 *
 * @param vBar [K] mean of the soft alignment over frames
 * @returns [K]
 * @throws {RangeError} If the clamps are not finite with 0 <= minimum <= maximum, or a mean is not
 * finite and >= 0.
 *
 * @example
 * ```ts
 * import { gradientFactors } from "lib/criteria/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const vBar = Float64Array.of(0.8, 0.2, 0);
 * assertEquals([...gradientFactors(vBar)], [0.5, 1.1, 1.1]);
 * ```
 *
 * Source: the alignment paper, section 3, eqs. 10 and 11.
 */
export function gradientFactors(
  vBar: Float64Array,
  options: NormalizedGradient = {},
): Float64Array {
  const { minimum = 0.5, maximum = 1.1 } = options;
  if (!(0 <= minimum && minimum <= maximum && maximum < Infinity)) {
    throw new RangeError(
      `Cannot normalise gradients as 0 <= minimum <= maximum must be finite: ` +
        `current values are ${minimum} and ${maximum}`,
    );
  }
  const k = vBar.findIndex((v) => !(v >= 0 && v < Infinity));
  if (k >= 0) {
    throw new RangeError(
      `Cannot normalise gradients as the mean soft alignment must be finite and >= 0: ` +
        `that of label ${k} is ${vBar[k]}`,
    );
  }
  return vBar.map((v) => Math.min(Math.max(1 / (v * vBar.length), minimum), maximum));
}

/** Σₜ m[t, k] over all frames of all matrices, [K]. */
export function columnSums(matrices: readonly Matrix[], K: number): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(K);
  for (const { data } of matrices) {
    for (let i = 0; i < data.length; i++) sums[i % K] += data[i];
  }
  return sums;
}
