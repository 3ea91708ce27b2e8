import { mean } from "../numeric/mod.ts";
import type { LineSeries, Point } from "./line_panels.ts";

/**
 * A line through the means of several seeds, with a thin one through each.
 *
 * @param xs Where the points lie.
 * @param values [xs][seeds]
 *
 * @example
 * ```ts
 * import { meanLine } from "lib/figures/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { points, around } = meanLine([10, 20], [[1, 3], [5, 7]]);
 * assertEquals(points, [[10, 2], [20, 6]]);
 * assertEquals(around, [[[10, 1], [20, 5]], [[10, 3], [20, 7]]]);
 * ```
 */
export function meanLine(
  xs: readonly number[],
  values: readonly (readonly number[])[],
): Required<Pick<LineSeries, "points" | "around">> {
  const line = (of: (seeds: readonly number[]) => number) =>
    xs.map((x, i): Point => [x, of(values[i])]);
  return {
    points: line((seeds) => mean(seeds)),
    around: (values[0] ?? []).map((_, seed) => line((seeds) => seeds[seed])),
  };
}
