/** Mean and standard deviation of some values, such as one figure at several seeds. */
export interface Spread {
  /** The mean of the values. */
  readonly mean: number;
  /** Standard deviation with n - 1; 0 of a single value. */
  readonly deviation: number;
}

/** A mean with the interval in which the true one lies with a probability of 95 %. */
export interface ConfidenceInterval {
  /** The mean of the differences. */
  readonly mean: number;
  /** The lower end. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
}

/**
 * The mean, Σ x / n.
 *
 * @throws {RangeError} If there is no value.
 */
export function mean(values: readonly number[]): number {
  if (values.length === 0) {
    throw new RangeError("Cannot take a mean as there must be at least one value");
  }
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The mean and the standard deviation with n - 1; the deviation of one value is 0.
 *
 * @throws {RangeError} If there is no value.
 *
 * @example
 * ```ts
 * import { spreadOf } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(spreadOf([1, 2, 3]), { mean: 2, deviation: 1 });
 * ```
 */
export function spreadOf(values: readonly number[]): Spread {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  const n = values.length;
  return { mean: center, deviation: n === 1 ? 0 : Math.sqrt(squares / (n - 1)) };
}

/**
 * The median; Infinity counts as larger than any number, so that a training that never got there
 * counts as later than all that did.
 *
 * @throws {RangeError} If there is no value, or one is NaN.
 *
 * @example
 * ```ts
 * import { median } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(median([300, Infinity, 200]), 300);
 * ```
 */
export function median(values: readonly number[]): number {
  if (values.length === 0 || values.some(Number.isNaN)) {
    throw new RangeError(
      `Cannot take a median as there must be at least one value and no NaN: ` +
        `current values are [${values.join(", ")}]`,
    );
  }
  const sorted = Float64Array.from(values).sort();
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
}

/**
 * The mean of the differences aₛ - bₛ over seeds s, with its 95 % interval, mean ± t σ / √n for
 * Student's t with n - 1 degrees of freedom.
 *
 * @throws {RangeError} If there are not as many values in both, or fewer than two.
 *
 * @example
 * ```ts
 * import { pairedDifference } from "lib/numeric/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { mean, low, high } = pairedDifference([3, 5, 4], [1, 1, 1]);
 * assertAlmostEquals(mean, 3);
 * assertAlmostEquals(high - low, 2 * 4.303 / Math.sqrt(3), 1e-3);
 * ```
 */
export function pairedDifference(a: readonly number[], b: readonly number[]): ConfidenceInterval {
  if (a.length !== b.length || a.length < 2) {
    throw new RangeError(
      `Cannot pair values as there must be as many of both, at least 2: ` +
        `there are ${a.length} and ${b.length}`,
    );
  }
  const { mean, deviation } = spreadOf(a.map((value, s) => value - b[s]));
  const half = studentQuantile(a.length - 1) * deviation / Math.sqrt(a.length);
  return { mean, low: mean - half, high: mean + half };
}

/** The 97.5 % quantiles of Student's t with 1 … 30 degrees of freedom. Source: any table of them. */
// deno-fmt-ignore
const STUDENT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
  2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** The 97.5 % quantile; beyond the table z + (z³ + z) / 4n, which is 3e-3 off at most. */
function studentQuantile(degrees: number): number {
  const z = 1.959964;
  return STUDENT[degrees - 1] ?? z + (z ** 3 + z) / (4 * degrees);
}
