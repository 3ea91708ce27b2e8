/**
 * Folds labels before errors are counted, as TIMIT's 61 phones are folded to 39: labels that get the
 * same name become the same, those that get none are left out. Neighbours that become the same stay
 * two.
 *
 * @param names The name of every label by its number, that of blank first.
 * @param fold The new name of a label; undefined if it is left out.
 * @returns Folds a labelling without blanks; its labels are numbered by themselves.
 *
 * @example
 * ```ts
 * import { foldLabels } from "lib/metrics/mod.ts";
 * import { fold39 } from "lib/corpora/timit.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const folded = foldLabels(["ε", "ih", "q", "ix", "s"], fold39);
 * assertEquals(folded([1, 2, 3, 4]), [1, 1, 2]);
 * ```
 */
export function foldLabels(
  names: readonly string[],
  fold: (name: string) => string | undefined,
): (labels: readonly number[]) => number[] {
  const numbers = new Map<string, number>();
  const folded = names.slice(1).map((name) => {
    const to = fold(name);
    if (to === undefined) return [];
    if (!numbers.has(to)) numbers.set(to, numbers.size + 1);
    return [numbers.get(to)!];
  });
  return (labels) => labels.flatMap((label) => folded[label - 1]);
}
