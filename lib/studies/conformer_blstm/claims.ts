import { type ClaimSpec, lowers, near, type Row } from "../../claims/mod.ts";
import type { Results } from "./results.ts";

/** How far the number of weights may be from the Conformer's, a share. */
const EQUAL = 0.03;

/** Whether a Conformer errs less, and aligns better, at equal weights and at equal time. */
export function claims(results: Results): ClaimSpec[] {
  const { conformer, "blstm, equal steps": steps, "blstm, equal time": time } = results;
  const fewer = (what: string, key: "errors" | "tse", base: typeof steps): Row =>
    lowers(what, { values: conformer[key], base: base[key] }, { expected: "fewer" });
  return [{
    kind: "check",
    title: "Both have as many weights",
    source: "ours",
    states: "holds",
    rows: [
      near("weights: BLSTM / Conformer", 1, steps.weights / conformer.weights, {
        tolerance: EQUAL,
      }),
    ],
  }, {
    kind: "question",
    title: "Does a Conformer err less than a BLSTM of as many weights, on little data?",
    source: "ours; Gulati et al. 2020 compare with other networks, on 960 hours",
    states: "yes",
    rows: [
      fewer("label error rate, as many steps: Conformer / BLSTM", "errors", steps),
      fewer("label error rate, as much time: Conformer / BLSTM", "errors", time),
    ],
  }, {
    kind: "question",
    title: "Does a Conformer align better by force?",
    source: "ours; the alignment paper's models are Conformers",
    states: "no",
    rows: [
      fewer("TSE, as many steps: Conformer / BLSTM", "tse", steps),
      fewer("TSE, as much time: Conformer / BLSTM", "tse", time),
    ],
  }];
}
