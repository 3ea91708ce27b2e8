import { requireLabels } from "../numeric/checks.ts";

/**
 * The Levenshtein distance: the fewest insertions, deletions and substitutions that turn a into b.
 *
 * @throws {RangeError} If a label is not a whole number >= 0.
 *
 * @example
 * ```ts
 * import { editDistance } from "lib/metrics/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(editDistance([1, 2, 3], [1, 3, 3, 4]), 2);
 * ```
 */
export function editDistance(a: readonly number[], b: readonly number[]): number {
  requireLabels("compute an edit distance", a, b);
  // row[j] is the distance of a[0 … i) and b[0 … j); `diagonal` is that of a[0 … i-1) and b[0 … j-1).
  const row = Int32Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0];
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const substituted = diagonal + (a[i - 1] === b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = Math.min(substituted, row[j] + 1, row[j - 1] + 1);
    }
  }
  return row[b.length];
}
