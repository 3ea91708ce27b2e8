import { requireLabel } from "../numeric/mod.ts";

/**
 * The labelling that a path stands for: repeats are merged first, blanks are dropped after, so that
 * a blank between two equal labels keeps them apart.
 *
 * @param path One label per frame.
 * @param options.blank The blank label; defaults to 0.
 * @throws {RangeError} If blank or a label of the path is not a whole number >= 0.
 *
 * @example
 * ```ts
 * import { collapse } from "lib/decoding/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(collapse([0, 3, 3, 0, 3, 1]), [3, 3, 1]);
 * ```
 *
 * Source: Graves et al. 2006, section 3.1, the map B.
 */
export function collapse(path: ArrayLike<number>, options: { blank?: number } = {}): number[] {
  const { blank = 0 } = options;
  requireLabel("collapse a path", "blank", blank);
  const labels: number[] = [];
  for (let t = 0; t < path.length; t++) {
    requireLabel("collapse a path", "every label", path[t]);
    if (path[t] !== blank && (t === 0 || path[t] !== path[t - 1])) labels.push(path[t]);
  }
  return labels;
}
