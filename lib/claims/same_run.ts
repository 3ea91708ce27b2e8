import type { ClaimSpec } from "./claim.ts";
import { equal } from "./equal.ts";

/** What was trained here and what is stored, to be compared bit for bit. */
export interface Rerun {
  /** Which training: "baseline, seed 0, 100 steps". */
  readonly what: string;
  /** Evaluations made on this machine, now. */
  readonly live: unknown;
  /** The same ones from `results/`. */
  readonly stored: unknown;
}

/** The check that trainings of this machine equal the stored ones, to the last bit. */
export function sameRun(source: string, ...reruns: readonly Rerun[]): ClaimSpec {
  return {
    kind: "check",
    title: "This machine's training is the stored one",
    source,
    states: "holds",
    rows: reruns.map(({ what, live, stored }) =>
      equal(what, "equal", bits(live) === bits(stored) ? "equal" : "different")
    ),
  };
}

function bits(value: unknown): string {
  return JSON.stringify(value, (_, v) => typeof v === "number" ? String(v) : v);
}
