import { type Described, type Outcome, plain, type Row } from "./row.ts";

/** A bound, and a weaker one that shows the same direction. */
export interface Bound extends Described {
  /** From here on a value has the direction, if not the size; defaults to none. */
  weaker?: number;
}

/**
 * Judges whether every value is at least `bound`; *direction* where every one is at least `weaker`.
 *
 * @example
 * ```ts
 * import { atLeast } from "lib/claims/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(atLeast("inside, %", 99, [86, 100], { weaker: 80 }).outcome, "direction");
 * ```
 */
export function atLeast(
  what: string,
  bound: number,
  measured: number | readonly number[],
  options: Bound = {},
): Row {
  return bounded("at least", (value, bound) => value >= bound, what, bound, measured, options);
}

/** Judges whether every value is at most `bound`; *direction* where every one is at most `weaker`. */
export function atMost(
  what: string,
  bound: number,
  measured: number | readonly number[],
  options: Bound = {},
): Row {
  return bounded("at most", (value, bound) => value <= bound, what, bound, measured, options);
}

/** Judges whether every value is greater than `bound`. */
export function above(
  what: string,
  bound: number,
  measured: number | readonly number[],
  options: Bound = {},
): Row {
  return bounded("above", (value, bound) => value > bound, what, bound, measured, options);
}

/** Judges whether every value is less than `bound`. */
export function below(
  what: string,
  bound: number,
  measured: number | readonly number[],
  options: Bound = {},
): Row {
  return bounded("below", (value, bound) => value < bound, what, bound, measured, options);
}

/**
 * Judges whether values lie in a range, ends included.
 *
 * - *holds*: every one does;
 * - *direction*: more than half do;
 * - *fails*: otherwise.
 */
export function between(
  what: string,
  [least, most]: readonly [number, number],
  measured: readonly number[],
  { format = plain, ...described }: Described = {},
): Row {
  const inside = measured.filter((value) => least <= value && value <= most).length;
  const outcome = inside === measured.length
    ? "holds"
    : inside > measured.length / 2
    ? "direction"
    : "fails";
  return {
    what,
    expected: described.expected ?? `${format(least)} to ${format(most)}`,
    measured: `${range(measured, format)}; ${inside} of ${measured.length} inside`,
    rule: "every one inside; direction: more than half",
    outcome,
  };
}

/** The least and the largest of values, "0.03 to 0.63", or the only one. */
export function range(values: readonly number[], format: (value: number) => string): string {
  const ends = [Math.min(...values), Math.max(...values)].map(format);
  return ends[0] === ends[1] ? ends[0] : ends.join(" to ");
}

function bounded(
  relation: string,
  holds: (value: number, bound: number) => boolean,
  what: string,
  bound: number,
  measured: number | readonly number[],
  { weaker, format = plain, ...described }: Bound,
): Row {
  const values = [measured].flat();
  const all = (bound: number) => values.length > 0 && values.every((value) => holds(value, bound));
  const outcome: Outcome = all(bound)
    ? "holds"
    : weaker !== undefined && all(weaker)
    ? "direction"
    : "fails";
  const rule = `${relation} ${format(bound)}`;
  return {
    what,
    expected: described.expected ?? rule,
    measured: range(values, format),
    rule: weaker === undefined ? rule : `${rule}; direction: ${relation} ${format(weaker)}`,
    outcome,
  };
}
