import { type Described, plain, type Row } from "./row.ts";

/** A figure that is held against another: a text, or a number. */
export type Value = string | number;

/**
 * Judges whether figures are the same: texts letter by letter, numbers as they are printed.
 *
 * - *holds*: every figure is the expected one;
 * - *fails*: otherwise.
 *
 * @param options `format` writes numbers, and so says to which digit they must agree.
 *
 * @example
 * ```ts
 * import { equal } from "lib/claims/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(equal("paths of hi in 4 frames", 15, 15).outcome, "holds");
 * ```
 */
export function equal(
  what: string,
  expected: Value | readonly Value[],
  measured: Value | readonly Value[],
  { format, ...described }: Described = {},
): Row {
  const text = (value: Value) => typeof value === "number" ? (format ?? String)(value) : value;
  const all = (values: Value | readonly Value[]) => [values].flat().map(text).join(", ");
  const same = all(expected) === all(measured);
  return {
    what,
    expected: described.expected ?? all(expected),
    measured: all(measured),
    rule: format === undefined ? "equal" : "equal as printed",
    outcome: same ? "holds" : "fails",
  };
}

/**
 * Judges whether a figure is the expected one within an absolute tolerance.
 *
 * @example
 * ```ts
 * import { near } from "lib/claims/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(near("loss", 1, 1 + 1e-12, { tolerance: 1e-9 }).outcome, "holds");
 * ```
 */
export function near(
  what: string,
  expected: number,
  measured: number,
  { tolerance, format = plain, ...described }: Described & { tolerance: number },
): Row {
  return {
    what,
    expected: described.expected ?? format(expected),
    measured: format(measured),
    rule: `within ${plain(tolerance)}`,
    outcome: Math.abs(measured - expected) <= tolerance ? "holds" : "fails",
  };
}
