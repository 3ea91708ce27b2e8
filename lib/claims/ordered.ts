import { median } from "../numeric/mod.ts";
import { type Described, plain, type Row } from "./row.ts";

/** Figures of one contender, one a seed. */
export interface Contender {
  /** What it is called in the row. */
  readonly name: string;
  /** [seeds] in the order of seeds. */
  readonly values: readonly number[];
}

/**
 * Judges whether one contender is below another, seed by seed. A tie is not below.
 *
 * - *holds*: at every seed;
 * - *direction*: at four fifths of them or more;
 * - *fails*: otherwise.
 *
 * @throws {RangeError} If the contenders do not have as many values, or none.
 *
 * @example
 * ```ts
 * import { ordered } from "lib/claims/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const row = ordered("PER", { name: "beam", values: [1, 2] }, { name: "greedy", values: [2, 3] });
 * assertEquals(row.outcome, "holds");
 * ```
 */
export function ordered(
  what: string,
  lower: Contender,
  higher: Contender,
  { format = plain, ...described }: Described = {},
): Row {
  const n = lower.values.length;
  if (n === 0 || higher.values.length !== n) {
    throw new RangeError(
      `Cannot order "${lower.name}" and "${higher.name}" as both must have as many values, ` +
        `at least one: they have ${n} and ${higher.values.length}`,
    );
  }
  const count = lower.values.filter((value, s) => value < higher.values[s]).length;
  const ties = lower.values.filter((value, s) => value === higher.values[s]).length;
  const medians = [lower, higher].map(({ name, values }) => `${name} ${format(median(values))}`);
  return {
    what,
    expected: described.expected ?? `${lower.name} below ${higher.name}`,
    measured: `at ${count} of ${n}${ties ? `, ${ties} tied` : ""} (median: ${medians.join(", ")})`,
    rule: "ordered at every seed; direction: at 4 of 5",
    outcome: count === n ? "holds" : count >= 0.8 * n ? "direction" : "fails",
  };
}
