import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { runName, Training } from "lib/experiments/mod.ts";
import { alignmentErrors, gradientAlignments, pathAlignments } from "lib/training/mod.ts";
import {
  alignmentErrorsOf,
  bestWeight,
  claims,
  ctcWeights,
  experiment,
  figures,
  heardUntil,
  heldOut,
  multiplyAdds,
  ofCtc,
  type OfSystem,
  type Results,
  sweep,
  systemNames,
  table17,
  table6,
} from "lib/studies/all_systems/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
import { linesOf } from "../support/printed_tables.ts";

Deno.test("systems: all four on both encoders, each buildable, under a name of its own", () => {
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * 2 * 4);
});

Deno.test("Tables 6 and 17 are, figure by figure, what our copy of the paper prints", () => {
  const ours = Object.entries(table6).map(([variant, { tse, tseCenter, silence }]) => [
    variant,
    ...[tse, tseCenter, silence].map((value) => value.toFixed(1)),
  ]);
  assertEquals(ours, linesOf(6));
  const weights = Object.entries(table17).flatMap(([variant, rows]) =>
    rows.map(({ ctcWeight, tse }) => [variant, ctcWeight.toFixed(1), tse.toFixed(1)])
  );
  assertEquals(weights, linesOf(17).map((cells) => [cells[2], cells[4], cells[5]]));
  assertEquals(ofCtc, { GradScore: 69.9, GradScoreExt: 67.9 });
});

Deno.test("multiplyAdds() counts every weight as often as it is used", () => {
  const T = 10, U = 3, D = 8, H = 16, E = 32, K = 7, J = 24, P = 32, M = 12, A = 16;
  const encoder = 2 * (D + H) * 4 * H;
  const due = {
    ctc: T * (encoder + E * K),
    transducer: T * (encoder + E * J) + (U + 1) * ((P + P) * 4 * P + P * J) + (T + U) * J * K,
    attention: T * (encoder + E * A) +
      (U + 1) * ((M + E + P) * 4 * P + P * A + (P + E) * K) + T * (U + 1) * (A + 17 * A + E),
  };
  for (const [name, expected] of Object.entries(due)) {
    const model = new Training(experiment(name as keyof typeof due, "both ways", 0));
    assertEquals(multiplyAdds(model, { frames: T, labels: U }), expected, name);
  }
  const hybrid = new Training(experiment("hybrid", "both ways", 0));
  assertEquals(multiplyAdds(hybrid, { frames: T, labels: U }), due.attention + T * E * K);
});

Deno.test("every system is aligned in the ways that it has", () => {
  const ways = {
    ctc: ["forced", "gradients", "plain"],
    transducer: ["forced", "gradients", "plain"],
    attention: ["weights", "gradients", "plain"],
    hybrid: ["forced", "weights", "gradients", "plain", "mixed"],
  };
  for (const name of systemNames) {
    const model = new Training(experiment(name, "both ways", 0)), batch = heldOut(model, 2);
    const errors = alignmentErrorsOf(name, model, batch);
    assertEquals(Object.keys(errors), ways[name]);
    for (const value of Object.values(errors).flat()) assert(value >= 0 && value < 40, name);
    if (name !== "hybrid") continue;
    const forced = alignmentErrors([{ batch, alignments: pathAlignments(model, batch) }]).tse!;
    assertAlmostEquals(errors.forced!, forced, 1e-12);
    assertAlmostEquals(errors.mixed![0], errors.gradients, 1e-12);
    for (const [n, ctcWeight] of [[4, 0.4], [10, 1]]) {
      const mixed = gradientAlignments(model, { batch }, "grad-score-ext", { ctcWeight });
      const due = alignmentErrors([{ batch, alignments: mixed }]).tse!;
      assertAlmostEquals(errors.mixed![n], due, 1e-9);
    }
  }
  const attention = new Training(experiment("attention", "both ways", 0));
  assertThrows(
    () => pathAlignments(attention, heldOut(attention, 1)),
    RangeError,
    "Cannot align by force as the system must have align(): it has none",
  );
});

const curve = (...errors: number[]) => errors.map((error, n) => ({ heard: 800 * n, error }));

Deno.test("heardUntil() is the first evaluation after which the limit is never passed again", () => {
  const until = (...errors: number[]) => heardUntil([curve(...errors)], 0.2)[0];
  assertEquals(until(0.9, 0.1, 0.3, 0.19, 0.1), 2400);
  assertEquals(until(0.9, 0.1, 0.2), Infinity);
});

/** Curves that fall below 0.2 at these evaluations. */
const falling = (...at: number[]) =>
  at.map((late) => curve(...Array(late).fill(0.5), ...Array(9 - late).fill(0.1)));
const of = (late: readonly number[], gradients: readonly number[]): OfSystem => ({
  errors: { "both ways": [0.01, 0.02, 0.01], forwards: [0.02, 0.01, 0] },
  curves: falling(...late),
  weights: 1000,
  multiplyAdds: 2000,
  latency: [-1, -1.5, -2],
  gradients,
  plain: gradients.map((tse) => tse + 0.01 * tse),
});
/** Shaped as what was found: nothing is told apart but the gradients that are read plainly. */
const held: Results = {
  ctc: { ...of([1, 1, 2], [1.7, 1.8, 2.1]), plain: [1.6, 1.7, 2], forced: [1, 1.1, 0.9] },
  transducer: { ...of([2, 2, 3], [5, 5.2, 5.1]), forced: [2, 2.1, 4] },
  attention: {
    ...of([5, 6, 5], [2.9, 2.4, 2.2]),
    plain: [2.3, 2.5, 2.7],
    attention: [1, 1.2, 2],
  },
  hybrid: {
    ...of([4, 6, 6], [1.7, 2, 2.7]),
    errors: { "both ways": [0.01, 0.01, 0], forwards: [0.01, 0.01, 0.08] },
    forced: [1, 1.1, 1.2],
    attention: [1, 1.2, 2],
    mixed: ctcWeights.map((weight) =>
      weight === 0 ? [1.7, 1.8, 2.7] : [2.2 + 0.2 * weight, 2.2, 2.4 + 0.1 * weight]
    ),
  },
};

Deno.test("bestWeight() is the weight of CTC whose mean error is least", () => {
  assertEquals(bestWeight(held), 0);
  const mixed = held.hybrid.mixed!.with(3, [0, 0.1]);
  assertEquals(bestWeight({ hybrid: { ...held.hybrid, mixed } }), 0.3);
});

Deno.test("systems: every row can fail, and the verdicts are those stated where all holds", () => {
  assertEveryRowCanFail(claims, held);
});

Deno.test("systems: the figures are drawn of any results", () => {
  for (const draw of Object.values(figures)) assertEquals(draw(held).tagName, "svg");
});
