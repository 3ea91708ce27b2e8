import type { Outcome, Row } from "./row.ts";

/** What a claim is: the source states it, the source asks it, or the project holds itself to it. */
export type ClaimKind = "reproduction" | "question" | "check";

/** How each kind says each outcome. */
const words = {
  reproduction: {
    holds: "reproduced",
    direction: "same direction",
    fails: "not reproduced",
    undecided: "undecided",
  },
  question: { holds: "yes", direction: "partly", fails: "no", undecided: "undecided" },
  check: { holds: "holds", direction: "fails", fails: "fails", undecided: "fails" },
} as const satisfies Record<ClaimKind, Record<Outcome, Verdict>>;

/** What a claim or one of its rows comes to, in words. */
export type Verdict =
  | "reproduced"
  | "same direction"
  | "not reproduced"
  | "yes"
  | "partly"
  | "no"
  | "mixed"
  | "holds"
  | "fails"
  | "undecided";

/** What is claimed, where it stands, and what was found. */
export interface ClaimSpec {
  /** Whether the source states it, asks it, or the project holds itself to it. */
  readonly kind: ClaimKind;
  /** One sentence; of a question the question. */
  readonly title: string;
  /** Paper, section, table. */
  readonly source: string;
  /** The verdict that the book stands by. */
  readonly states: Verdict;
  /** At least one. */
  readonly rows: readonly Row[];
}

/** A judged claim. */
export interface Claim extends Omit<ClaimSpec, "rows"> {
  /** What it comes to, of all its rows. */
  readonly verdict: Verdict;
  /** The rows, each with what it comes to. */
  readonly rows: readonly (Row & { readonly verdict: Verdict })[];
}

/**
 * Judges a claim by its rows:
 *
 * - a **reproduction** is *not reproduced* if some row is not; else *undecided* if some row is; else
 *   *same direction* if some row is; else *reproduced*;
 * - a **question** is answered *yes*, *no* or *undecided* if every row says so, else *mixed*;
 * - a **check** *holds* if every row does, else it *fails*.
 *
 * @throws {RangeError} If there are no rows.
 *
 * @example
 * ```ts
 * import { equal, judge } from "lib/claims/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const claim = judge({
 *   kind: "reproduction",
 *   title: "Seven labels over two frames have 49 paths",
 *   source: "Graves et al. 2006, section 3",
 *   states: "reproduced",
 *   rows: [equal("paths", 49, 7 ** 2)],
 * });
 * assertEquals(claim.verdict, "reproduced");
 * ```
 */
export function judge(spec: ClaimSpec): Claim {
  if (spec.rows.length === 0) {
    throw new RangeError(`Cannot judge the claim "${spec.title}": expected at least one row`);
  }
  const rows = spec.rows.map((row) => ({ ...row, verdict: words[spec.kind][row.outcome] }));
  return { ...spec, verdict: verdictOf(spec), rows };
}

function verdictOf({ kind, rows }: ClaimSpec): Verdict {
  const outcomes = new Set(rows.map((row) => row.outcome));
  if (kind === "question") {
    return outcomes.size > 1 ? "mixed" : words.question[rows[0].outcome];
  }
  const worst = (["fails", "undecided", "direction", "holds"] as const)
    .find((outcome) => outcomes.has(outcome))!;
  return words[kind][worst];
}
