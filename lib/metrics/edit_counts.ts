import { requireLabels } from "../numeric/checks.ts";

/** The edits that turn targets into what was decoded. */
export interface EditCounts {
  /** Labels decoded as another. */
  readonly substitutions: number;
  /** Labels decoded where there is none. */
  readonly insertions: number;
  /** Labels that were not decoded. */
  readonly deletions: number;
}

/** {@link EditCounts} of a set, and its error rate. */
export interface ErrorRate extends EditCounts {
  /** (substitutions + insertions + deletions) / labels; NaN if the targets hold no label at all. */
  readonly rate: number;
  /** How many labels the targets have. */
  readonly labels: number;
}

/**
 * Counts the edits of a shortest way from a target to what was decoded; of ways as short as each
 * other, one with the fewest substitutions, so that as many labels as can be are right.
 *
 * @example
 * ```ts
 * import { editCounts } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(editCounts([1, 2, 9, 4, 5], [1, 2, 3, 4]), {
 *   substitutions: 1,
 *   insertions: 1,
 *   deletions: 0,
 * });
 * ```
 */
export function editCounts(decoded: readonly number[], target: readonly number[]): EditCounts {
  requireLabels("count edits", decoded, target);
  // A way costs `edit` for each of its edits and 1 more for a substitution, of which there are fewer.
  const edit = Math.min(decoded.length, target.length) + 1;
  const row = Float64Array.from({ length: target.length + 1 }, (_, j) => edit * j);
  for (let i = 1; i <= decoded.length; i++) {
    let diagonal = row[0];
    row[0] = edit * i;
    for (let j = 1; j <= target.length; j++) {
      const through = diagonal + (decoded[i - 1] === target[j - 1] ? 0 : edit + 1);
      diagonal = row[j];
      row[j] = Math.min(through, row[j] + edit, row[j - 1] + edit);
    }
  }
  const cost = row[target.length], substitutions = cost % edit;
  const others = Math.floor(cost / edit) - substitutions; // insertions and deletions
  const insertions = (others + decoded.length - target.length) / 2;
  return { substitutions, insertions, deletions: others - insertions };
}

/**
 * The label error rate of a set of decodings with the edits that it counts: its `rate` is that of
 * `labelErrorRate()`.
 *
 * @param decoded What was decoded, one labelling per sequence.
 * @param targets What should have been.
 * @throws {RangeError} If there are not as many decodings as targets.
 *
 * @example
 * ```ts
 * import { labelErrors } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { rate, deletions, labels } = labelErrors([[1, 2], [3]], [[1, 2], [3, 4]]);
 * assertEquals([rate, deletions, labels], [0.25, 1, 4]);
 * ```
 */
export function labelErrors(
  decoded: readonly (readonly number[])[],
  targets: readonly (readonly number[])[],
): ErrorRate {
  if (decoded.length !== targets.length) {
    throw new RangeError(
      `Cannot count errors as there must be one decoding for each of the ${targets.length} ` +
        `targets: there are ${decoded.length}`,
    );
  }
  const counts = targets.map((target, n) => editCounts(decoded[n], target));
  const total = (of: (counts: EditCounts) => number) => counts.reduce((sum, c) => sum + of(c), 0);
  const substitutions = total((c) => c.substitutions);
  const insertions = total((c) => c.insertions), deletions = total((c) => c.deletions);
  const labels = targets.reduce((sum, { length }) => sum + length, 0);
  const rate = (substitutions + insertions + deletions) / labels;
  return { rate, substitutions, insertions, deletions, labels };
}
