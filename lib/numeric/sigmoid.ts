/**
 * σ(z) = 1 / (1 + e^-z), as the plain kernels compute it.
 *
 * @example
 * ```ts
 * import { sigmoid } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([-Infinity, 0, Infinity].map(sigmoid), [0, 0.5, 1]);
 * ```
 */
export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
