/**
 * log(eᵃ + eᵇ), where -Infinity is the log of zero.
 *
 * @example
 * ```ts
 * import { logAdd } from "lib/decoding/mod.ts";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * assertAlmostEquals(logAdd(Math.log(0.25), Math.log(0.5)), Math.log(0.75));
 * assertEquals(logAdd(-Infinity, -3), -3);
 * ```
 */
export function logAdd(a: number, b: number): number {
  const max = Math.max(a, b);
  return max === -Infinity ? max : max + Math.log1p(Math.exp(Math.min(a, b) - max));
}
