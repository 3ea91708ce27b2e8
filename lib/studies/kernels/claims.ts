import { above, atLeast, atMost, type ClaimSpec, type Row } from "../../claims/mod.ts";
import { type Bar, written } from "./bars.ts";
import type { Results } from "./results.ts";

const SOURCE = "the bars of this project, results/bench.json";
const rules = { "≤": atMost, "≥": atLeast, ">": above } as const;

/** The bars that this project set itself, all of them checks. */
export function claims({ bars, twinsApart }: Pick<Results, "bars" | "twinsApart">): ClaimSpec[] {
  return [{
    kind: "check",
    title: "A training step takes 5 ms at most, far less than its peers take",
    source: SOURCE,
    states: "fails",
    rows: bars.step.map(rowOf),
  }, {
    kind: "check",
    title: "CTC and beam search by themselves are faster than the fastest peer",
    source: SOURCE,
    states: "holds",
    rows: bars.alone.map(rowOf),
  }, {
    kind: "check",
    title: "The matrix products of an LSTM layer reach half of what the processor can do",
    source: SOURCE,
    states: "fails",
    rows: bars.layers.map(rowOf),
  }, {
    kind: "check",
    title: "Plain and SIMD kernels train alike",
    source: "fifty steps on either twin, run here",
    states: "holds",
    rows: [
      atMost("difference of the loss, 50 steps, nats", 1e-9, twinsApart, {
        // The last bits are no finding: what is below 1e-12 is written so.
        format: (nats) => nats < 1e-12 ? "below 1e−12" : nats.toExponential(0).replace("-", "−"),
      }),
    ],
  }];
}

function rowOf({ what, relation, bound, unit, measured }: Bar): Row {
  const rule = rules[relation] ?? above;
  return rule(what, bound, measured, {
    format: (value) => value === bound ? `${bound}${unit}` : written(value, unit),
    expected: `${relation} ${bound}${unit}`,
  });
}
