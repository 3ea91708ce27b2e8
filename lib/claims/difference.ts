import { type ConfidenceInterval, mean, pairedDifference } from "../numeric/mod.ts";
import { type Described, type Outcome, plain, type Row } from "./row.ts";

/** Figures of a method and of what it is compared with, paired by seed. */
export interface Pair {
  /** [seeds] of the method. */
  readonly values: readonly number[];
  /** [seeds] of what it is compared with. */
  readonly base: readonly number[];
}

/**
 * Judges a claim of "no difference": the 95 % interval of the paired difference, as a share of the
 * base's mean, must lie inside a margin. A wide interval is no evidence of no effect.
 *
 * - *holds*: the interval lies inside ±`margin`;
 * - *fails*: it lies wholly outside;
 * - *undecided*: it crosses the margin.
 *
 * @param margin A share of the base's mean: 0.1 is 10 %.
 *
 * @example
 * ```ts
 * import { equivalent } from "lib/claims/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pair = { values: [100, 101, 100], base: [100, 100, 101] };
 * assertEquals(equivalent("steps", pair, { margin: 0.1 }).outcome, "holds");
 * ```
 */
export function equivalent(
  what: string,
  pair: Pair,
  { margin, expected = "no difference" }: Pick<Described, "expected"> & { margin: number },
): Row {
  const { low, high } = relativeDifference(pair);
  const outcome = low >= -margin && high <= margin
    ? "holds"
    : low > margin || high < -margin
    ? "fails"
    : "undecided";
  return row(what, expected, pair, `95 % interval inside ±${share(margin)}`, outcome);
}

/**
 * Judges a claim of "no gain" in a figure of which less is better: the 95 % interval of the paired
 * difference, as a share of the base's mean, must not reach below -`margin`.
 *
 * - *holds*: the interval ends above -`margin`;
 * - *fails*: it lies wholly below;
 * - *undecided*: it crosses -`margin`.
 */
export function noGain(
  what: string,
  pair: Pair,
  { margin, expected = "no gain" }: Pick<Described, "expected"> & { margin: number },
): Row {
  const { low, high } = relativeDifference(pair);
  const outcome = low >= -margin ? "holds" : high < -margin ? "fails" : "undecided";
  return row(what, expected, pair, `95 % interval above −${share(margin)}`, outcome);
}

/**
 * Judges whether a method lowers a figure, where nobody says by how much: by the 95 % interval of
 * the paired difference, as a share of the base's mean.
 *
 * - *holds*: the interval lies wholly below 0;
 * - *fails*: it lies wholly above;
 * - *undecided*: it holds 0.
 *
 * @example
 * ```ts
 * import { lowers } from "lib/claims/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pair = { values: [1.9, 2.1, 2], base: [4, 4.1, 3.9] };
 * assertEquals(lowers("TSE, frames", pair).outcome, "holds");
 * ```
 */
export function lowers(
  what: string,
  pair: Pair,
  { expected = "below 1×" }: Pick<Described, "expected"> = {},
): Row {
  const { low, high } = relativeDifference(pair);
  const outcome = high < 0 ? "holds" : low > 0 ? "fails" : "undecided";
  return row(what, expected, pair, "95 % interval below 0", outcome);
}

/**
 * Judges whether a method changes a figure as the source says, by the ratio of means.
 *
 * - *holds*: the 95 % interval of the paired difference lies on the source's side of 0, and the ratio
 *   is within a factor of `within` of theirs;
 * - *direction*: on the source's side, of another size;
 * - *fails*: on the other side;
 * - *undecided*: the interval holds 0.
 *
 * @param theirs The source's ratio of the method's figure to the base's; not 1.
 * @throws {RangeError} If their ratio is 1, which has no side.
 */
export function effect(
  what: string,
  theirs: number,
  pair: Pair,
  { within = 1.25, expected, format = ratioText }: Described & { within?: number } = {},
): Row {
  if (theirs === 1) throw new RangeError("Cannot judge an effect as the source's ratio is 1");
  const { low, high } = relativeDifference(pair);
  const side = Math.sign(theirs - 1);
  const factor = ratioOf(pair) / theirs;
  const outcome = low <= 0 && high >= 0
    ? "undecided"
    : Math.sign(low) !== side
    ? "fails"
    : Math.max(factor, 1 / factor) <= within
    ? "holds"
    : "direction";
  const rule =
    `95 % interval on the source's side of 0, ratio within a factor of ${plain(within)}; ` +
    `direction: another ratio`;
  return row(what, expected ?? format(theirs), pair, rule, outcome);
}

function row(what: string, expected: string, pair: Pair, rule: string, outcome: Outcome): Row {
  const { low, high } = relativeDifference(pair);
  const measured = `${ratioText(ratioOf(pair))} (${signed(low)} to ${signed(high)} %)`;
  return { what, expected, measured, rule, outcome };
}

function ratioOf({ values, base }: Pair): number {
  return mean(values) / mean(base);
}

/** The paired difference as a share of the base's mean. */
function relativeDifference({ values, base }: Pair): ConfidenceInterval {
  const of = mean(base);
  const difference = pairedDifference(values, base);
  return {
    mean: difference.mean / of,
    low: difference.low / of,
    high: difference.high / of,
  };
}

function ratioText(ratio: number): string {
  return `${ratio.toFixed(2)}×`;
}

function share(fraction: number): string {
  return `${plain(100 * fraction)} %`;
}

function signed(fraction: number): string {
  const percent = (100 * Math.abs(fraction)).toFixed(0);
  return percent === "0" ? percent : `${fraction < 0 ? "−" : "+"}${percent}`;
}
