/**
 * How a comparison came out:
 *
 * - *holds*: as expected;
 * - *direction*: on the expected side, but not of the expected size;
 * - *fails*: otherwise;
 * - *undecided*: the interval is too wide to say.
 */
export type Outcome = "holds" | "direction" | "fails" | "undecided";

/** One comparison, judged; only the rules of this folder make them. */
export interface Row {
  /** What is compared: "iterations to PER ≤ 0.05, BLSTM". */
  readonly what: string;
  /** What was expected, by the source or by the project. */
  readonly expected: string;
  /** What was measured here. */
  readonly measured: string;
  /** The rule by which it is judged, with its numbers: "at most 1e-9". */
  readonly rule: string;
  /** How the comparison came out. */
  readonly outcome: Outcome;
}

/** What every rule takes besides its own numbers. */
export interface Described {
  /** What stands under "expected"; defaults to what the rule's own numbers say. */
  expected?: string;
  /** Writes a figure; defaults to {@linkcode plain}. */
  format?: (value: number) => string;
}

/** Numbers as figures: at most three significant digits, powers of ten where they are far from 1. */
export function plain(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace("-", "−");
  const size = Math.abs(value);
  const far = size !== 0 && (size < 1e-3 || size >= 1e6);
  const text = far ? value.toExponential(2) : String(Number(value.toPrecision(3)));
  return (Number.isInteger(value) && !far ? String(value) : text).replaceAll("-", "−");
}

/** A way to write figures: with a fixed number of decimals, and a unit after them. */
export function decimals(digits: number, unit = ""): (value: number) => string {
  return (value) => (value.toFixed(digits) + unit).replace("-", "−");
}

/** Figures in a line, the same ones once: "0.000 (× 5)", "54 to 76 %" are for whoever calls. */
export function list(values: readonly number[], format: (value: number) => string): string {
  return values.map(format).join(", ");
}
