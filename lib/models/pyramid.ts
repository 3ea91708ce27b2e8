import { halveTime } from "./halve_time.ts";
import type { Layer } from "./layer.ts";
import { stack } from "./stack.ts";

/**
 * A pyramid of layers: between any two, time is halved and width doubled by {@link halveTime}, so
 * that n layers give one frame for every 2ⁿ⁻¹.
 *
 * Weights: those of layer n are under "2n.".
 *
 * @param layers From the input up; each takes twice the width that the one before gives.
 * @throws {RangeError} If there is no layer, or a width does not fit.
 *
 * @example
 * ```ts
 * import { blstm, pyramid } from "lib/models/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const model = pyramid(blstm(8, 6), blstm(24, 6));
 * const { y } = model.forward(model.init(new RandomState(0)), sequences([matrix(9, 8)]));
 * assertEquals([y.frames.rows, y.frames.cols], [5, 12]);
 * ```
 *
 * Source: Chan et al. 2016, "Listen, Attend and Spell", section 3.1.
 */
export function pyramid(...layers: Layer[]): Layer<unknown[]> {
  return stack(
    ...layers.flatMap((layer, n) => n === 0 ? [layer] : [halveTime(layers[n - 1].outputs), layer]),
  );
}
