import { RandomState } from "../numeric/mod.ts";
import type { Layer } from "./layer.ts";

/**
 * How many weights a layer has, biases included.
 *
 * @example
 * ```ts
 * import { blstm, linear, parameterCount, stack } from "lib/models/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const H = 24, D = 8, K = 7;
 * const weights = 2 * 4 * H * (D + H + 1) + (2 * H + 1) * K;
 * assertEquals(parameterCount(stack(blstm(D, H), linear(2 * H, K))), weights);
 * ```
 */
export function parameterCount(layer: Pick<Layer, "init">): number {
  return Object.values(layer.init(new RandomState(0)))
    .reduce((sum, { rows, cols }) => sum + rows * cols, 0);
}
