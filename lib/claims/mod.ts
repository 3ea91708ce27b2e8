/**
 * Expected against measured → verdict: one rule for each kind of comparison, and what claims made of
 * such comparisons come to.
 *
 * @module
 */
export { type Claim, type ClaimKind, type ClaimSpec, judge, type Verdict } from "./claim.ts";
export { decimals, type Described, list, type Outcome, plain, type Row } from "./row.ts";
export { equal, near, type Value } from "./equal.ts";
export { above, atLeast, atMost, below, between, type Bound, range } from "./bounds.ts";
export { allWithinSpread, withinSpread } from "./within_spread.ts";
export { type Contender, ordered } from "./ordered.ts";
export { effect, equivalent, lowers, noGain, type Pair } from "./difference.ts";
export { type Rerun, sameRun } from "./same_run.ts";
