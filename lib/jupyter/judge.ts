import type { Verdict } from "../experiments/table.ts";

export type { Verdict };

/** One thing the source says, beside what was measured here. */
export interface ClaimRow {
  /** What is compared: "iterations to PER ≤ 0.05, BLSTM". */
  what: string;
  /** The source's figure. */
  expected: string | number;
  /** Ours, from this run. */
  measured: string | number;
  /** Whether ours bears the source out: fully, not at all, or in direction but not in size. */
  holds: boolean | "same direction";
}

/** What a notebook's claim cell says. */
export interface ClaimSpec {
  /** The claim, one sentence. */
  title: string;
  /** Paper, section, table. */
  source: string;
  /** One row per figure compared. */
  rows: readonly ClaimRow[];
  /** The verdict this notebook stands by, defaults to "reproduced". */
  states?: Verdict;
}

/** A judged claim, as the notebook's output carries it. */
export interface Claim {
  title: string;
  source: string;
  states: Verdict;
  verdict: Verdict;
  rows: (Omit<ClaimRow, "holds"> & { verdict: Verdict })[];
}

/**
 * Judges a claim: reproduced if every row holds; not reproduced if some row does not; same
 * direction in between.
 *
 * @param spec What the claim cell says.
 * @returns The claim with its verdict; figures that JSON cannot carry (NaN, ±Infinity) as text.
 * @throws {RangeError} If there are no rows.
 *
 * @example
 * ```ts
 * import { judgeClaim } from "lib/jupyter/judge.ts";
 * const row = { what: "paths", expected: 7, measured: 7, holds: true };
 * console.log(judgeClaim({ title: "…", source: "…", rows: [row] }).verdict); // reproduced
 * ```
 */
export function judgeClaim(spec: ClaimSpec): Claim {
  const { title, source, states = "reproduced" } = spec;
  if (spec.rows.length === 0) {
    throw new RangeError(`Cannot judge the claim "${title}": expected at least one row`);
  }
  const rows = spec.rows.map(({ what, expected, measured, holds }) => ({
    what,
    expected: jsonSafe(expected),
    measured: jsonSafe(measured),
    verdict: rowVerdict(holds),
  }));
  const verdicts = rows.map((row) => row.verdict);
  const verdict = verdicts.includes("not reproduced")
    ? "not reproduced"
    : verdicts.includes("same direction")
    ? "same direction"
    : "reproduced";
  return { title, source, states, verdict, rows };
}

function rowVerdict(holds: ClaimRow["holds"]): Verdict {
  if (holds === "same direction") return holds;
  return holds ? "reproduced" : "not reproduced";
}

function jsonSafe(value: string | number): string | number {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
