import { atLeast, atMost, type ClaimSpec, type Row } from "../../claims/mod.ts";
import { type Bar, written } from "./bars.ts";
import type { Results } from "./results.ts";

const SOURCE = "the bars of this project, results/bench.json";

/** The bars that this project set itself, all of them checks. */
export function claims({ bars, twinsApart }: Pick<Results, "bars" | "twinsApart">): ClaimSpec[] {
  return [{
    kind: "check",
    title: "A step of a small network takes a twelfth of its peers' time or less",
    source: SOURCE,
    states: "fails",
    rows: bars.step.map(rowOf),
  }, {
    kind: "check",
    title: "A step of a large network is as fast as PyTorch's on one thread",
    source: SOURCE,
    states: "fails",
    rows: bars.large.map(rowOf),
  }, {
    kind: "check",
    title:
      "Losses, decoders and blocks by themselves are one to three times as fast as their peers'",
    source: SOURCE,
    states: "fails",
    rows: bars.alone.map(rowOf),
  }, {
    kind: "check",
    title: "The matrix products of an LSTM layer reach half of what the processor can do, and more",
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
  return atLeast(what, bound, measured, {
    format: (value) => value === bound ? `${bound}${unit}` : written(value, unit),
    expected: `${relation} ${bound}${unit}`,
  });
}
