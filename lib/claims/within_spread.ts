import { type Spread, spreadOf } from "../numeric/mod.ts";
import { type Described, plain, type Row } from "./row.ts";

/**
 * Judges whether the mean over our seeds lies within two of the source's σ of its mean.
 *
 * - *holds*: |ours - theirs| ≤ max(2σ, `digit`);
 * - *direction*: farther off, and on the same side of `divide` as theirs;
 * - *fails*: otherwise.
 *
 * @param theirs The source's mean and standard deviation over seeds.
 * @param ours One value a seed.
 * @param options `divide` is where the matter changes sides, as between trainings that work and that
 * fail; without it no row is *direction*. `digit` is one unit of the last digit that the source
 * prints; defaults to 0.
 *
 * @example
 * ```ts
 * import { withinSpread } from "lib/claims/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const theirs = { mean: 63.7, deviation: 14.3 };
 * assertEquals(withinSpread("LER, %", theirs, [30, 40], { divide: 25 }).outcome, "direction");
 * ```
 */
export function withinSpread(
  what: string,
  theirs: Spread,
  ours: readonly number[],
  { divide, digit = 0, format = plain, ...described }: Described & {
    divide?: number;
    digit?: number;
  } = {},
): Row {
  const measured = spreadOf(ours);
  const tolerance = Math.max(2 * theirs.deviation, digit) + 1e-9;
  const near = Math.abs(measured.mean - theirs.mean) <= tolerance;
  const sameSide = divide !== undefined && (measured.mean > divide) === (theirs.mean > divide);
  const text = ({ mean, deviation }: Spread) => `${format(mean)} ± ${format(deviation)}`;
  const rule = "within two of the source's σ";
  return {
    what,
    expected: described.expected ?? text(theirs),
    measured: text(measured),
    rule: divide === undefined ? rule : `${rule}; direction: same side of ${format(divide)}`,
    outcome: near ? "holds" : sameSide ? "direction" : "fails",
  };
}

/**
 * Judges whether the means of several rows of a table, each over our seeds, lie within two of the
 * source's σ of its means.
 *
 * - *holds*: every one does;
 * - *direction*: more than half do;
 * - *fails*: otherwise.
 *
 * @param rows The source's mean and standard deviation, and ours, one value a seed.
 * @param options `digit` is one unit of the last digit that the source prints; defaults to 0.
 *
 * @example
 * ```ts
 * import { allWithinSpread } from "lib/claims/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const theirs = { mean: 5, deviation: 1 };
 * const row = allWithinSpread("LER, %", [{ theirs, ours: [6, 7] }, { theirs, ours: [8, 8] }]);
 * assertEquals([row.measured, row.outcome], ["1 of 2", "fails"]);
 * ```
 */
export function allWithinSpread(
  what: string,
  rows: readonly { readonly theirs: Spread; readonly ours: readonly number[] }[],
  { digit = 0 }: { digit?: number } = {},
): Row {
  const inside =
    rows.filter(({ theirs, ours }) =>
      withinSpread(what, theirs, ours, { digit }).outcome === "holds"
    ).length;
  return {
    what,
    expected: `all ${rows.length} means`,
    measured: `${inside} of ${rows.length}`,
    rule: "every mean within two of the source's σ; direction: more than half",
    outcome: inside === rows.length && inside > 0
      ? "holds"
      : inside > rows.length / 2
      ? "direction"
      : "fails",
  };
}
