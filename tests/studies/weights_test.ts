import { assertAlmostEquals, assertEquals } from "@std/assert";
import { matrix } from "lib/numeric/mod.ts";
import { claims, forgetBiases, likeness } from "lib/studies/weights/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

/** Two directions of two cells over one band; gates i, f, g, o of cells 0 and 1. */
const params = {
  "0.fwd.Wx": matrix(1, 8, [1, 0, 0, 1, 0, 0, 0, 0]),
  "0.bwd.Wx": matrix(1, 8, [2, -1, 0, 0, 0, 0, 0, -1]),
  "0.fwd.b": matrix(1, 8, [0, 0, 1.5, -0.5, 0, 0, 0, 0]),
};

Deno.test("forgetBiases() are those of the second gate", () => {
  assertEquals(forgetBiases(params, "fwd"), [1.5, -0.5]);
});

Deno.test("likeness() is the mean cosine with the most similar cell, never with the cell itself", () => {
  assertEquals(likeness(params, "fwd", "fwd"), 0); // i of one, f of the other
  assertAlmostEquals(likeness(params, "bwd", "bwd"), -Math.SQRT1_2);
  assertEquals(likeness(params, "fwd", "bwd"), (1 + 0) / 2);
});

Deno.test("weights: results like the stored ones give the stated verdicts, and every row can fail", () => {
  const measures = {
    forwardBias: [1.08, 1.05, 1.06, 1.07, 1.02],
    backwardBias: [1, 1.01, 1.03, 0.98, 1.07],
    positive: [48, 48, 47, 48, 48],
    across: [0.5, 0.52, 0.51, 0.5, 0.53],
    within: [0.6, 0.62, 0.61, 0.63, 0.6],
    whole: [0, 0, 0, 0, 0],
    withoutForward: [0.18, 0.28, 0.36, 0.28, 0.029],
    withoutBackward: [0.058, 0.042, 0.039, 0.077, 0.626],
  };
  assertEveryRowCanFail(claims, { measures });
});

Deno.test("weights: a half that is needed at every seed would count as reproduced", () => {
  const needed = [0.1, 0.2, 0.3, 0.4, 0.5];
  const [, halves] = claims({
    measures: {
      ...{ forwardBias: [1], backwardBias: [1], positive: [48], across: [0.5], within: [0.6] },
      ...{ whole: [0], withoutForward: needed, withoutBackward: needed.with(2, 0.049) },
    },
  });
  assertEquals(halves.rows.map(({ outcome }) => outcome), ["holds", "fails"]);
});
