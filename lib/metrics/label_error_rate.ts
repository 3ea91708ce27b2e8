import { editDistance } from "./edit_distance.ts";

/**
 * The label error rate of a set of decodings, Σ edits / Σ target labels. It stands as `per` in every
 * evaluation; the write-up calls it PER (its labels are phonemes), the alignment paper LER.
 *
 * @param decoded What was decoded, one labelling per sequence.
 * @param targets What should have been.
 * @returns 0 for a perfect set; above 1 is possible. NaN if the targets hold no label at all.
 * @throws {RangeError} If there are not as many decodings as targets.
 *
 * @example
 * ```ts
 * import { labelErrorRate } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(labelErrorRate([[1, 2], [3]], [[1, 2], [3, 4]]), 0.25);
 * ```
 *
 * Source: Graves et al. 2006, section 2.1.
 */
export function labelErrorRate(
  decoded: readonly (readonly number[])[],
  targets: readonly (readonly number[])[],
): number {
  if (decoded.length !== targets.length) {
    throw new RangeError(
      `Cannot compute the label error rate as there must be one decoding for each of the ` +
        `${targets.length} targets: there are ${decoded.length}`,
    );
  }
  const edits = targets.reduce((sum, target, n) => sum + editDistance(decoded[n], target), 0);
  return edits / targets.reduce((sum, target) => sum + target.length, 0);
}
